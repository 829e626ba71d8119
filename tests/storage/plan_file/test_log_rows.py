"""The log as rows: what nobody reads until it is wanted was looked at when the file was opened."""

import sqlite3
from pathlib import Path

import pytest

from app.changes.change import StoredChanges
from app.edits.initiative import remove_initiatives
from app.edits.structure import set_words
from app.edits.text import set_fact, set_text, set_year_text
from app.errors import KeikakuError
from app.session import Session
from storage.document.workspace import open_document, read_document
from storage.plan_file import rows as plan_rows
from storage.plan_file.plan_file import Known, write_plan_file
from tests.storage.documents import OTHER, a_share, saved, write_in
from tests.storage.plan_files import CARD, state_of


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    return tmp_path / "このPC"


def edit_in_every_way(session: Session) -> None:
    """Texts, lists, numbers, truth, whole entities, undo and redo."""
    session.do(set_text(session.plan, CARD, "overview", "文\n\x00「」\ud7ff"))
    session.do(set_fact(session.plan, CARD, "departments", ("税務課", "")))
    session.do(set_fact(session.plan, CARD, "status", None))
    session.do(set_year_text(session.plan, CARD, 2031, "actions", "・始める"))
    session.do(set_words(session.plan, "stages", (*session.plan.profile.stages, "その後")))
    session.do(remove_initiatives(session.plan, [OTHER]))
    session.undo()
    session.redo()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = a_share(tmp_path)
    with open_document(path, "試験") as workspace:
        edit_in_every_way(workspace.session)
        saved(workspace)
    return path


def execute_and_sign(path: Path, statement: str, *values: object) -> None:
    """Do something to a file that no program of ours does, and make its digest right again."""
    connection = sqlite3.connect(path)
    assert connection.execute(statement, values).rowcount > 0
    plan_rows.sign(connection)
    connection.commit()
    connection.close()


ODD = {
    "no JSON": ("before", "{"),
    "another type": ("after", "1"),
    "truth": ("after", "true"),
    "a list in a text": ("before", '["x"]'),
    "an object in a text": ("before", '{"id": "x"}'),
    "half a character": ("after", '"\\ud83d"'),
    "a number without end": ("after", "9" * 5000),
    "unknown kind": ("entity", "evaluation"),
    "unknown field": ("field", "colour"),
    "an attribute that is no field": ("field", "get"),
    "whole, but a text": ("field", ""),
}


@pytest.mark.parametrize("what", ODD)
def test_what_no_program_of_ours_logs_is_damaged_when_it_is_opened(
    document: Path, what: str
) -> None:
    column, value = ODD[what]
    execute_and_sign(
        document,
        f"UPDATE change SET {column} = ? WHERE field = 'texts.overview' AND entity_id = '{CARD}'",
        value,
    )
    before = state_of(document.parent)
    for opening in (read_document, open_document):
        with pytest.raises(KeikakuError, match=r"「総合計画\.keikaku」はこわれている"):
            opening(document)
    assert state_of(document.parent) == before


@pytest.mark.parametrize(
    "value", ['[["x"]]', "[1.5]", "[null]", '"x"', "null", '{"a": 1}', "[" * 500 + "]" * 500]
)
def test_a_list_of_anything_but_words_is_damaged(document: Path, value: str) -> None:
    execute_and_sign(document, "UPDATE change SET after = ? WHERE field = 'departments'", value)
    with pytest.raises(KeikakuError, match="こわれている"):
        read_document(document)


@pytest.mark.parametrize(
    "odd",
    [
        "json_set(before, '$.colour', 1)",
        "json_set(before, '$.status', 1)",
        "json_set(before, '$.name', NULL)",
        "json_set(before, '$.departments', json('[[\"x\"]]'))",
        "json_set(before, '$.texts', json('{\"overview\": null}'))",
        "json_remove(before, '$.id')",
    ],
)
def test_a_whole_entity_of_odd_fields_is_damaged(document: Path, odd: str) -> None:
    removed = "field = '' AND entity = 'initiative' AND before <> 'null'"
    execute_and_sign(document, f"UPDATE change SET before = {odd} WHERE {removed}")
    with pytest.raises(KeikakuError, match="こわれている"):
        read_document(document)


@pytest.mark.parametrize(("column", "value"), [("action", "forget"), ("at", "きのう")])
def test_an_entry_that_cannot_be_is_damaged(document: Path, column: str, value: str) -> None:
    execute_and_sign(document, f"UPDATE change_set SET {column} = ? WHERE sequence = 3", value)
    with pytest.raises(KeikakuError, match="こわれている"):
        read_document(document)


def test_nobody_reads_what_an_entry_says_before_it_is_wanted(document: Path) -> None:
    read: list[str] = []
    with open_document(document) as workspace:
        for entry in workspace.session.history.entries:
            assert isinstance(entry.changes.changes, StoredChanges | tuple)
            if isinstance(entry.changes.changes, StoredChanges):
                entry.changes.changes._read = lambda kind, cell: read.append(cell)  # type: ignore[assignment]
        write_in(workspace, "次の文")
        saved(workspace)
        assert read == []
        workspace.session.undo()
        workspace.session.undo()
        assert read != []


def test_rows_that_are_copied_say_what_rows_made_anew_say(document: Path, tmp_path: Path) -> None:
    with open_document(document, "試験") as workspace:
        known = workspace.known()
        assert known is not None
        session = workspace.session
        for edit in (session.undo, session.undo, session.redo):
            edit()
        session.do(set_text(session.plan, OTHER, "overview", "消したものがもどる"))
        session.do(set_year_text(session.plan, CARD, 2032, "actions", "・続ける"))
        contents = workspace.contents()
    anew, copied = tmp_path / "全部.keikaku", tmp_path / "写し.keikaku"
    write_plan_file(anew, contents)
    # The base was given up with the workspace; the document is the same file.
    write_plan_file(copied, contents, Known(document, known.sequence))
    assert read_document(anew) == read_document(copied) == contents


def test_a_base_that_was_damaged_meanwhile_is_not_copied_from(document: Path) -> None:
    with open_document(document) as workspace:
        write_in(workspace, "次の文")
        base = workspace.folder / "base.sqlite3"
        data = bytearray(base.read_bytes())
        place = data.index("・始める".encode())
        data[place : place + 3] = "偽".encode()
        base.write_bytes(data)
        saved(workspace)
        assert read_document(document) == workspace.contents()
