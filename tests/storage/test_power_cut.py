"""After a power cut every confirmed edit is there: in the document, or in a draft of it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage import safe_io
from storage.document.workspace import drafts, open_document, read_document
from storage.plan_file import plan_file
from tests.storage import power_cut, recorded_disk
from tests.storage.documents import a_share, saved, write_in
from tests.storage.power_cut import Disk
from tests.storage.recorded_disk import Event, Recorder

pytestmark = pytest.mark.skipif(
    recorded_disk.LIBRARY is None, reason="SQLite is built into Python here"
)


def story(root: Path) -> tuple[Path, dict[str, bytes], list[Event]]:
    """Somebody edits and saves; what was there before, and what was written, with notes."""
    document = a_share(root)
    before = {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    recorder = Recorder()
    with recorder.recording():
        workspace = open_document(document, "試験")
        for n in range(9):
            write_in(workspace, f"文{n}" * (1 + n * 700))
            recorder.note("edited", f"文{n}" * (1 + n * 700))
            if n % 3 == 2:
                saved(workspace)
                recorder.note("saved", n + 2)
        workspace._file.close()
        write_in_again = len(recorder.events)
    del recorder.events[write_in_again:]
    workspace._hold.release()
    return document, before, recorder.events


def losses(root: Path, count: int, seed: int = 1) -> list[str]:
    """What a person would miss after one of `count` power cuts."""
    document, before, events = story(root)
    assert sum(event[0] == "write" for event in events) > 100
    choice = random.Random(seed)
    disk, done, found = Disk(before), 0, []
    edited: list[str] = []
    last_saved = 1
    for cut in power_cut.cuts(events, count, choice):
        for event in events[done:cut]:
            if event[0] == "edited":
                edited.append(event[1])
            elif event[0] == "saved":
                last_saved = event[1]
            else:
                disk.do(event)
        done = cut
        power_cut.put(root, disk.after_cut(choice))
        found += missing(document, edited, last_saved)
    return found


def missing(document: Path, edited: list[str], last_saved: int) -> list[str]:
    try:
        entries = list(read_document(document).entries)
    except KeikakuError as error:
        return [f"the document: {error}"]
    if len(entries) < last_saved:
        return [f"saved {last_saved} entries, there are {len(entries)}"]
    for draft in drafts(document):
        entries += draft.entries
    texts = {change.after for entry in entries for change in entry.changes}
    return [f"edit {n}" for n, text in enumerate(edited) if text not in texts]


@pytest.fixture(autouse=True)
def home(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(quick_path / "このPC"))


def test_nothing_confirmed_is_lost_in_1200_power_cuts(quick_path: Path) -> None:
    assert losses(quick_path, 1200) == []


def without_sync(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(plan_file._EDITING, "synchronous", 0)


def with_deleted_journals(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(plan_file._EDITING, "journal_mode", "delete")
    patch.setitem(plan_file._EDITING, "locking_mode", "normal")


def with_unsynced_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(safe_io, "sync", lambda path: None)


@pytest.mark.parametrize("fault", [without_sync, with_deleted_journals, with_unsynced_files])
def test_the_simulator_notices_what_is_not_safe(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    fault(monkeypatch)
    assert losses(quick_path, 150)
