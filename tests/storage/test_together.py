"""Many save one document at the same time: nothing is lost."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.edits.text import set_text
from app.errors import KeikakuError
from storage.document import exchange, lock
from storage.document.exchange import editing
from storage.document.workspace import read_document
from storage.plan_file.gate import InUseError
from tests.storage.documents import a_share, save, text_in, write_in
from tests.storage.plan_files import CARD
from tests.storage.processes import together

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by fork")


def writer(document: Path, home: Path, name: str, times: int) -> int:
    os.environ["KEIKAKU_HOME"] = str(home)
    for n in range(times):
        with editing(document, name) as workspace:
            plan = workspace.session.plan
            workspace.session.do(set_text(plan, CARD, "overview", f"{name} {n}"))
            workspace.session.do(set_text(plan, CARD, name, f"{n}"))
    return 0


@pytest.mark.parametrize("is_one_pc", [True, False])
def test_eight_programs_save_sixteen_times_each(quick_path: Path, is_one_pc: bool) -> None:
    document = a_share(quick_path)
    homes = [quick_path / ("PC" if is_one_pc else f"PC{n}") for n in range(8)]
    writers = [lambda n=n: writer(document, homes[n], f"w{n}", 16) for n in range(8)]
    assert together(writers) == [0] * 8
    found = read_document(document)
    written = [c.after for e in found.entries for c in e.changes if c.field == "texts.overview"]
    assert sorted(written) == sorted(f"w{n} {i}" for n in range(8) for i in range(16))
    assert [text_in(document, f"w{n}") for n in range(8)] == ["15"] * 8
    names = {path.name for path in document.parent.iterdir()}
    assert names == {document.name, "履歴"}


def test_who_finds_no_room_leaves_a_named_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "PC"))
    monkeypatch.setattr(exchange, "PATIENCE", 0.0)
    document = a_share(tmp_path)

    def write() -> None:
        with editing(document, "佐藤") as workspace:
            workspace.session.do(set_text(workspace.session.plan, CARD, "overview", "残る文"))

    with lock.saving(document), pytest.raises(KeikakuError, match="写しを残しました") as told:
        write()
    [copy] = (tmp_path / "PC" / "rescue").iterdir()
    assert str(copy) in str(told.value)
    assert text_in(copy) == "残る文"


def test_who_finds_room_late_merges_with_what_was_saved_meanwhile(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(quick_path / "PC"))
    document = a_share(quick_path)
    with ExitStack() as others:
        others.enter_context(lock.saving(document))
        monkeypatch.setattr(exchange, "PATIENCE", 0.0)
        with editing(document, "佐藤") as workspace:
            write_in(workspace, "残る文")
            others.close()
            save(document, "先に保存された文", "background")
    assert text_in(document) == "残る文"
    assert text_in(document, "background") == "先に保存された文"


def test_a_document_that_vanishes_leaves_a_named_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "PC"))
    document = a_share(tmp_path)

    def write() -> None:
        with editing(document, "佐藤") as workspace:
            write_in(workspace, "残る文")
            document.unlink()

    with pytest.raises(KeikakuError, match="写しを残しました") as told:
        write()
    [copy] = (tmp_path / "PC" / "rescue").iterdir()
    assert str(copy) in str(told.value)
    assert text_in(copy) == "残る文"


def test_a_document_is_not_locked_while_it_is_open(tmp_path: Path) -> None:
    """Only a workspace is; a file on a share is never live."""
    document = a_share(tmp_path)
    with editing(document):
        try:
            assert text_in(document)
        except InUseError:
            pytest.fail("the document was locked")
