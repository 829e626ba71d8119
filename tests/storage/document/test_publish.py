"""保存: three answers, nothing overwritten that others wrote, and no text without a place."""

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.errors import KeikakuError
from app.session import Session
from storage import safe_io
from storage.document import backups, lock
from storage.document.exchange import catch_up, editing
from storage.document.publish import publish
from storage.document.workspace import Workspace, drafts, open_document, read_document, resume
from tests.storage.documents import a_share, save, saved, text_in, write_in
from tests.storage.failing_disk import FailingDisk, windows_error


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    monkeypatch.setattr(safe_io, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    return tmp_path / "このPC"


def history(document: Path) -> list[Path]:
    return sorted((document.parent / "履歴").glob("*.keikaku"))


def test_what_was_there_before_each_saving_is_in_the_history(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    before = document.read_bytes()
    with open_document(document) as workspace:
        write_in(workspace, "一")
        assert document.read_bytes() == before
        assert "保存しました" in saved(workspace).message
        first = document.read_bytes()
        write_in(workspace, "二")
        saved(workspace)
    assert text_in(document) == "二"
    assert {path.read_bytes() for path in history(document)} == {before, first}
    assert {path.name for path in document.parent.iterdir()} == {document.name, "履歴"}


def test_undo_survives_saving_and_opening_again(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    before = text_in(document)
    save(document, "一")
    with editing(document) as workspace:
        workspace.session.undo()
    assert text_in(document) == before


def test_what_a_stopped_pc_left_beside_the_document_goes(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    old, new = (document.with_name(f".keikaku-{name}.tmp") for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    save(document, "一")
    assert not old.exists()
    assert new.exists()


def test_a_changed_document_is_not_overwritten_but_merged(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document, "佐藤") as workspace:
        write_in(workspace, "佐藤の文")
        save(document, "鈴木の文", "background")
        answer = publish(workspace)
        assert (answer.state, answer.is_changed) == ("not_saved", True)
        assert "写しを残しました" in answer.message
        assert answer.copy is not None
        assert text_in(answer.copy) == "佐藤の文"
        assert text_in(document, "background") == "鈴木の文"
        assert not catch_up(workspace).conflicts
        saved(workspace)
        labels = [(entry.sequence, entry.author) for entry in workspace.session.history.entries]
    assert text_in(document) == "佐藤の文"
    assert text_in(document, "background") == "鈴木の文"
    assert labels == [(1, "試験"), (2, "試験"), (3, "佐藤")]


def test_both_changed_one_field_both_texts_are_kept(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document, "佐藤") as workspace:
        write_in(workspace, "佐藤の文")
        save(document, "鈴木の文")
        [conflict] = catch_up(workspace).conflicts
        saved(workspace)
        assert workspace.session.undo()
        assert workspace.session.plan.initiatives[conflict.id].texts["overview"] == "鈴木の文"
        workspace.session.redo()
    assert (conflict.ours, conflict.theirs) == ("佐藤の文", "鈴木の文")
    found = read_document(document)
    assert text_in(document) == "佐藤の文"
    assert [kept.conflict for kept in found.conflicts] == [conflict]


def test_merging_what_we_saved_ourselves_changes_nothing(tmp_path: Path) -> None:
    """The PC could not note that it had saved."""
    document = a_share(tmp_path)
    with open_document(document) as workspace:
        origin = workspace.origin
        write_in(workspace, "一")
        saved(workspace)
        workspace.origin = origin
        write_in(workspace, "二")
        assert publish(workspace).is_changed
        assert not catch_up(workspace).conflicts
        assert len(workspace.session.history.entries) == 3
        saved(workspace)
    assert text_in(document) == "二"


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda path: path.write_bytes(b"x"), lambda path: path.write_bytes(b"")]
)
def test_a_document_that_cannot_be_read_counts_as_changed(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    document = a_share(tmp_path)
    with open_document(document) as workspace:
        write_in(workspace, "一")
        spoil(document)
        state = document.read_bytes() if document.exists() else None
        answer = publish(workspace)
        assert (answer.state, answer.is_changed) == ("not_saved", True)
        assert answer.copy is not None
        assert text_in(answer.copy) == "一"
        assert (document.read_bytes() if document.exists() else None) == state
        with pytest.raises(KeikakuError):
            catch_up(workspace)
        assert isinstance(workspace.session, Session)


def test_who_was_taken_over_from_does_not_save(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as workspace:
        mine = lock.take(document, "佐藤")
        workspace.note_lock(mine.token)
        write_in(workspace, "一")
        lock.take(document, "鈴木", seen=mine)
        answer = publish(workspace)
    assert answer.state == "not_saved"
    assert "鈴木さんが" in answer.message


def test_somebody_is_saving(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with open_document(document) as workspace, lock.saving(document, 0.0):
        write_in(workspace, "一")
        answer = publish(workspace, saving=partial(lock.saving, document, 0.0))
    assert answer.state == "not_saved"
    assert "保存しているところ" in answer.message
    assert answer.copy is not None
    assert text_in(answer.copy) == "一"


def test_a_fault_of_the_program_while_saving_leaves_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    document = a_share(tmp_path)
    monkeypatch.setattr(backups, "keep_history", broken)
    with pytest.raises(ZeroDivisionError):
        save(document, "残る文")
    (draft,) = drafts(document)
    monkeypatch.undo()
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    with resume(draft) as workspace:
        saved(workspace)
    assert text_in(document) == "残る文"


def test_what_is_read_back_differently_is_told_as_unsure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_share(tmp_path)

    def spoiled(call: Callable[..., object], *args: object, **kwargs: object) -> object:
        result = call(*args, **kwargs)
        if call is os.replace and Path(str(args[1])) == document:
            document.write_bytes(document.read_bytes()[:-1] + b"?")
        return result

    with open_document(document) as workspace:
        write_in(workspace, "一")
        monkeypatch.setattr(safe_io, "operate", spoiled)
        answer = publish(workspace)
    assert answer.state == "unsure"
    assert "保存を確認できません" in answer.message
    assert answer.copy is not None
    assert text_in(answer.copy) == "一"


ERRORS: list[Callable[[], OSError]] = [
    lambda: OSError(errno.ENOSPC, ""),
    lambda: OSError(errno.EIO, ""),
    lambda: OSError(errno.EACCES, ""),
    lambda: windows_error(32),
]


class Stuck(FailingDisk):
    """From the operation `fails_at` on, that kind of operation fails for good."""

    def operate(self, call: Callable[..., object], *args: object, **kwargs: object) -> object:
        self.names.append(call.__name__)
        if len(self.names) >= self.fails_at and call.__name__ == self.names[self.fails_at - 1]:
            assert self.error
            raise self.error
        return call(*args, **kwargs)


@pytest.mark.parametrize(
    ("disk_of", "error"), [*((FailingDisk, error) for error in ERRORS), (Stuck, ERRORS[0])]
)
def test_whichever_operation_fails_the_document_is_old_or_new_and_the_text_is_somewhere(
    quick_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    disk_of: type[FailingDisk],
    error: Callable[[], OSError],
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(quick_path / "このPC"))
    document = a_share(quick_path)
    save(document, "はじめ")
    count, before, states = len(operations(monkeypatch, document)), "数える", set()
    assert count > 30
    for number in range(1, count + 1):
        text = f"{number}回目"
        workspace = open_document(document)
        write_in(workspace, text)
        disk = disk_of(number, error()).put_in(monkeypatch)
        answer = publish(workspace)
        FailingDisk().put_in(monkeypatch)
        assert len(disk.names) >= number
        found = text_in(document) or ""
        assert found in (before, text)
        states.add(answer.state)
        if answer.state == "saved":
            assert found == text
        else:
            assert found == before or answer.state == "unsure"
            assert_is_somewhere(workspace, document, answer.copy, text)
        workspace.close()
        before = found
    assert {"saved", "not_saved"} <= states <= {"saved", "not_saved", "unsure"}


def assert_is_somewhere(workspace: Workspace, document: Path, copy: Path | None, text: str) -> None:
    assert copy is not None
    if copy.name == "work.sqlite3":
        assert workspace.session.plan.initiatives
        workspace.close()
        assert text in [
            change.after
            for draft in drafts(document)
            for e in draft.entries
            for change in e.changes
        ]
    else:
        assert text_in(copy) == text


def operations(patch: pytest.MonkeyPatch, document: Path) -> list[str]:
    """The operations of a saving that succeeds."""
    with open_document(document) as workspace:
        write_in(workspace, "数える")
        disk = FailingDisk().put_in(patch)
        saved(workspace)
        names = list(disk.names)
    FailingDisk().put_in(patch)
    return names


def test_windows_in_the_way_for_a_moment_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_share(tmp_path)
    names = operations(monkeypatch, document)
    assert "replace" in names
    for number in (5, 32, 33):
        with open_document(document) as workspace:
            write_in(workspace, f"誤り{number}")
            at = next(
                n
                for n, name in enumerate(names, 1)
                if name == "replace" and names[n:].count("replace") == 1
            )
            FailingDisk(at, windows_error(number)).put_in(monkeypatch)
            saved(workspace)
            FailingDisk().put_in(monkeypatch)
        assert text_in(document) == f"誤り{number}"
