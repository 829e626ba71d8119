"""`Session`: an open plan, and the only door through which it changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.changes.change import ChangeSet, apply
from app.changes.folding import folded
from app.changes.history import Action, Entry, History, Source
from app.changes.parting.state_name import StateName, name_of
from app.plan.integrity import require_integrity
from app.plan.plan import Plan
from app.ports import PlanStore

Listener = Callable[[Entry], None]


class Session:
    """An open plan. `do` checks, commits, swaps the plan, records and notifies."""

    def __init__(
        self, plan: Plan, store: PlanStore, history: History | None = None, author: str = ""
    ) -> None:
        """`author` is written into the log beside each edit."""
        self.plan = plan
        self.history = history or History()
        self.author = author
        self._store = store
        self._sealed = self.history.next_sequence - 1
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the entry after each edit, undo and redo; what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, edit: ChangeSet, carries_on: Entry | None = None) -> ChangeSet:
        """Make an edit. An empty one does nothing. Raises KeikakuError, the plan unchanged.

        `carries_on` is the edit that this one goes on with, as typing in one field
        does: as long as nothing came between, both are undone in one step. The log keeps one
        entry for them, unless what is logged so far was copied (`seal`).
        """
        if edit.changes or edit.decisions:
            last = self.history.undoable
            joins = last and carries_on and last.sequence == carries_on.sequence
            grown = self._grown(last, edit) if joins and last else None
            self._keep(edit, grown or self._entry("do", edit, last if joins else None))
        return edit

    def bring_in(self, edit: ChangeSet, source: Source) -> ChangeSet:
        """Make an edit that brings in words of others: a merge, an answer, an earlier state."""
        if edit.changes or edit.decisions:
            self._keep(edit, replace(self._entry("do", edit, None), source=source))
        return edit

    def name_state(self) -> StateName | None:
        """The name of the plan as it is now, for a file that leaves the program; None without log.

        What is logged so far never changes from here on.
        """
        self.seal()
        entries = self.history.entries
        return name_of(self.plan, entries) if entries else None

    def seal(self) -> None:
        """What is logged so far was copied (saved, issued, exported): it never changes any more."""
        self._sealed = self.history.next_sequence - 1

    def _grown(self, step: Entry, edit: ChangeSet) -> Entry | None:
        """The last entry of a step with an edit that goes on with it, None if it cannot grow."""
        last = self.history.last
        if last is None or last.sequence <= self._sealed or last.action != "do":
            return None
        if step.sequence not in (last.sequence, last.target) or edit.decisions:
            return None
        # Typing goes on in what the entry is about; an edit of anything else has its own.
        if not {(c.entity, c.id) for c in edit} <= {(c.entity, c.id) for c in last.changes}:
            return None
        whole = folded(last.changes, edit)
        # An entry that says nothing is none: then the edit gets one of its own.
        return replace(last, at=_now(), changes=whole) if whole.changes else None

    def undo(self) -> ChangeSet | None:
        """Take the last edit back; None where there is none."""
        entry = self.history.undoable
        return self._commit("undo", entry.changes.inverted(), entry) if entry else None

    def redo(self) -> ChangeSet | None:
        """Do the last undone edit again; None where there is none."""
        entry = self.history.redoable
        return self._commit("redo", entry.changes, entry) if entry else None

    def _commit(self, action: Action, edit: ChangeSet, target: Entry) -> ChangeSet:
        self._keep(edit, self._entry(action, edit, target))
        return edit

    def _entry(self, action: Action, edit: ChangeSet, target: Entry | None) -> Entry:
        number = target.sequence if target else None
        return Entry(self.history.next_sequence, _now(), self.author, action, edit, number)

    def _keep(self, edit: ChangeSet, entry: Entry) -> None:
        """Check, commit, swap, record and tell; `entry` is the edit, or has grown by it."""
        after = apply(self.plan, edit)
        require_integrity(after, edit.touched())
        self._store.commit(entry, after)
        self.plan = after
        self.history.record(entry)
        for listener in self._listeners:
            listener(entry)


def _now() -> datetime:
    return datetime.now().astimezone()
