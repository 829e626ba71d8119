"""What the views have in common: the filter, what it lets through, and the selection."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.plan.board.swimlanes import NO_SPLIT, SPLITS
from app.plan.entities import Initiative
from app.plan.lists.filters import Filter, Matcher
from app.plan.plan import Plan
from ui.desktop.session_signals import SessionSignals

# So many initiatives take about 10 ms: nobody notices.
READ_AT_ONCE = 150


class SharedState(QObject):
    """Filter and selection of all views of one plan."""

    shown_changed = Signal()
    """Other initiatives are shown, or the plan has changed."""
    selection_changed = Signal()
    split_changed = Signal(str)
    """The board is split into other rows (one of `app.plan.board.swimlanes.SPLITS`)."""

    def __init__(self, signals: SessionSignals) -> None:
        super().__init__(signals)
        self.signals, self._matcher = signals, Matcher()
        self.filter, self.split = Filter(), NO_SPLIT
        self.selected: tuple[str, ...] = ()
        self.shown: tuple[Initiative, ...] = signals.plan.initiatives.under()
        signals.changed.connect(self._refresh)
        self._unread = list(self.shown)
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_some)
        self._reading.start()

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.signals.plan

    def set_filter(self, wanted: Filter) -> None:
        """Show what matches."""
        if wanted != self.filter:
            self.filter = wanted
            self._refresh()

    def set_split(self, split: object) -> None:
        """Split the board; what is no split leaves it as it is."""
        if isinstance(split, str) and split in SPLITS and split != self.split:
            self.split = split
            self.split_changed.emit(split)

    def select(self, ids: Sequence[str]) -> None:
        """Select these initiatives everywhere."""
        if tuple(ids) != self.selected:
            self.selected = tuple(ids)
            self.selection_changed.emit()

    def neighbour(self, initiative: str, by: int) -> str | None:
        """The next (+1) or previous (-1) shown one in the plan's order, None where it ends.

        It need not be shown itself: filling the last placeholder in takes it out of the
        filter, and one wants to go on from there.
        """
        shown = {each.id for each in self.shown}
        order = [each.id for each in self.plan.initiatives.under()]
        if initiative not in order:
            return None
        at = order.index(initiative)
        beyond = order[at + 1 :] if by > 0 else order[:at][::-1]
        return next((id for id in beyond if id in shown), None)

    def placeholders_left(self) -> int:
        """How many placeholders the whole plan still holds."""
        plan = self.plan
        return sum(self._matcher.placeholders(plan, i) for i in plan.initiatives.under())

    def _read_some(self) -> None:
        """While nothing else is to do, read for the search to come."""
        some, self._unread = self._unread[:READ_AT_ONCE], self._unread[READ_AT_ONCE:]
        self._matcher.prepare(self.plan, (i for i in some if i.id in self.plan.initiatives))
        if not self._unread:
            self._reading.stop()

    def _refresh(self) -> None:
        self.shown = self._matcher.matching(self.plan, self.filter)
        shown = {initiative.id for initiative in self.shown}
        kept = [id for id in self.selected if id in shown]
        self.shown_changed.emit()
        self.select(kept)
