"""A workspace: what is opened, what stays as a draft, what is removed."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.changes.change import apply
from app.edits.text import set_text
from app.errors import KeikakuError
from storage import safe_io
from storage.document import workspace
from storage.document.exchange import back_up, catch_up
from storage.document.lock import Hold
from storage.document.workspace import (
    drafts,
    new_document,
    open_document,
    read_document,
    resume,
    sweep,
)
from storage.plan_file.plan_file import PlanFile
from storage.plan_file.rows import Contents
from tests.storage.documents import OTHER, a_share, save, saved, text_in, text_of, write_in
from tests.storage.failing_disk import FailingDisk
from tests.storage.plan_files import CARD, a_plan, state_of


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    return tmp_path / "このPC"


def files(folder: Path) -> list[str]:
    """All but the log of events, which holds nothing of a plan."""
    found = (path for path in folder.rglob("*") if path.parent.name != "logs")
    return sorted(path.name for path in found if path.is_file())


def test_opening_and_editing_do_not_touch_the_document(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    before = state_of(document.parent)
    with open_document(document, "佐藤") as opened:
        write_in(opened, "下書き")
        assert state_of(document.parent) == before
        assert text_of(opened.base().plan) == text_in(document)
        assert {"base.sqlite3", "in_use", "origin.json", "work.sqlite3"} <= set(files(home))
        assert [entry.author for entry in opened.unsaved] == ["佐藤"]
    assert state_of(document.parent) == before


def test_what_is_saved_leaves_nothing_behind(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as opened:
        write_in(opened, "保存する")
        saved(opened)
        assert opened.unsaved == ()
    assert files(home) == []
    assert drafts(document) == []


def test_what_is_not_saved_stays_as_a_draft_with_undo(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    first = text_in(document)
    with open_document(document) as opened:
        write_in(opened, "下書き")
    sweep()
    [draft] = drafts(document)
    with resume(draft) as again:
        assert text_of(again.session.plan) == "下書き"
        again.session.undo()
        assert text_of(again.session.plan) == first
        assert drafts(document) == []


def test_what_is_abandoned_is_no_draft(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    opened = open_document(document)
    write_in(opened, "いらない")
    opened.abandon()
    assert drafts(document) == []
    assert files(home) == []


def test_a_draft_that_is_older_than_the_document_is_merged_not_written_over(
    tmp_path: Path,
) -> None:
    from storage.document.publish import publish

    document = a_share(tmp_path)
    with open_document(document) as opened:
        write_in(opened, "下書き")
    save(document, "ほかの欄", "background")
    with resume(drafts(document)[0]) as again:
        assert publish(again).is_changed
        catch_up(again)
        saved(again)
    assert (text_in(document), text_in(document, "background")) == ("下書き", "ほかの欄")


def test_a_new_document_is_made_by_its_first_saving(tmp_path: Path) -> None:
    document = tmp_path / "新しい計画.keikaku"
    opening = read_document(a_share(tmp_path)).entries
    with new_document(document, Contents(a_plan(), opening)) as made:
        assert not document.exists()
        saved(made)
        write_in(made, "続き")
        saved(made)
    assert text_in(document) == "続き"


def test_somebody_elses_file_of_that_name_is_not_written_over(tmp_path: Path) -> None:
    from storage.document.publish import publish

    document = a_share(tmp_path)
    before = document.read_bytes()
    with new_document(document, Contents(a_plan(), read_document(document).entries)) as made:
        assert publish(made).is_changed
    assert document.read_bytes() == before


def test_the_first_opening_of_a_day_is_backed_up_once(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    first = text_in(document)
    for text in ("一", "二"):
        with open_document(document) as opened:
            back_up(opened, daily=True)
            write_in(opened, text)
            saved(opened)
    [backup] = home.glob("backups/*/*.keikaku")
    assert text_in(backup) == first


def test_half_made_workspaces_go_and_damaged_ones_stay(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as opened:
        write_in(opened, "下書き")
        folder = opened.folder
    (folder / "work.sqlite3").write_bytes(b"x")
    half = folder.with_name("half")
    half.mkdir()
    (half / "work.sqlite3").write_bytes(b"x")
    sweep()
    assert drafts(document) == []
    assert (folder / "work.sqlite3").exists()
    assert not half.exists()


def test_a_workspace_that_another_program_sweeps_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, take = a_share(tmp_path), Hold.take
    swept: list[Path] = []

    def swept_before(path: Path, named: Path | None = None) -> Hold | None:
        if path.name == "in_use" and not swept:
            swept.append(path.parent)
            path.parent.rmdir()
        return take(path, named)

    monkeypatch.setattr(Hold, "take", swept_before)
    with open_document(document) as opened:
        assert opened.folder not in swept
        write_in(opened, "書ける")
        saved(opened)
    assert swept
    assert text_in(document) == "書ける"


def test_sweeping_meets_workspaces_that_go_and_that_come(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, begun = home / "workspaces" / "計画" / "gone", home / "workspaces" / "計画" / "begun"
    for folder in (gone, begun):
        folder.mkdir(parents=True)
    take, release, holds = Hold.take, Hold.release, []

    def closed_before(path: Path, named: Path | None = None) -> Hold | None:
        if path.parent == gone:
            gone.rmdir()
        return take(path, named)

    def begun_after(hold: Hold) -> None:
        release(hold)
        if begun.exists() and not holds:
            holds.append(take(begun / "in_use"))

    monkeypatch.setattr(Hold, "take", closed_before)
    monkeypatch.setattr(Hold, "release", begun_after)
    sweep()
    assert [path.name for path in begun.iterdir()] == ["in_use"]
    release(holds[0])


def test_a_full_disk_while_opening_leaves_nothing(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_share(tmp_path)
    disk = FailingDisk().put_in(monkeypatch)
    open_document(document).close()
    count = len(disk.names)
    before = state_of(document.parent)
    for number in range(1, count + 1):
        FailingDisk(number, OSError(28, "")).put_in(monkeypatch)
        try:
            open_document(document).close()
        except KeikakuError:
            continue
        finally:
            FailingDisk().put_in(monkeypatch)
            assert state_of(document.parent) == before
    sweep()
    for path in home.rglob("*.tmp"):
        os.utime(path, (0, 0))
    sweep()
    assert files(home) == []


def test_a_draft_of_an_edit_that_was_cut_off_holds_the_one_before(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as opened:
        write_in(opened, "確定")
        folder = opened.folder
    origin = json.loads((folder / "origin.json").read_text())
    assert origin["path"] == str(document)
    with PlanFile.edit(folder / "work.sqlite3") as file:
        assert text_of(file.plan()) == "確定"
    assert workspace.drafts(document)[0].folder == folder
    assert safe_io.sha256(document) == origin["sha256"]


def test_a_session_that_was_let_go_writes_nothing_into_the_one_after_it(tmp_path: Path) -> None:
    """Whatever its log is: shorter, longer, or of the same length as the one that goes on."""
    for own in (1, 2, 12):
        document = a_share(tmp_path / str(own))
        with open_document(document) as opened:
            stale = opened.session
            for n in range(own):
                write_in(opened, f"自分{n}")
            save(document, "ほかの人")
            catch_up(opened)
            with pytest.raises(KeikakuError, match="前の画面からは書き込めません"):
                stale.do(set_text(stale.plan, OTHER, "overview", "前の画面の文"))
            with pytest.raises(KeikakuError, match="前の画面からは書き込めません"):
                stale.undo()
            for n in range(own + 12):
                write_in(opened, f"その後{n}")
            live = opened._file.contents()
            assert (live.plan, live.entries) == (opened.session.plan, opened.contents().entries)
            assert text_of(live.plan, card=OTHER) != "前の画面の文"
            saved(opened)
        with pytest.raises(KeikakuError, match="前の画面からは書き込めません"):
            opened.session.do(set_text(opened.session.plan, CARD, "overview", "閉じた後"))
        assert text_in(document) == f"その後{own + 11}"


def test_an_entry_that_does_not_go_on_with_the_log_is_refused(tmp_path: Path) -> None:
    with open_document(a_share(tmp_path)) as opened:
        write_in(opened, "一")
        plan, [*_, last] = opened.session.plan, opened.session.history.entries
        edit = set_text(plan, CARD, "overview", "二")
        for number in (last.sequence - 1, last.sequence + 2):
            entry = replace(last, sequence=number, changes=edit)
            with pytest.raises(KeikakuError, match="前の画面からは書き込めません"):
                opened._file.commit(entry, apply(plan, edit))
        assert opened._file.contents() == opened.contents()
        assert text_of(opened._file.plan()) == "一"
