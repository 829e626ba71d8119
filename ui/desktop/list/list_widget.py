"""The list view: a table of all initiatives, to sort, select, change together and copy."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.edits.card import move_cards
from app.edits.field import fill_in
from app.edits.initiative import replace_department, set_facts
from app.plan.entities import Initiative
from app.plan.plan import Plan
from ui.desktop.documents import Documents
from ui.desktop.list.typing_delegate import TypingDelegate
from ui.desktop.models.table_model import COLUMNS, WIDEST, TableModel, as_html, as_tsv
from ui.desktop.parts import label, menu_button
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

COLUMNS_KEPT = "list_columns"
"""The setting that holds the headings of the chosen columns."""
NO_ROWS = "「新しい取組」で加えられます"
READ_ONLY_TRIGGERS = QAbstractItemView.EditTrigger.NoEditTriggers


class InitiativeTable(QTableView):
    """The table. Enter opens, F2 types into a cell, Ctrl+C copies the selected rows."""

    opened = Signal(str)

    def __init__(self, theme: Theme, choices: Callable[[str], Sequence[str]]) -> None:
        """`choices` gives the words of the plan for a field, none for free text."""
        super().__init__()
        self._theme = theme
        self.rows, self.nothing = TableModel(self), ""
        self.setModel(self.rows)
        self.setItemDelegate(
            TypingDelegate(lambda column: choices(self.rows.columns[column].field), theme, self)
        )
        self.chosen: Sequence[str] = [column.word for column in COLUMNS]
        self.setAccessibleName("取組の一覧")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self._laid_out: Sequence[str] = ()
        self.doubleClicked.connect(self._open)

    def show_rows(self, plan: Plan, initiatives: Sequence[Initiative], query: str) -> None:
        """Show these initiatives, in the columns that a person chose."""
        self.rows.show(plan, initiatives, query)
        if self._laid_out != [column.word for column in self.rows.columns]:
            self.choose_columns(self.chosen)

    def choose_columns(self, words: Sequence[str]) -> None:
        """Show the columns with these headings; the name always."""
        self.chosen = words
        self._laid_out = [column.word for column in self.rows.columns]
        head = self.horizontalHeader()
        for number, column in enumerate(self.rows.columns):
            self.setColumnHidden(number, column.word not in (*words, WIDEST))
            self.setColumnWidth(number, self._theme.px(column.width))
            is_widest = column.word == WIDEST
            mode = (
                QHeaderView.ResizeMode.Stretch if is_widest else QHeaderView.ResizeMode.Interactive
            )
            head.setSectionResizeMode(number, mode)

    @property
    def is_typing(self) -> bool:
        """Whether a person types into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def finish_typing(self) -> None:
        """Keep what is being typed into a cell."""
        if self.is_typing:
            self.setFocus()

    def shown_columns(self) -> list[int]:
        """The columns that are shown, from left to right."""
        head = self.horizontalHeader()
        order = (head.logicalIndex(place) for place in range(head.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    def selected(self) -> list[int]:
        """The selected rows from top to bottom."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def select(self, ids: Sequence[str]) -> None:
        """Select these initiatives as far as they are shown."""
        rows = [row for id in ids if (row := self.rows.row_of(id)) is not None]
        if sorted(rows) == self.selected():
            return
        wanted = QItemSelection()
        for row in rows:
            wanted.select(self.rows.index(row, 0), self.rows.index(row, len(self.rows.columns) - 1))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            place = self.rows.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(place)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, for Excel."""
        made, rows, columns = QMimeData(), self.selected(), self.shown_columns()
        made.setText(as_tsv(self.rows, rows, columns))
        made.setHtml(as_html(self.rows, rows, columns))
        QGuiApplication.clipboard().setMimeData(made)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.id_at(index.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; where there are none, why."""
        super().paintEvent(event)
        if not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color("secondary"))
            top = self.viewport().rect().adjusted(0, self._theme.px(36), 0, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(top, flags, self.nothing)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies; the Enter that ends typing into a cell does neither."""
        if self.is_typing:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ListWidget(QWidget):
    """The table, and above it what can be done with the selected rows."""

    opened = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(
        self, signals: SessionSignals, shared: SharedState, documents: Documents, theme: Theme
    ) -> None:
        super().__init__()
        self._signals, self._shared, self._documents = signals, shared, documents
        self._theme = theme
        self.table = InitiativeTable(theme, self._choices)
        if signals.is_read_only:
            self.table.setEditTriggers(READ_ONLY_TRIGGERS)
        kept = documents.setting(COLUMNS_KEPT)
        if isinstance(kept, list):
            self.table.chosen = [str(word) for word in kept]
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
        row.addWidget(self._column_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.rows.typed.connect(self._write)
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

    def _column_button(self) -> QToolButton:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill_columns(menu))
        return menu_button("列を選ぶ", menu)

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        for column in self.table.rows.columns:
            action = menu.addAction(column.word.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(column.word in (*self.table.chosen, WIDEST))
            action.setEnabled(column.word != WIDEST)
            action.toggled.connect(lambda _, word=column.word: self.toggle_column(word))
        menu.addSeparator()
        menu.addAction("はじめの列に戻す", lambda: self._choose([c.word for c in COLUMNS]))

    def toggle_column(self, word: str) -> None:
        """Show a column, or no longer; remembered for the next start."""
        chosen = [each for each in self.table.chosen if each != word]
        self._choose(chosen if len(chosen) < len(self.table.chosen) else [*chosen, word])

    def _choose(self, words: list[str]) -> None:
        self.table.choose_columns(words)
        self._documents.keep_setting(COLUMNS_KEPT, words)

    def _choices(self, field: str) -> Sequence[str]:
        profile = self._shared.plan.profile
        if field == "status" and profile.statuses:
            return ("", *profile.statuses)
        return profile.stages if field == "stage" else ()

    def _write(self, id: str, field: str, text: str) -> None:
        """Keep what was typed into a cell; a name keeps its further lines."""
        if field == "stage":
            self._signals.do(lambda plan: move_cards(plan, [id], text))
            return
        if field == "name":
            if not text.strip():
                return
            text += "".join(self._shared.plan.initiatives[id].name.partition("\n")[1:])
        self._signals.do(lambda plan: fill_in(plan, id, field, text))

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
            # The field that is being left must be gone before its row is.
            QTimer.singleShot(0, self.refresh)
            return
        self._is_selecting = True
        shared = self._shared
        self.table.show_rows(shared.plan, shared.shown, shared.filter.query)
        self.table.nothing = "条件に合う取組はありません" if shared.plan.initiatives else NO_ROWS
        self._is_selecting = False
        self._show_selection()

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
        sentence = f"選んだ取組の「{old}」に替わる担当課の名前"
        new, is_given = QInputDialog.getText(self, "担当課を替える", sentence, text=old)
        if is_given and new.strip():
            self.replace_department(old, new.strip())

    def replace_department(self, old: str, new: str) -> None:
        """Put a department in the place of another in the selected initiatives."""
        ids = self._shared.selected
        self._signals.do(lambda plan: replace_department(plan, ids, old, new))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self.refresh()
