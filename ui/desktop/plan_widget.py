"""Everything that shows one open plan: rail, chips and views."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes.merge import KeptConflict
from app.plan.kinds import PROFILE
from ui.desktop.bars.view_rail import ViewRail
from ui.desktop.board.board_widget import BoardWidget
from ui.desktop.filter_bar import FilterBar
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.documents import Documents

if TYPE_CHECKING:
    from app.plan.checks.findings import Finding
    from ui.desktop.checks.checks_widget import ChecksWidget
    from ui.desktop.editor.sheet_editor import SheetEditor
    from ui.desktop.exchange.exchange_widget import ExchangeWidget
    from ui.desktop.history.history_widget import HistoryWidget
    from ui.desktop.list.list_widget import ListWidget
    from ui.desktop.output.output_widget import OutputWidget
    from ui.desktop.settings.settings_widget import SettingsWidget

Made = TypeVar("Made", bound=QWidget)


class View(IntEnum):
    """The views, in the order of the rail."""

    BOARD = 0
    LIST = 1
    SHEET = 2
    OUTPUT = 3
    EXCHANGE = 4
    CHECKS = 5
    HISTORY = 6
    SETTINGS = 7


_RAIL: Final = (
    ("board", "カンバン", "board"),
    ("list", "一覧", "list"),
    ("editor", "個票", "sheet"),
    ("output", "冊子・印刷", "book"),
    ("exchange", "交換・統合", "exchange"),
    ("checks", "点検", "check"),
    ("history", "履歴", "history"),
    ("settings", "計画の設定", "settings"),
)
"""Of each `View`: what it is called here, its word and its icon."""
# The board is painted first; then the other views are made, one by one, while nobody waits.
_NEXT_VIEW_MS: Final = 120
_FILTERED: Final = (View.BOARD, View.LIST)
"""The views that the chips of the filter are for."""


def _make_board(plan: "PlanWidget") -> BoardWidget:
    made = BoardWidget(plan.signals, plan.shared, plan.theme)
    made.opened.connect(plan.open_initiative)
    made.menu_wanted.connect(plan.menu_wanted)
    made.write_wanted.connect(plan.write_wanted)
    return plan.keep(made)


def _make_list(plan: "PlanWidget") -> "ListWidget":
    from ui.desktop.list.list_widget import ListWidget

    made = ListWidget(plan.signals, plan.shared, plan.documents, plan.theme)
    made.opened.connect(plan.open_initiative)
    made.menu_wanted.connect(plan.menu_wanted)
    return plan.keep(made)


def _make_editor(plan: "PlanWidget") -> "SheetEditor":
    from ui.desktop.editor.sheet_editor import SheetEditor

    made = SheetEditor(plan.signals, plan.shared, plan.theme, plan.documents.page_fonts)
    made.find_conflicts = plan.find_conflicts
    made.undo_wanted.connect(plan.undo)
    made.redo_wanted.connect(plan.redo)
    made.history_wanted.connect(plan.show_history_of)
    made.conflict_wanted.connect(plan.conflict_wanted)
    made.told.connect(plan.told)
    if plan.signals.is_read_only:
        made.only_show()
    return plan.keep(made)


def _make_output(plan: "PlanWidget") -> "OutputWidget":
    from ui.desktop.output.output_widget import OutputWidget

    made = OutputWidget(plan.shared, plan.documents, plan.theme)
    made.write_wanted.connect(plan.write_wanted)
    made.print_wanted.connect(plan.print_wanted)
    return plan.keep(made)


def _make_exchange(plan: "PlanWidget") -> "ExchangeWidget":
    from ui.desktop.exchange.exchange_widget import ExchangeWidget

    made = plan.keep(ExchangeWidget(plan.theme))
    plan.exchange_made.emit(made)
    return made


def _make_checks(plan: "PlanWidget") -> "ChecksWidget":
    from ui.desktop.checks.checks_widget import ChecksWidget

    made = ChecksWidget(plan.signals, plan.theme, plan.documents.page_fonts)
    made.wanted.connect(plan.open_finding)
    made.check.found.connect(lambda: plan.rail.show_count(View.CHECKS, len(made.check.findings)))
    return plan.keep(made)


def _make_history(plan: "PlanWidget") -> "HistoryWidget":
    from ui.desktop.history.history_widget import HistoryWidget

    return plan.keep(HistoryWidget(plan.signals, plan.theme))


def _make_settings(plan: "PlanWidget") -> "SettingsWidget":
    from ui.desktop.settings.settings_widget import SettingsWidget

    made = SettingsWidget(plan.signals, plan.theme)
    made.setEnabled(not plan.signals.is_read_only)
    return plan.keep(made)


class PlanWidget(QWidget):
    """The views of one plan, which share filter and selection. Each is made when first wanted."""

    board = cached_property(_make_board)
    list = cached_property(_make_list)
    editor = cached_property(_make_editor)
    output = cached_property(_make_output)
    exchange = cached_property(_make_exchange)
    checks = cached_property(_make_checks)
    history = cached_property(_make_history)
    settings = cached_property(_make_settings)

    menu_wanted = Signal(QPoint)
    """The menu of the selected initiatives, at this place of the screen."""

    write_wanted = Signal(object)
    """An Order to be written to a file."""
    print_wanted = Signal(object)
    """Pages to be printed, as `OutputWidget` made them."""
    conflict_wanted = Signal()
    """A person wants to decide what a merge left open."""
    told = Signal(str)
    """What a person should know, for the status line."""
    exchange_made = Signal(QWidget)
    """The view of the exchange is there."""

    def __init__(
        self,
        shared: SharedState,
        documents: Documents,
        theme: Theme,
        find_conflicts: Callable[[], Sequence[KeptConflict]] = tuple,
    ) -> None:
        super().__init__()
        self.setObjectName("plan")
        self.shared, self.signals, self.theme = shared, shared.signals, theme
        self.documents, self.find_conflicts = documents, find_conflicts
        self.rail = ViewRail(theme)
        self.filter_bar = FilterBar(self.shared, theme)
        self._views, self._view = QStackedWidget(), View.BOARD
        self._lay_out(theme)
        for _, word, icon in _RAIL:
            self.rail.add(word, icon)
        self.filter_bar.day_wanted.connect(lambda: self.board.ask_day())
        self.rail.chosen.connect(self.show_view)
        self.show_view(View.BOARD)
        self._unmade = iter(View)
        self._maker = QTimer(self)
        self._maker.timeout.connect(self._make_next)
        self._maker.start(_NEXT_VIEW_MS)

    def _make_next(self) -> None:
        view = next(self._unmade, None)
        if view is None:
            self._maker.stop()
        else:
            self._widget(view)

    def _widget(self, view: int) -> QWidget:
        """The widget of a view, made now where it is not there yet."""
        made: QWidget = getattr(self, _RAIL[view][0])
        return made

    def keep(self, view: Made) -> Made:
        """Give a view that was just made its place."""
        self._views.addWidget(view)
        return view

    def _lay_out(self, theme: Theme) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(4))
        right.setSpacing(theme.px(8))
        right.addWidget(self.filter_bar)
        right.addWidget(self._views, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self._view

    def show_view(self, view: int) -> None:
        """Show a view (one of `View`); what is typed in the one before is kept first."""
        self.finish_typing()
        self._view, shown = View(view), self._widget(view)
        self._views.setCurrentWidget(shown)
        if shown.focusProxy() is not None:
            shown.setFocus()
        self.rail.show_chosen(view)
        self.filter_bar.setVisible(view in _FILTERED)
        self.filter_bar.split.setVisible(view == View.BOARD)

    def show_first(self) -> None:
        """Give the keyboard to what is selected, else to the first card."""
        for id in self.shared.selected[:1] or tuple(i.id for i in self.shared.shown[:1]):
            self.board.reveal(id)

    def show_day(self, day: date) -> None:
        """Show the board as it stood at the end of a day."""
        self.show_view(View.BOARD)
        self.board.show_day(day)

    def go_to_selected(self) -> None:
        """Give the keyboard to what is selected, in the view that is shown."""
        if self.view == View.BOARD and self.shared.selected:
            self.board.reveal(self.shared.selected[0])
        elif self.view == View.LIST:
            self.list.table.setFocus()
        elif self.view == View.SHEET:
            self.editor.start_typing()

    def finish_typing(self, *, tells: bool = True) -> bool:
        """Keep what is being typed; False where some of it could not be kept.

        That is told, unless `tells` is false.
        """
        pending = self.signals.pending
        is_kept = pending.commit()
        # A view that was never made holds nothing.
        for name in ("list", "settings"):
            if name in vars(self):
                getattr(self, name).finish_typing()
        if not is_kept and tells and not any(edit.outcome.is_failure for edit in pending.dirty):
            self.signals.refused.emit(pending.sentence)
        return is_kept

    def open_initiative(self, initiative: str) -> None:
        """Open the sheet of an initiative."""
        self.shared.select([initiative])
        self.show_view(View.SHEET)
        self.editor.start_typing()

    def show_history_of(self, initiative: str) -> None:
        """Show what was done to one initiative."""
        self.finish_typing()
        self.history.show_only(initiative)
        self.show_view(View.HISTORY)

    def open_finding(self, finding: "Finding") -> None:
        """Show the place of something that the check found: on its sheet, among the texts of the
        book, or in the settings of the plan.
        """
        if not finding.initiative:
            is_of_book = finding.place.kind == PROFILE and finding.place.is_free
            self.show_view(View.OUTPUT if is_of_book else View.SETTINGS)
            if is_of_book and not self.signals.is_read_only:
                self.output.ask_texts()
            return
        self.open_initiative(finding.initiative)
        self.editor.show_place(finding.place)

    def open_selected(self) -> None:
        """Open the first of the selected initiatives."""
        self.show_view(View.SHEET)
        self.editor.start_typing()

    def undo(self) -> None:
        """Take the last edit back."""
        self.finish_typing()
        self.signals.undo()

    def redo(self) -> None:
        """Do the last undone edit again."""
        self.finish_typing()
        self.signals.redo()
