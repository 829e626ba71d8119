"""The table of the list: rows to select, cells to type into, columns to choose."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QRect,
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
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from app.plan.entities import Initiative
from app.plan.plan import Plan
from ui.desktop.fields.field_delegate import Index, close_editors, stays_open
from ui.desktop.list.table_model import COLUMNS, WIDEST, TableModel, as_html, as_tsv
from ui.desktop.list.typing_delegate import TypingDelegate, paint_found, paint_line
from ui.desktop.pending_edits import Destination, PendingEdits
from ui.desktop.theme import Theme

# px at 100 %: what the names keep, and what no other column needs more than.
NAME_WIDTH: Final = 260
MOST_WIDTH: Final = 220
MEASURED_ROWS: Final = 200
# Heights of rows in px at 100 %; the latter with a line that tells where words were found.
ROW_HEIGHT: Final = 30
PLACE_HEIGHT: Final = 50


class InitiativeTable(QTableView):
    """The table. Enter opens, F2 types into a cell, Ctrl+C copies the selected rows."""

    opened = Signal(str)
    typed = Signal()
    """Nothing is typed here any more."""

    def __init__(
        self,
        edits: PendingEdits,
        theme: Theme,
        choices: Callable[[str], Sequence[str]],
        destination: Callable[[str, str], Destination],
    ) -> None:
        """`choices` gives the words of the plan for a field, none for free text.

        `destination` says where what is typed goes, by the id of an initiative and a field of it.
        """
        super().__init__()
        self._theme = theme
        self.rows, self.nothing = TableModel(self), ""
        self.setModel(self.rows)

        def field(column: int) -> str:
            return self.rows.columns[column].field

        def at(index: Index) -> Destination:
            return destination(self.rows.id_at(index.row()), field(index.column()))

        delegate = TypingDelegate(edits, at, lambda column: choices(field(column)), theme, self)
        self.setItemDelegate(delegate)
        self.chosen: Sequence[str] = [column.word for column in COLUMNS]
        self._set_up()
        self._laid_out: Sequence[str] = ()
        self._is_widened = False
        self.doubleClicked.connect(self._open)
        self.rows.modelReset.connect(self._make_room)

    def _set_up(self) -> None:
        self.setAccessibleName("取組の一覧")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)

    def show_rows(self, plan: Plan, initiatives: Sequence[Initiative], query: str) -> None:
        """Show these initiatives, in the columns that a person chose."""
        self.rows.show(plan, initiatives, query, self.chosen)
        if self._laid_out != [column.word for column in self.rows.columns]:
            self.choose_columns(self.chosen)

    def _make_room(self) -> None:
        """Rows that tell where words were found are higher."""
        for row in range(self.rows.rowCount()):
            height = self._theme.px(PLACE_HEIGHT if self.rows.place_at(row) else ROW_HEIGHT)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

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
        if self.isVisible():
            self._widen()

    def _widen(self) -> None:
        """Show words in full where the names of the initiatives keep room enough."""
        shown = [n for n in self.shown_columns() if self.rows.columns[n].word != WIDEST]
        widths = sum(self.columnWidth(number) for number in shown)
        room = self.viewport().width() - widths - self._theme.px(NAME_WIDTH)
        for number in shown:
            more = min(self._wanted_width(number) - self.columnWidth(number), room)
            if more > 0:
                self.setColumnWidth(number, self.columnWidth(number) + more)
                room -= more

    def _wanted_width(self, column: int) -> int:
        measure, rows = self.fontMetrics(), range(min(self.rows.rowCount(), MEASURED_ROWS))
        texts = (str(self.rows.index(row, column).data() or "") for row in rows)
        widest = max((measure.horizontalAdvance(text) for text in texts), default=0)
        return min(widest + self._theme.px(26), self._theme.px(MOST_WIDTH))

    @property
    def is_typing(self) -> bool:
        """Whether a person types into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def finish_typing(self) -> None:
        """Close the cell that is typed in."""
        if self.is_typing:
            close_editors(self)
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

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """What could not be kept stays where it was typed."""
        if not stays_open(editor, hint):
            super().closeEditor(editor, hint)
            QTimer.singleShot(0, self, self.typed.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """How wide the columns may be is known when they are shown for the first time."""
        super().showEvent(event)
        if not self._is_widened:
            self._is_widened = True
            self._widen()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; where there are none, why."""
        super().paintEvent(event)
        self._paint_places()
        if not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color("secondary"))
            top = self.viewport().rect().adjusted(0, self._theme.px(36), 0, 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(top, flags, self.nothing)
            painter.end()

    def _paint_places(self) -> None:
        """Say below a name where words were found, as far as the whole row goes."""
        name = [column.word for column in self.rows.columns].index(WIDEST)
        painter, row = QPainter(self.viewport()), self.rowAt(0)
        painter.setFont(self._theme.font(12))
        while 0 <= row < self.rows.rowCount() and self.rowViewportPosition(row) < self.height():
            place, top = self.rows.place_at(row), self.rowViewportPosition(row)
            if place:
                left = self.columnViewportPosition(name) + self._theme.px(6) + 4
                half, width = self.rowHeight(row) // 2, self.viewport().width() - left
                box = QRect(left, top + half, width, half - self._theme.px(4))
                found = self.rows.found_in_place(row)
                paint_found(painter, box, place, found, self._theme)
                painter.setPen(self._theme.color("secondary"))
                paint_line(painter, box, place)
            row += 1
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
