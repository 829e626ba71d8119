"""Places that would change, each with a tick: as many as there are, made as one scrolls."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from app.changes.change import Change
from app.plan.plan import Plan
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.theme import Theme

BATCH: Final = 20
"""So many places are made at once."""


class PlacesArea(QScrollArea):
    """Every place of a list of changes. All are chosen until a person takes the tick away."""

    chosen_changed = Signal()

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__()
        self._plan, self._theme = plan, theme
        self._changes: Sequence[Change] = ()
        self._left_out: set[int] = set()
        self._ticks: list[QCheckBox] = []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self.setAccessibleName("変わる場所")
        self.setWidgetResizable(True)
        self.setWidget(holder)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._make_more)
        bar.rangeChanged.connect(self._make_more)

    @property
    def chosen(self) -> tuple[Change, ...]:
        """The changes that a person did not leave out, those further below too."""
        return tuple(c for n, c in enumerate(self._changes) if n not in self._left_out)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these places, all of them chosen; the first ones are made at once."""
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._changes, self._left_out, self._ticks = changes, set(), []
        self.verticalScrollBar().setValue(0)
        self._make_batch()

    def choose_all(self, is_chosen: bool) -> None:
        """Tick all places, or none."""
        self._left_out = set() if is_chosen else set(range(len(self._changes)))
        for tick in self._ticks:
            tick.blockSignals(True)
            tick.setChecked(is_chosen)
            tick.blockSignals(False)
        self.chosen_changed.emit()

    def _make_more(self) -> None:
        bar = self.verticalScrollBar()
        if bar.value() + bar.pageStep() >= bar.maximum():
            self._make_batch()

    def _make_batch(self) -> None:
        start = len(self._ticks)
        for number in range(start, min(start + BATCH, len(self._changes))):
            self._make(number)

    def _make(self, number: int) -> None:
        tick = QCheckBox("ここを置きかえる")
        tick.setChecked(number not in self._left_out)
        tick.toggled.connect(lambda is_on: self._choose(number, is_on))
        self._ticks.append(tick)
        for widget in (
            tick,
            ChangeWidget(self._plan, self._changes[number], self._theme, False),
        ):
            self._column.insertWidget(self._column.count() - 1, widget)

    def _choose(self, number: int, is_chosen: bool) -> None:
        (self._left_out.discard if is_chosen else self._left_out.add)(number)
        self.chosen_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A higher window shows more."""
        super().resizeEvent(event)
        self._make_more()
