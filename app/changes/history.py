"""The record of edits, and what can be undone and redone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.changes.change import ChangeSet

Action = Literal["open", "do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    `sequence` counts from 1; `action` is what was done: `do` an edit, `undo`/`redo`
    the entry numbered `target`, `open` a plan that came in whole (no undo). A `do`
    with a `target` carries that edit on: both are undone in one step.
    `changes` are the changes as applied, so an undo holds inverted ones.
    """

    sequence: int
    at: datetime
    author: str
    action: Action
    changes: ChangeSet
    target: int | None = None


class History:
    """The log in order, with the stacks that undo and redo use."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Rebuild both stacks from a stored log: undo survives a restart."""
        self._entries: list[Entry] = []
        self._undoable: list[Entry] = []
        self._redoable: list[Entry] = []
        for entry in entries:
            self.record(entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first."""
        return tuple(self._entries)

    @property
    def next_sequence(self) -> int:
        """The number of the next entry."""
        return self._entries[-1].sequence + 1 if self._entries else 1

    @property
    def undoable(self) -> Entry | None:
        """The edit that undo would take back, None for none."""
        return self._undoable[-1] if self._undoable else None

    @property
    def in_force(self) -> tuple[Entry, ...]:
        """The edits that were not undone, oldest first."""
        return tuple(self._undoable)

    @property
    def redoable(self) -> Entry | None:
        """The edit that redo would do again, None for none."""
        return self._redoable[-1] if self._redoable else None

    def record(self, entry: Entry) -> None:
        """Add an entry. A new edit empties what could be redone."""
        self._entries.append(entry)
        if entry.action == "do":
            self._undoable.append(self._carried_on(entry))
            self._redoable.clear()
        elif entry.action == "open":
            self._undoable.clear()
            self._redoable.clear()
        else:
            self._move(entry)

    def _carried_on(self, entry: Entry) -> Entry:
        """The entry, or with its target one that undoes both."""
        first = self.undoable
        if first is None or first.sequence != entry.target:
            return entry
        self._undoable.pop()
        before, after = first.changes, entry.changes
        changes, decisions = before.changes + after.changes, before.decisions + after.decisions
        return replace(first, changes=ChangeSet(before.label, changes, decisions))

    def _move(self, entry: Entry) -> None:
        source, goal = self._undoable, self._redoable
        if entry.action == "redo":
            source, goal = goal, source
        if source and source[-1].sequence == entry.target:
            goal.append(source.pop())
