"""Everything that shows one open plan: rail, chips and views."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.edits.initiative import add_initiative, remove_initiatives
from app.errors import KeikakuError
from app.plan.filters import Filter
from ui.desktop.board.board_widget import BoardWidget
from ui.desktop.dialogs.messages import show_problem
from ui.desktop.dialogs.replace_dialog import ReplaceDialog
from ui.desktop.editor.sheet_editor import SheetEditor
from ui.desktop.filter_bar import FilterBar
from ui.desktop.history.history_widget import HistoryWidget
from ui.desktop.list.list_widget import ListWidget
from ui.desktop.settings.settings_widget import SettingsWidget
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.desktop.view_rail import ViewRail

BOARD, LIST, SHEET, HISTORY, SETTINGS = range(5)


class PlanWidget(QWidget):
    """The views of one plan, which share filter and selection."""

    menu_wanted = Signal(QPoint)
    """The menu of the selected initiatives, at this place of the screen."""

    def __init__(self, shared: SharedState, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("plan")
        self.shared, self.signals, self._theme = shared, shared.signals, theme
        self.board = BoardWidget(self.signals, self.shared, theme)
        self.list = ListWidget(self.signals, self.shared, theme)
        self.editor = SheetEditor(self.signals, self.shared, theme)
        self.history = HistoryWidget(self.signals, theme)
        self.settings = SettingsWidget(self.signals, theme)
        self.filter_bar = FilterBar(self.shared, theme)
        self._rail = ViewRail(theme)
        self._views = QStackedWidget()
        self._lay_out(theme)
        self._add_view(self.board, "カンバン", "board")
        self._add_view(self.list, "一覧", "list")
        self._add_view(self.editor, "個票", "sheet")
        self._add_view(self.history, "履歴", "history")
        self._add_view(self.settings, "計画の設定", "settings")
        for view in (self.board, self.list):
            view.opened.connect(self.open_initiative)
            view.menu_wanted.connect(self.menu_wanted)
        self.editor.undo_wanted.connect(self.undo)
        self.editor.redo_wanted.connect(self.redo)
        self._rail.chosen.connect(self.show_view)
        self.show_view(BOARD)
        if self.signals.is_read_only:
            for part in (
                self.editor.page,
                self.editor.facts,
                self.editor.facts.stage,
                self.settings,
            ):
                part.setEnabled(False)

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
    def view(self) -> int:
        """The view that is shown (BOARD …)."""
        return self._views.currentIndex()

    def show_view(self, place: int) -> None:
        """Show a view (BOARD …)."""
        self._views.setCurrentIndex(place)
        self._rail.show_chosen(place)
        self.filter_bar.setVisible(place in (BOARD, LIST))

    def show_first(self) -> None:
        """Give the keyboard to the first card."""
        if self.shared.shown:
            self.board.reveal(self.shared.shown[0].id)

    def go_to_selected(self) -> None:
        """Give the keyboard to what is selected, in the view that is shown."""
        if self.view == BOARD and self.shared.selected:
            self.board.reveal(self.shared.selected[0])
        elif self.view == LIST:
            self.list.table.setFocus()
        elif self.view == SHEET:
            self.editor.start_typing()

    def undo(self) -> None:
        """Take the last edit back."""
        self.finish_typing()
        self.signals.undo()

    def redo(self) -> None:
        """Do the last undone edit again."""
        self.finish_typing()
        self.signals.redo()

    def show_all(self) -> None:
        """Take all filters away."""
        self.shared.set_filter(Filter())

    def ask_replace(self) -> None:
        """Ask for words to be replaced all over the plan, and replace them in one step."""
        if not self.finish_typing():
            return
        dialog = ReplaceDialog(self, self.shared.plan, self._theme)
        if dialog.exec():
            self.signals.do(lambda plan: dialog.edit())

    def print_sheets(self) -> None:
        """Print the sheets of what is selected; where nothing is, of all that is shown."""
        from ui.desktop.printing import preview_sheets

        self.finish_typing()
        chosen = self.shared.selected or [initiative.id for initiative in self.shared.shown]
        try:
            preview_sheets(self, self.shared.plan, chosen)
        except KeikakuError as error:
            show_problem(self, str(error))

    def finish_typing(self) -> bool:
        """Keep what is being typed; False where some of it could not be kept."""
        return self.editor.finish_typing()

    def open_initiative(self, initiative: str) -> None:
        """Open the sheet of an initiative."""
        self.shared.select([initiative])
        self.show_view(SHEET)
        self.editor.start_typing()

    def open_selected(self) -> None:
        """Open the first of the selected initiatives."""
        self.show_view(SHEET)
        self.editor.start_typing()

    def add_initiative(self) -> None:
        """Add an initiative beside the selected one, and open it."""
        category = self._category_for_new()
        if not category:
            self.show_view(SETTINGS)
        before = set(self.shared.plan.initiatives)
        if self.signals.do(lambda plan: add_initiative(plan, category)):
            self.show_all()
            new = [id for id in self.shared.plan.initiatives if id not in before]
            self.shared.select(new)
            self.open_selected()
            self.editor.start_typing(over=True)

    def _category_for_new(self) -> str:
        """The filtered category, else the one of what is selected, else the first one."""
        plan, wanted = self.shared.plan, self.shared.filter
        chosen = [plan.initiatives[id] for id in self.shared.selected]
        homes = [category for i in chosen for category in i.categories[:1]]
        pillars = [wanted.pillar] if wanted.pillar else [p.id for p in plan.pillars.under()]
        first = [c.id for pillar in pillars for c in plan.categories.under(pillar)]
        return next(iter([*filter(None, [wanted.category]), *homes, *first]), "")

    def remove_selected(self) -> None:
        """Take the selected initiatives out of the plan."""
        ids = self.shared.selected
        self.signals.do(lambda plan: remove_initiatives(plan, ids))
