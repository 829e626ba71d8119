"""The list view: a table of all initiatives, to sort, select, change together and copy."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QPoint,
    Signal,
)
from PySide6.QtGui import (
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import ChangeSet
from app.edits.card import move_cards
from app.edits.field import fill_in
from app.edits.initiative import replace_department, set_facts
from app.plan.entities import Initiative
from app.plan.kinds import INITIATIVE
from app.plan.lists.lookup import display_name
from app.plan.plan import Plan
from app.plan.words import FIELDS
from ui.desktop.fields.destinations import PlanText
from ui.desktop.list.column_menu import ColumnMenu
from ui.desktop.list.department_dialog import DepartmentDialog
from ui.desktop.list.initiative_table import InitiativeTable
from ui.desktop.parts import label, menu_button
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.documents import Documents

NO_ROWS = "「新しい取組」で加えられます"
READ_ONLY_TRIGGERS = QAbstractItemView.EditTrigger.NoEditTriggers


class ListWidget(QWidget):
    """The table, and above it what can be done with the selected rows."""

    opened = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(
        self, signals: SessionSignals, shared: SharedState, documents: Documents, theme: Theme
    ) -> None:
        super().__init__()
        self._signals, self._shared, self._theme = signals, shared, theme
        self.table = InitiativeTable(signals.pending, theme, self._choices, self._destination)
        if signals.is_read_only:
            self.table.setEditTriggers(READ_ONLY_TRIGGERS)
        self.columns = ColumnMenu(self.table, documents)
        self._count = label(look="count")
        self._is_selecting = False
        self._tools = [
            self._menu("段階を変える", lambda: shared.plan.profile.stages, self._set_stage),
            self._menu("現状を変える", lambda: shared.plan.profile.statuses, self._set_status),
            self._menu("担当課を替える", self._departments, self._ask_department),
            self._copy_button(),
        ]
        self._lay_out(theme)
        self._connect()
        self.setFocusProxy(self.table)

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for tool in self._tools:
            row.addWidget(tool)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.rows.chosen.connect(self._choose)
        self.table.typed.connect(self.refresh)
        self.table.selectionModel().selectionChanged.connect(self._take_selection)
        self.table.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.table.viewport().mapToGlobal(place))
        )
        self.table.rows.modelReset.connect(self._show_selection)
        self._shared.shown_changed.connect(self.refresh)
        self._shared.selection_changed.connect(self._show_selection)

    def _menu(
        self, word: str, choices: Callable[[], Sequence[str]], choose: Callable[[str], None]
    ) -> QToolButton:
        menu = QMenu(self)

        def fill() -> None:
            menu.clear()
            for choice in choices():
                action = menu.addAction(choice.replace("&", "&&"))
                action.triggered.connect(lambda _, choice=choice: choose(choice))

        menu.aboutToShow.connect(fill)
        return menu_button(word, menu)

    def _choices(self, field: str) -> Sequence[str]:
        profile = self._shared.plan.profile
        if field == "status" and profile.statuses:
            return ("", *profile.statuses)
        return profile.stages if field == "stage" else ()

    def _choose(self, id: str, field: str, word: str) -> None:
        """A word of the plan was chosen in a cell."""
        if field == "stage":
            self._signals.do(lambda plan: move_cards(plan, [id], word))
        else:
            self._signals.do(lambda plan: fill_in(plan, id, field, word))

    def _destination(self, id: str, field: str) -> PlanText:
        """Where what is typed into a cell goes."""

        def write(plan: Plan, text: str) -> ChangeSet:
            if field == "name":
                text = _whole_name(plan.initiatives[id], text)
            return fill_in(plan, id, field, text)

        name = display_name(self._shared.plan.initiatives[id])
        words = f"{name} ＞ {FIELDS.get(field, field)}"
        return PlanText(self._signals, (id, field), words, write, (INITIATIVE, id))

    def _copy_button(self) -> QToolButton:
        made = QToolButton()
        made.setText("Excelへ写す")
        made.setToolTip("選んだ行をクリップボードに写します（Ctrl+C）。Excelに貼り付けられます。")
        made.clicked.connect(self.table.copy)
        return made

    def refresh(self) -> None:
        """Show what the plan says now; while nobody looks, wait until somebody does."""
        if not self.isVisible():
            return
        if self.table.is_typing:
            # The row that is typed in stays until that is over.
            return
        self._is_selecting = True
        shared = self._shared
        self.table.show_rows(shared.plan, shared.shown, shared.filter.query)
        self.table.nothing = "条件に合う取組はありません" if shared.plan.initiatives else NO_ROWS
        self._is_selecting = False
        self._show_selection()

    def finish_typing(self) -> None:
        """Close the cell that is typed in, where what it holds is kept."""
        self.table.finish_typing()

    def _show_selection(self) -> None:
        self._is_selecting = True
        self.table.select(self._shared.selected)
        self._is_selecting = False
        count = len(self._shared.selected)
        self._count.setText(f"{count}件を選択中" if count else "行を選ぶと、まとめて変更できます")
        for tool in self._tools:
            tool.setEnabled(bool(count))

    def _take_selection(self) -> None:
        if not self._is_selecting:
            self._shared.select([self.table.rows.id_at(row) for row in self.table.selected()])

    def _set_stage(self, stage: str) -> None:
        ids = [
            id for id in self._shared.selected if self._shared.plan.initiatives[id].stage != stage
        ]
        self._signals.do(lambda plan: move_cards(plan, ids, stage))

    def _set_status(self, status: str) -> None:
        ids = self._shared.selected
        self._signals.do(lambda plan: set_facts(plan, ids, "status", status))

    def _departments(self) -> list[str]:
        chosen = (self._shared.plan.initiatives[id] for id in self._shared.selected)
        return list(dict.fromkeys(name for i in chosen for name in i.departments))

    def _ask_department(self, old: str) -> None:
        dialog = DepartmentDialog(self, old, self._signals.pending, self._theme)
        if dialog.exec():
            self.replace_department(old, dialog.name.text().strip())

    def replace_department(self, old: str, new: str) -> None:
        """Put a department in the place of another in the selected initiatives."""
        ids = self._shared.selected
        self._signals.do(lambda plan: replace_department(plan, ids, old, new))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self.refresh()


def _whole_name(initiative: Initiative, first_line: str) -> str:
    """A name that is typed on one line keeps its further lines; where nothing is typed, all."""
    first, line_end, more = initiative.name.partition("\n")
    return (first_line if first_line.strip() else first) + line_end + more
