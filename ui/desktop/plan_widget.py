"""Everything that shows one open plan: rail, chips and views."""

from datetime import date
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.plan.findings import Finding
from ui.desktop.board.board_widget import BoardWidget
from ui.desktop.checks.checks_widget import ChecksWidget
from ui.desktop.documents import Documents
from ui.desktop.editor.sheet_editor import SheetEditor
from ui.desktop.exchange.exchange_widget import ExchangeWidget
from ui.desktop.filter_bar import FilterBar
from ui.desktop.history.history_widget import HistoryWidget
from ui.desktop.list.list_widget import ListWidget
from ui.desktop.output.output_widget import OutputWidget
from ui.desktop.settings.settings_widget import SettingsWidget
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.desktop.view_rail import ViewRail


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


_FILTERED: Final = (View.BOARD, View.LIST)
"""The views that the chips of the filter are for."""


class PlanWidget(QWidget):
    """The views of one plan, which share filter and selection."""

    menu_wanted = Signal(QPoint)
    """The menu of the selected initiatives, at this place of the screen."""

    def __init__(self, shared: SharedState, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("plan")
        self.shared, self.signals, self.theme = shared, shared.signals, theme
        self.board = BoardWidget(self.signals, self.shared, theme)
        self.list = ListWidget(self.signals, self.shared, documents, theme)
        self.editor = SheetEditor(self.signals, self.shared, theme, documents.page_fonts)
        self.output = OutputWidget(self.shared, documents, theme)
        self.exchange = ExchangeWidget(theme)
        self.checks = ChecksWidget(self.signals, theme, documents.page_fonts)
        self.history = HistoryWidget(self.signals, theme)
        self.settings = SettingsWidget(self.signals, theme)
        self.filter_bar = FilterBar(self.shared, theme)
        self._rail = ViewRail(theme)
        self._views = QStackedWidget()
        self._lay_out(theme)
        # In the order of `View`.
        self._add_view(self.board, "カンバン", "board")
        self._add_view(self.list, "一覧", "list")
        self._add_view(self.editor, "個票", "sheet")
        self._add_view(self.output, "冊子・印刷", "book")
        self._add_view(self.exchange, "交換・統合", "exchange")
        self._add_view(self.checks, "点検", "check")
        self._add_view(self.history, "履歴", "history")
        self._add_view(self.settings, "計画の設定", "settings")
        self._connect()
        self.show_view(View.BOARD)
        if self.signals.is_read_only:
            self.editor.only_show()
            self.settings.setEnabled(False)

    def _connect(self) -> None:
        for view in (self.board, self.list):
            view.opened.connect(self.open_initiative)
            view.menu_wanted.connect(self.menu_wanted)
        self.editor.undo_wanted.connect(self.undo)
        self.editor.redo_wanted.connect(self.redo)
        self.editor.history_wanted.connect(self.show_history_of)
        self.checks.wanted.connect(self._open_finding)
        self.checks.check.found.connect(
            lambda: self._rail.show_count(View.CHECKS, len(self.checks.check.findings))
        )
        self.filter_bar.day_wanted.connect(self.board.ask_day)
        self._rail.chosen.connect(self.show_view)

    def _lay_out(self, theme: Theme) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(4))
        right.setSpacing(theme.px(8))
        right.addWidget(self.filter_bar)
        right.addWidget(self._views, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)

    def _add_view(self, view: QWidget, word: str, icon: str) -> None:
        self._views.addWidget(view)
        self._rail.add(word, icon)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return View(self._views.currentIndex())

    @property
    def view_words(self) -> tuple[str, ...]:
        """What the views are called, in the order of `View`."""
        return self._rail.words

    def show_view(self, view: int) -> None:
        """Show a view (one of `View`)."""
        self._views.setCurrentIndex(view)
        shown = self._views.widget(view)
        if shown is not None and shown.focusProxy() is not None:
            shown.setFocus()
        self._rail.show_chosen(view)
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

    def finish_typing(self) -> bool:
        """Keep what is being typed; False where some of it could not be kept."""
        self.list.table.finish_typing()
        return self.editor.finish_typing()

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

    def _open_finding(self, finding: Finding) -> None:
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
