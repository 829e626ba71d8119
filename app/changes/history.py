"""The record of edits, and what can be undone and redone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal
from uuid import uuid4

from app.changes.change import ChangeSet

Action = Literal["open", "do", "undo", "redo"]


def new_id() -> str:
    """An id for a new entry."""
    return str(uuid4())


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry brought in: entries (ids) that it stands for, names of those who wrote them.

    The names are as a person reads them: people, departments, a file.
    """

    entries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NOWHERE: Final = Source()
"""The source of an edit that its author made."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    `sequence` counts from 1; `action` is what was done: `do` an edit, `undo`/`redo`
    the entry numbered `target`, `open` a plan that came in whole (no undo). A `do`
    with a `target` carries that edit on: both are undone in one step.
    `changes` are the changes as applied, so an undo holds inverted ones.

    `id` (a UUID) is the entry's own: merging, saving and undo keep it, and its number may change.
    `source` is what it brought in of others.

    While typing goes on, the last entry grows in place (`Session.do`); one that was saved, issued
    or copied never changes.
    """

    sequence: int
    at: datetime
    author: str
    action: Action
    changes: ChangeSet
    target: int | None = None
    id: str = field(default_factory=new_id)
    source: Source = NOWHERE


class History:
    """The log in order, and which of its edits are in force or can be done again."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Read a stored log: what can be undone survives a restart."""
        self._entries: list[Entry] = []
        # Steps by the number of their first entry: in the order in which they came into force,
        # and in that in which they were undone.
        self._in_force: dict[int, Entry] = {}
        self._undone: dict[int, _Undone] = {}
        for entry in entries:
            self.record(entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first."""
        return tuple(self._entries)

    @property
    def last(self) -> Entry | None:
        """The newest entry, None for an empty log."""
        return self._entries[-1] if self._entries else None

    @property
    def next_sequence(self) -> int:
        """The number of the next entry."""
        return self._entries[-1].sequence + 1 if self._entries else 1

    @property
    def undoable(self) -> Entry | None:
        """The newest edit in force, None for none."""
        return next(reversed(self._in_force.values()), None)

    @property
    def in_force(self) -> tuple[Entry, ...]:
        """The edits that were not undone, oldest first."""
        return tuple(self._in_force.values())

    @property
    def redoable(self) -> Entry | None:
        """The edit that was undone last, None if none can be done again."""
        return next((undone.step for undone in reversed(self._undone.values())), None)

    def record(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the last one if it bears its number.

        A new edit empties what its author could do again.
        """
        if self._entries and self._entries[-1].sequence == entry.sequence:
            self._replace_last(entry)
            return
        self._entries.append(entry)
        if entry.action == "do":
            self._begin(entry)
        elif entry.action == "open":
            self._in_force.clear()
            self._undone.clear()
        elif entry.action == "undo":
            self._undo(entry)
        elif entry.target in self._undone:
            self._in_force[entry.target] = self._undone.pop(entry.target).step

    def _begin(self, entry: Entry) -> None:
        """A new step, or the last one goes on."""
        if self._undone:
            others = {n: one for n, one in self._undone.items() if one.by != entry.author}
            self._undone = others
        last = self.undoable
        if last is None or last.sequence != entry.target:
            self._in_force[entry.sequence] = entry
            return
        self._in_force[last.sequence] = replace(
            last, changes=last.changes.followed_by(entry.changes)
        )

    def _undo(self, entry: Entry) -> None:
        """What was undone may lie deep: what others did since came in by a merge."""
        step = self._in_force.pop(entry.target or 0, None)
        if step is not None:
            self._undone[step.sequence] = _Undone(step, entry.author)

    def _replace_last(self, entry: Entry) -> None:
        """The last edit has grown: so has the step that it is, or is the end of."""
        old, self._entries[-1] = self._entries[-1], entry
        number = old.sequence if old.sequence in self._in_force else old.target or 0
        step = self._in_force[number]
        kept = len(step.changes.changes) - len(old.changes.changes)
        changes = (*step.changes.changes[:kept], *entry.changes.changes)
        whole = replace(step.changes, changes=changes)
        # A step is as old as its first entry, here as when the log is read again.
        at = entry.at if number == entry.sequence else step.at
        self._in_force[number] = replace(step, at=at, changes=whole)


@dataclass(frozen=True, slots=True)
class _Undone:
    """A step that was undone, and by whom."""

    step: Entry
    by: str
