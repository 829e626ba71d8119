"""The one place where callbacks of a session become Qt signals."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.changes.change import ChangeSet
from app.changes.history import Entry
from app.errors import KeikakuError
from app.plan.plan import Plan
from app.ports import UnfinishedWords
from app.session import Session
from ui.desktop.pending_edits import PendingEdits

Verb = Callable[[Plan], ChangeSet]
READ_ONLY: Final = (
    "見るだけで開いているため、変えられません。計画は元のままです。"
    "変えるときは「名前を付けて保存」で写しを作ってください。"
)


class SessionSignals(QObject):
    """A session as the window sees it: it does edits and tells what became of them."""

    changed = Signal(object)
    """An Entry, after each edit, undo and redo."""
    refused = Signal(str)
    """A sentence for the user: this cannot be done."""
    failed = Signal(str)
    """A sentence for the user: what was done could not be kept."""

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        is_read_only: bool = False,
        words: UnfinishedWords | None = None,
    ) -> None:
        """With `is_read_only` every edit is refused. `words` are those that no plan can hold."""
        super().__init__(parent)
        self.session, self.is_read_only = session, is_read_only
        self.pending = PendingEdits(words, self)
        self.pending.failed.connect(self.failed)
        self._unsubscribe, self._is_closed = session.subscribe(self.changed.emit), False

    def close(self) -> None:
        """Let the session go: nothing is done to it from here on, and nothing is told.

        It may be shown anew, or never again. Closing twice is no harm.
        """
        if not self._is_closed:
            self._is_closed = True
            self.pending.close()
            self._unsubscribe()

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.session.plan

    def do(self, verb: Verb, carries_on: Entry | None = None) -> ChangeSet | None:
        """Make the edit that `verb` gives for the present plan.

        Returns the edit, empty where nothing was to change; None where it was not made
        (`refused` or `failed` tells; after `close` nothing does).
        """
        if self.pending.is_held:
            return None
        if self.is_read_only:
            self.refused.emit(READ_ONLY)
            return None
        try:
            edit = verb(self.plan)
        except KeikakuError as error:
            self.refused.emit(str(error))
            return None
        try:
            return self.commit(edit, carries_on)
        except KeikakuError as error:
            self.failed.emit(str(error))
            return None

    def commit(self, edit: ChangeSet, carries_on: Entry | None = None) -> ChangeSet | None:
        """Make an edit of the present plan; None where nothing may be written now.

        Raises KeikakuError where it could not be kept, or the plan is only read.
        """
        if self.is_read_only:
            raise KeikakuError(READ_ONLY)
        return None if self.pending.is_held else self.session.do(edit, carries_on)

    def undo(self) -> None:
        """Take the last edit back."""
        self._try(self.session.undo)

    def redo(self) -> None:
        """Do the last undone edit again."""
        self._try(self.session.redo)

    def _try(self, step: Callable[[], object]) -> None:
        if self.is_read_only or self.pending.is_held:
            return
        try:
            step()
        except KeikakuError as error:
            self.failed.emit(str(error))
