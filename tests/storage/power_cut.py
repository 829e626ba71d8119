"""What may be on a disk after the power went: synced for sure, the rest whole, torn or not at all.

A file's bytes are safe once the file was synced, its name once its folder was. Of what was
written since, each write is there, missing, or there in some of its sectors of 512 bytes, each
on its own; of names (made, renamed, removed) the first few, in order, as file systems with a
journal keep them.
"""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.storage.recorded_disk import Event

SECTOR = 512


class _File:
    def __init__(self) -> None:
        self.safe = bytearray()
        self.pending: list[Event] = []

    def sync(self) -> None:
        for event in self.pending:
            _apply(self.safe, event)
        self.pending.clear()

    def after_cut(self, choice: random.Random) -> bytes:
        content = bytearray(self.safe)
        for event in self.pending:
            fate = choice.random()
            if fate < 0.4:
                _apply(content, event)
            elif fate < 0.7:
                _apply_torn(content, event, choice)
        return bytes(content)


class Disk:
    """A disk to which recorded events are done, one after the other."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._now: dict[str, _File] = {}
        for path, content in files.items():
            self._now[path] = _File()
            self._now[path].safe = bytearray(content)
        self._safe = dict(self._now)
        self._folders: set[str] = set()
        self._pending: list[Event] = []

    def do(self, event: Event) -> None:
        kind = event[0]
        if kind in ("create", "rename", "unlink", "folder"):
            self._rename(self._now, self._folders, self._resolved(event))
            self._pending.append(self._resolved(event))
        elif kind in ("write", "truncate"):
            self._now[event[1]].pending.append(event)
        elif kind == "sync":
            self._now[event[1]].sync()
        elif kind == "sync_folder":
            for each in self._pending:
                self._rename(self._safe, set(), each)
            self._pending.clear()

    def _resolved(self, event: Event) -> Event:
        """A file that is made is one thing, whatever it is called afterwards."""
        if event[0] == "create" and len(event) == 2:
            return ("create", event[1], self._now.setdefault(event[1], _File()))
        return event

    @staticmethod
    def _rename(names: dict[str, _File], folders: set[str], event: Event) -> None:
        kind, path = event[0], event[1]
        if kind == "create":
            names[path] = event[2]
        elif kind == "rename" and path in names:
            names[event[2]] = names.pop(path)
        elif kind == "unlink":
            names.pop(path, None)
        elif kind == "folder":
            folders.add(path)

    def after_cut(self, choice: random.Random) -> dict[str, bytes]:
        """The files that a PC would find when the power is back."""
        names = dict(self._safe)
        for event in self._pending[: choice.randint(0, len(self._pending))]:
            self._rename(names, set(), event)
        return {path: file.after_cut(choice) for path, file in names.items()}


def _apply(content: bytearray, event: Event) -> None:
    if event[0] == "truncate":
        del content[event[2] :]
        content.extend(bytes(event[2] - len(content)))
        return
    _, _, offset, data = event
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def _apply_torn(content: bytearray, event: Event, choice: random.Random) -> None:
    if event[0] == "truncate":
        return
    kind, path, offset, data = event
    for start in range(0, len(data), SECTOR):
        if choice.random() < 0.5:
            _apply(content, (kind, path, offset + start, data[start : start + SECTOR]))


def put(root: Path, files: dict[str, bytes]) -> None:
    """Make `root` hold just these files."""
    shutil.rmtree(root)
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def cuts(events: Sequence[Event], count: int, choice: random.Random) -> list[int]:
    """After how many events the power goes, for each of `count` images; ascending."""
    return sorted(choice.randint(0, len(events)) for _ in range(count))
