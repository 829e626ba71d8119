"""A long day of typing: what is kept again and again is one edit, in the log and in the file."""

import os
from pathlib import Path

import pytest

from app.changes.history import Entry
from app.edits.text import set_text
from storage.document.workspace import Workspace, drafts, open_document, read_document, resume
from tests.storage.documents import a_share, saved, text_of
from tests.storage.plan_files import CARD

WORDS = "来庁予約と待ち人数の案内をすすめる。" * 111
VISITS, DRAFTS = 12, 40


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    return tmp_path / "このPC"


def visit(workspace: Workspace, n: int, drafts: int = DRAFTS) -> None:
    """Somebody types for a minute into a field of 2,000 characters; it is kept again and again."""
    session, began = workspace.session, None
    for draft in range(drafts):
        text = f"〔{n}〕{WORDS}{'あ' * draft}"
        session.do(set_text(session.plan, CARD, "overview", text), began)
        began = session.history.undoable


def edits(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.action == "do"]


def test_the_file_grows_by_what_was_written_not_by_how_often_it_was_kept(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    before, bytes_of_a_visit = os.stat(document).st_size, 2 * len(WORDS.encode())
    with open_document(document) as workspace:
        for n in range(VISITS):
            visit(workspace, n)
        saved(workspace)
    assert len(edits(read_document(document).entries)) == VISITS
    assert os.stat(document).st_size < before + VISITS * 1.3 * bytes_of_a_visit


def test_each_visit_is_one_step_to_undo_also_tomorrow(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as workspace:
        first = text_of(workspace.session.plan)
        for n in range(3):
            visit(workspace, n)
    with resume(drafts(document)[0]) as again:
        assert text_of(again.session.plan) == f"〔2〕{WORDS}{'あ' * (DRAFTS - 1)}"
        for n in (1, 0):
            again.session.undo()
            assert text_of(again.session.plan) == f"〔{n}〕{WORDS}{'あ' * (DRAFTS - 1)}"
        again.session.undo()
        assert text_of(again.session.plan) == first


def test_what_the_file_has_of_a_visit_stays_as_it_is_while_typing_goes_on(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as workspace:
        session = workspace.session
        session.do(set_text(session.plan, CARD, "overview", "・は"))
        began = session.history.undoable
        saved(workspace)
        first = read_document(document).entries
        for text in ("・はじ", "・はじめる"):
            session.do(set_text(session.plan, CARD, "overview", text), began)
        assert len(workspace.unsaved) == 1
        saved(workspace)
        assert read_document(document).entries[:-1] == first
        session.undo()
        assert text_of(session.plan) == "・予約を**スマホ**で受ける"


def test_what_is_on_disk_is_what_is_on_the_screen_after_each_draft(tmp_path: Path) -> None:
    with open_document(a_share(tmp_path)) as workspace:
        for drafts_kept in (1, 2, 3):
            visit(workspace, drafts_kept, drafts_kept)
            assert workspace._file.contents() == workspace.contents()
