"""Saving off the thread that edits: what is edited meanwhile is neither in the file nor lost."""

import errno
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread, current_thread
from typing import Any

import pytest

from storage import safe_io
from storage.document import lock
from storage.document.publish import Published, publish
from storage.document.workspace import Workspace, drafts, open_document, resume
from tests.storage.documents import a_share, saved, text_in, text_of, write_in


@pytest.fixture(autouse=True)
def home(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(quick_path / "このPC"))
    monkeypatch.setattr(safe_io, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    return quick_path / "このPC"


class HeldDisk:
    """Stops a saving before its n-th operation until it is let go, with an error or without."""

    def __init__(self, stops_at: int, error: OSError | None = None) -> None:
        self.stops_at, self.error, self.count = stops_at, error, 0
        self.reached, self.goes_on = Event(), Event()
        self.saver: Thread | None = None

    def operate(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if current_thread() is self.saver:
            self.count += 1
            if self.count == self.stops_at:
                self.reached.set()
                assert self.goes_on.wait(10)
                if self.error:
                    raise self.error
        return call(*args, **kwargs)


def saved_in_thread(
    workspace: Workspace, disk: HeldDisk, edit: Callable[[], None], patch: pytest.MonkeyPatch
) -> Published:
    """Save in a thread of its own; `edit` while it stands still."""
    contents, answers = workspace.contents(), list[Published]()
    disk.saver = Thread(target=lambda: answers.append(publish(workspace, contents)))
    patch.setattr(safe_io, "operate", disk.operate)
    disk.saver.start()
    while disk.saver.is_alive() and not disk.reached.wait(0.01):
        pass
    edit()
    disk.goes_on.set()
    disk.saver.join()
    return answers[0]


def operations(document: Path, patch: pytest.MonkeyPatch) -> int:
    with open_document(document) as workspace:
        write_in(workspace, "数える")
        disk = HeldDisk(0)
        assert saved_in_thread(workspace, disk, lambda: None, patch).state == "saved"
    return disk.count


@pytest.mark.parametrize("error", [None, OSError(errno.EIO, ""), OSError(errno.ENOSPC, "")])
def test_wherever_a_saving_stands_still_or_fails_what_is_edited_meanwhile_is_kept(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError | None
) -> None:
    document = a_share(quick_path)
    count = operations(document, monkeypatch)
    assert count > 30
    for number in range(1, count + 1):
        before = text_in(document)
        workspace = open_document(document, "佐藤")
        write_in(workspace, f"{number}回目")
        disk = HeldDisk(number, error)
        meanwhile = partial(write_in, workspace, "あとの文", "background")
        answer = saved_in_thread(workspace, disk, meanwhile, monkeypatch)
        monkeypatch.setattr(safe_io, "operate", lambda call, *a, **k: call(*a, **k))
        assert disk.count >= number
        assert text_in(document) in (before, f"{number}回目")
        assert text_in(document, "background") != "あとの文"
        assert text_of(workspace.session.plan, "background") == "あとの文"
        if answer.state == "saved":
            assert text_in(document) == f"{number}回目"
        # The program ends: the edits are there at the next opening, as a draft.
        workspace.close()
        [draft] = drafts(document)
        with resume(draft, "佐藤") as again:
            assert text_of(again.session.plan) == f"{number}回目"
            assert text_of(again.session.plan, "background") == "あとの文"
            write_in(again, "はじめの文", "background")
            again.abandon()


def test_edits_during_a_saving_are_unsaved_and_go_out_with_the_next(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_share(quick_path)
    with open_document(document, "佐藤") as workspace:
        write_in(workspace, "一")
        answer = saved_in_thread(
            workspace, HeldDisk(5), lambda: write_in(workspace, "二"), monkeypatch
        )
        assert answer.state == "saved"
        assert text_in(document) == "一"
        assert len(workspace.unsaved) == 1
        saved(workspace)
        assert workspace.unsaved == ()
    assert text_in(document) == "二"


def test_a_workspace_opened_in_one_thread_is_edited_in_another(quick_path: Path) -> None:
    document = a_share(quick_path)
    made: list[Workspace] = []
    thread = Thread(target=lambda: made.append(open_document(document)))
    thread.start()
    thread.join()
    with made[0] as workspace:
        write_in(workspace, "別の糸")
        saved(workspace)
    assert text_in(document) == "別の糸"
