"""The board: one lane for each stage of the plan, of now or of an earlier day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes.time_in_stage import days_in_stage
from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.edits.card import move_cards
from app.plan.board.swimlanes import NO_SPLIT, SPLITS, Swimlane, swimlane_of
from app.plan.plan import Plan
from app.plan.search import words
from ui.change_words import labels_of
from ui.desktop.board.lane_grid import LaneGrid, Shown
from ui.desktop.board.lane_model import NO_SEARCH, Search
from ui.desktop.board.lane_view import LaneView
from ui.desktop.board.lane_widget import LaneWidget
from ui.desktop.board.past import Past
from ui.desktop.board.past_bar import DayDialog, PastBar
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.found_words import MOST_TOLD

NOT_NOW = "前の日のカンバンは見るだけです。「今のカンバンに戻る」を押してから操作してください。"


class BoardWidget(QWidget):
    """All lanes. Drops and keys become the verb `move_cards`; the plan's answer is shown."""

    opened = Signal(str)
    """A card was double-clicked or opened by Enter."""
    menu_wanted = Signal(QPoint)
    """A context menu, at this place of the screen."""
    write_wanted = Signal(object)
    """An Order: the board of an earlier day is to be written."""

    def __init__(self, signals: SessionSignals, shared: SharedState, theme: Theme) -> None:
        super().__init__()
        self._signals, self._shared, self._theme = signals, shared, theme
        self.past: Past | None = None
        self._is_selecting = False
        self.bar = PastBar(theme)
        self.grid = LaneGrid(self._new_view, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.bar)
        layout.addWidget(self.grid, 1)
        self.bar.other_wanted.connect(self.ask_day)
        self.bar.poster_wanted.connect(self._write_past)
        self.bar.left.connect(lambda: self.show_day(None))
        self.grid.guide_wanted.connect(self._ask_guide)
        signals.changed.connect(lambda: self.show_day(None))
        shared.shown_changed.connect(self.refresh)
        shared.split_changed.connect(self.refresh)
        shared.selection_changed.connect(self._show_selection)

    @property
    def lanes(self) -> list[LaneWidget]:
        """The lanes, from left to right, row by row."""
        return self.grid.lanes

    def refresh(self) -> None:
        """Show what the plan says now; while nobody looks, wait until somebody does."""
        if not self.isVisible():
            return
        self._is_selecting = True
        is_new = self.grid.show_cards(what_is_shown(self._shared, self.past))
        if self.lanes and self.past is None and not self._shared.plan.initiatives:
            self.lanes[0].view.empty_text = "「新しい取組」で加えられます"
        self._is_selecting = False
        self._show_selection()
        if is_new:
            self._start()

    def _new_view(self, stage: str, swimlane: Swimlane) -> LaneView:
        def why_not(ids: Sequence[str]) -> str:
            now = self._shared
            return refusal(now.plan, ids, swimlane, now.split) if self._can_edit else "見るだけです"

        view = LaneView(self._theme, lambda: self._shared.selected, why_not)
        view.setDragEnabled(self._can_edit)
        view.dropped.connect(lambda ids, before: self.put(ids, stage, before))
        view.stepped.connect(lambda step: self._step(view, step, 0))
        view.crossed.connect(lambda step: self._step(view, 0, step))
        view.activated.connect(self._open)
        view.selectionModel().selectionChanged.connect(lambda: self._take_selection(view))
        view.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(view.viewport().mapToGlobal(place))
        )
        return view

    @property
    def _can_edit(self) -> bool:
        return self.past is None and not self._signals.is_read_only

    def put(self, ids: Sequence[str], stage: str, before: str | None = None) -> None:
        """Put cards into a stage in front of a card (None: at the end).

        What is not of this plan (dragged over from another window) is left out.
        """
        ids = [id for id in ids if id in self._shared.plan.initiatives]
        if self.past is not None:
            self._signals.refused.emit(NOT_NOW)
        elif ids:
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
        view = self.grid.view_of(ids[0]) if ids else None
        if view is None:
            return
        rows = [row for id in ids if (row := view.lane_model.row_of(id)) is not None]
        target = min(rows) - 1 if step < 0 else max(rows) + 2
        if target >= 0:
            stage = self._shared.plan.initiatives[ids[0]].stage
            self.put(ids, stage, view.lane_model.id_at(target))

    def reveal(self, initiative: str) -> None:
        """Bring a card into sight and give it the keyboard; what has it is selected."""
        view = self.grid.view_of(initiative)
        if view is None:
            return
        view.setFocus()
        view.reveal(view.lane_model.row_of(initiative) or 0)
        self.grid.ensureWidgetVisible(view, 0, 0)
        if self.past is None and initiative not in self._shared.selected:
            self._shared.select([initiative])

    def ask_day(self) -> None:
        """Ask for an earlier day, and show the board as it was then."""
        entries, today = self._signals.session.history.entries, date.today()
        first = min((entry.at.astimezone().date() for entry in entries), default=today)
        shown = self.past.day if self.past else today
        dialog = DayDialog(self, first, max(first, today), shown, self._theme)
        if dialog.exec():
            self.show_day(dialog.day)

    def show_day(self, day: date | None) -> None:
        """Show the board as it stood at the end of a day; None shows it as it is now."""
        if day is None and self.past is None:
            return
        session = self._signals.session
        self.past = None if day is None else Past(session.plan, session.history.entries, day)
        self._shared.select(())
        self.bar.show_day(day, len(self.past.plan.initiatives) if self.past else 0)
        for view in self.grid.views():
            view.setDragEnabled(self._can_edit)
        self.refresh()

    def _write_past(self) -> None:
        """Have the poster of the day that is shown written."""
        poster = next(output for output in OUTPUTS if output.key == "board.pdf")
        if self.past is not None:
            self.write_wanted.emit(Order(self.past.plan, poster, day=self.past.day))

    def _step(self, view: LaneView, right: int, down: int) -> None:
        """Go by keyboard to the next lane in a direction that has cards."""
        goal = self.grid.beyond(view, right, down)
        if goal is None:
            return
        last = goal.lane_model.rowCount() - 1
        row = min(max(0, view.currentIndex().row()), last) if right else (0 if down > 0 else last)
        self.reveal(str(goal.lane_model.id_at(row)))
        goal.select([str(goal.lane_model.id_at(row))])

    def _ask_guide(self, stage: str) -> None:
        from ui.desktop.board.guide_dialog import GuideDialog

        edits, profile = self._signals.pending, self._shared.plan.profile
        dialog = GuideDialog(self, edits, profile, stage, self._theme)
        if self.past is not None:
            self._signals.refused.emit(NOT_NOW)
        elif dialog.exec():
            self._signals.do(dialog.verb())

    def _open(self, index: QModelIndex) -> None:
        view = index.model().parent()
        if self.past is not None:
            self._signals.refused.emit(NOT_NOW)
        elif isinstance(view, LaneView) and (id := view.lane_model.id_at(index.row())):
            self.opened.emit(id)

    def _take_selection(self, view: LaneView) -> None:
        """What was selected in a lane is the selection; with Ctrl or Shift the others keep theirs.

        What stood in the plan on an earlier day is not selected: it may be gone.
        """
        if self._is_selecting or self.past is not None:
            return
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        held = QGuiApplication.keyboardModifiers() & both
        views = self.grid.views() if held else [view]
        self._shared.select([id for each in views for id in each.selected()])

    def _show_selection(self) -> None:
        if self._is_selecting or self.past is not None:
            return
        self._is_selecting = True
        for view in self.grid.views():
            view.select(self._shared.selected)
        self._is_selecting = False

    def _start(self) -> None:
        """Give the keyboard to what is selected, else to the first card."""
        shown = self.past.matching(self._shared.filter) if self.past else self._shared.shown
        for id in self._shared.selected[:1] or tuple(i.id for i in shown[:1]):
            self.reveal(id)

    # Qt's own name.
    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts on the first card."""
        super().showEvent(event)
        self.refresh()
        self._start()


def refusal(plan: Plan, ids: Sequence[str], swimlane: Swimlane, split: str) -> str:
    """Why cards may not be dropped in a swimlane, empty where they may.

    A drag changes the stage and nothing else. Of several cards one must stand in the swimlane;
    the others change their stage in their own.
    """
    known = [plan.initiatives[id] for id in ids if id in plan.initiatives]
    if split == NO_SPLIT or any(swimlane_of(plan, card, split) == swimlane.key for card in known):
        return ""
    return f"同じ{SPLITS[split]}の行にだけ移せます"


def what_is_shown(shared: SharedState, past: Past | None) -> Shown:
    """What the lanes show: the plan of now, or of an earlier day, as far as the filter goes."""
    wanted = shared.filter
    empty = "ここに取組を置けます" if wanted.is_empty else "条件に合う取組はありません"
    if past is not None:
        empty = "取組はありません" if wanted.is_empty else empty
        return Shown(
            past.plan, past.matching(wanted), past.days(), empty, shared.split,
            searched(past.plan, wanted.query, len(past.matching(wanted))),
        )  # fmt: skip
    history = shared.signals.session.history
    days = days_in_stage(history.in_force, date.today())
    search = searched(shared.plan, wanted.query, len(shared.shown))
    return Shown(shared.plan, shared.shown, days, empty, shared.split, search)


def searched(plan: Plan, query: str, count: int) -> Search:
    """What a query searches for in a plan, where it has found so many initiatives."""
    if not query.strip():
        return NO_SEARCH
    return Search(words(query), labels_of(plan), tells_places=count <= MOST_TOLD)
