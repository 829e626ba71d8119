"""`Session`: an open plan, and the only door through which it changes."""

from collections.abc import Callable
from datetime import datetime

from app.changes.change import ChangeSet, apply
from app.changes.history import Action, Entry, History
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
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the entry after each edit, undo and redo; what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, edit: ChangeSet, carries_on: Entry | None = None) -> ChangeSet:
        """Make an edit. An empty one does nothing. Raises KeikakuError, the plan unchanged.

        `carries_on` is the edit that this one goes on with, as typing in one field
        does: as long as nothing came between, both are undone in one step.
        """
        if edit.changes or edit.decisions:
            last = self.history.undoable
            joins = last and carries_on and last.sequence == carries_on.sequence
            self._commit("do", edit, last if joins else None)
        return edit

    def undo(self) -> ChangeSet | None:
        """Take the last edit back; None where there is none."""
        entry = self.history.undoable
        return self._commit("undo", entry.changes.inverted(), entry) if entry else None

    def redo(self) -> ChangeSet | None:
        """Do the last undone edit again; None where there is none."""
        entry = self.history.redoable
        return self._commit("redo", entry.changes, entry) if entry else None

    def _commit(self, action: Action, edit: ChangeSet, target: Entry | None = None) -> ChangeSet:
        after = apply(self.plan, edit)
        require_integrity(after, edit.touched())
        entry = Entry(
            sequence=self.history.next_sequence,
            at=datetime.now().astimezone(),
            author=self.author,
            action=action,
            changes=edit,
            target=target.sequence if target else None,
        )
        self._store.commit(entry, after)
        self.plan = after
        self.history.record(entry)
        for listener in self._listeners:
            listener(entry)
        return edit
