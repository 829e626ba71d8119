"""The board: one lane for each stage of the plan."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.changes.staying import days_in_stage
from app.edits.card import card_order, move_cards
from app.plan.entities import Initiative
from ui.desktop.board.lane_view import LaneView
from ui.desktop.board.lane_widget import LaneWidget
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme


class BoardWidget(QWidget):
    """All lanes. Drops and keys become the verb `move_cards`; the plan's answer is shown."""

    opened = Signal(str)
    """A card was double-clicked or opened by Enter."""
    menu_wanted = Signal(QPoint)
    """A context menu, at this place of the screen."""

    def __init__(self, signals: SessionSignals, shared: SharedState, theme: Theme) -> None:
        super().__init__()
        self._signals, self._shared, self._theme = signals, shared, theme
        self.lanes: list[LaneWidget] = []
        self._is_selecting = False
        self._row = QHBoxLayout()
        self._lay_out()
        shared.shown_changed.connect(self.refresh)
        shared.selection_changed.connect(self._show_selection)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("board")
        inside.setLayout(self._row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._theme.px(10))
        area = QScrollArea(widgetResizable=True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def refresh(self) -> None:
        """Show what the plan says now; while nobody looks, wait until somebody does."""
        if not self.isVisible():
            return
        plan = self._shared.plan
        if [lane.stage for lane in self.lanes] != list(plan.profile.stages):
            self._make_lanes(plan.profile.stages)
        by_stage: dict[str, list[Initiative]] = defaultdict(list)
        for initiative in sorted(self._shared.shown, key=card_order):
            by_stage[initiative.stage].append(initiative)
        self._is_selecting = True
        days = days_in_stage(self._signals.session.history.in_force, date.today())
        for lane in self.lanes:
            cards, is_filtered = by_stage[lane.stage], not self._shared.filter.is_empty
            lane.show_cards(plan, cards, is_filtered, days)
        if self.lanes and not plan.initiatives:
            self.lanes[0].view.empty_text = "「新しい取組」で加えられます"
        self._is_selecting = False
        self._show_selection()

    def _make_lanes(self, stages: Sequence[str]) -> None:
        for lane in self.lanes:
            self._row.removeWidget(lane)
            lane.deleteLater()
        self.lanes = [self._new_lane(stage) for stage in stages]
        for lane in self.lanes:
            self._row.addWidget(lane, 1)
            lane.show()
        # Lanes get their width before their cards come: these are laid out only once.
        self._row.activate()

    def _new_lane(self, stage: str) -> LaneWidget:
        lane = LaneWidget(stage, self._theme, lambda: self._shared.selected)
        view = lane.view
        view.setDragEnabled(not self._signals.is_read_only)
        view.dropped.connect(lambda ids, before: self.put(ids, stage, before))
        view.stepped.connect(lambda step: self.step(view, step))
        view.dragging.connect(self._show_dragged)
        view.activated.connect(self._open)
        view.selectionModel().selectionChanged.connect(lambda: self._take_selection(view))
        view.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(view.viewport().mapToGlobal(place))
        )
        return lane

    def put(self, ids: Sequence[str], stage: str, before: str | None = None) -> None:
        """Put cards into a stage in front of a card (None: at the end).

        What is not of this plan (dragged over from another window) is left out.
        """
        ids = [id for id in ids if id in self._shared.plan.initiatives]
        if not ids:
            return
        self._shared.select(ids)
        self._signals.do(lambda plan: move_cards(plan, ids, stage, before))
        self.reveal(ids[0])

    def move_selected(self, step: int) -> None:
        """Put the selected cards a lane further left (-1) or right (+1)."""
        ids, stages = self._shared.selected, list(self._shared.plan.profile.stages)
        if not ids:
            return
        here = stages.index(self._shared.plan.initiatives[ids[0]].stage)
        if 0 <= here + step < len(stages):
            self.put(ids, stages[here + step])

    def move_within_lane(self, step: int) -> None:
        """Put the selected cards one place further up (-1) or down (+1)."""
        ids = self._shared.selected
        view = self._view_of(ids[0]) if ids else None
        if view is None:
            return
        rows = [row for id in ids if (row := view.lane_model.row_of(id)) is not None]
        target = min(rows) - 1 if step < 0 else max(rows) + 2
        if target >= 0:
            stage = self._shared.plan.initiatives[ids[0]].stage
            self.put(ids, stage, view.lane_model.id_at(target))

    def step(self, view: LaneView, step: int) -> None:
        """Go by keyboard to the next lane in a direction that has cards, at the same height."""
        places = [lane.view for lane in self.lanes]
        row, at = max(0, view.currentIndex().row()), places.index(view) + step
        while 0 <= at < len(places):
            count = places[at].lane_model.rowCount()
            if count:
                self._go_to(places[at], min(row, count - 1))
                return
            at += step

    def reveal(self, initiative: str) -> None:
        """Bring a card into sight and give it the keyboard."""
        view = self._view_of(initiative)
        if view is not None:
            view.setFocus()
            view.reveal(view.lane_model.row_of(initiative) or 0)

    def _view_of(self, initiative: str) -> LaneView | None:
        views = (lane.view for lane in self.lanes)
        return next((v for v in views if v.lane_model.row_of(initiative) is not None), None)

    def _go_to(self, view: LaneView, row: int) -> None:
        view.setFocus()
        view.reveal(row)
        self._shared.select([str(view.lane_model.id_at(row))])

    def _open(self, index: QModelIndex) -> None:
        view = index.model().parent()
        if isinstance(view, LaneView) and (id := view.lane_model.id_at(index.row())):
            self.opened.emit(id)

    def _show_dragged(self, ids: Sequence[str]) -> None:
        for lane in self.lanes:
            lane.view.cards.dragged = frozenset(ids)
            lane.view.viewport().update()

    def _take_selection(self, view: LaneView) -> None:
        """What was selected in a lane is the selection; with Ctrl the other lanes keep theirs."""
        if self._is_selecting:
            return
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        views = [lane.view for lane in self.lanes] if held else [view]
        self._shared.select([id for each in views for id in each.selected()])

    def _show_selection(self) -> None:
        if self._is_selecting:
            return
        self._is_selecting = True
        for lane in self.lanes:
            lane.view.select(self._shared.selected)
        self._is_selecting = False

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts on the first card."""
        super().showEvent(event)
        self.refresh()
        chosen = self._shared.selected or tuple(i.id for i in self._shared.shown[:1])
        if chosen:
            self.reveal(chosen[0])
