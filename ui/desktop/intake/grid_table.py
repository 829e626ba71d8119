"""The table that shows a grid: merged cells merged, sizes by what stands in them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.intake.found import GridReading
from app.intake.grid import GridCell
from ui.desktop.intake.grid_model import FIELD, GridModel
from ui.desktop.theme import Theme

_LETTER_PX: Final = 13
_LINE_PX: Final = 14
_NARROW, _WIDE = 34, 300
_CHIP: Final = 11
_MOST_LINES: Final = 8


class GridDelegate(QStyledItemDelegate):
    """A cell on the ground that says what became of it, with the name of its field in a corner."""

    def __init__(self, parent: QTableView, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The style sheet paints no ground of single cells."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)
        field = index.data(FIELD)
        if field:
            self._paint_chip(painter, option.rect, str(field))

    def _paint_chip(self, painter: QPainter, cell: QRect, field: str) -> None:
        theme, font = self._theme, self._theme.font(_CHIP)
        width = QFontMetrics(font).horizontalAdvance(field) + theme.px(10)
        # A chip that would hide the text stays away; the tool tip says the same.
        if width + theme.px(60) > cell.width():
            return
        chip = QRect(cell.right() - width, cell.top() + 1, width, theme.px(_CHIP + 5))
        painter.save()
        painter.fillRect(chip, theme.color("accent"))
        painter.setFont(font)
        painter.setPen(theme.color("on_accent"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, field)
        painter.restore()


class GridTable(QTableView):
    """Shows one grid; a click or Enter on a text tells that its field is to be chosen."""

    cell_chosen = Signal(object)
    """A GridCell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model_of_grid = GridModel(theme)
        self.setModel(self.model_of_grid)
        self.setItemDelegate(GridDelegate(self, theme))
        self.setAccessibleName("文書の内容")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.verticalHeader().setMinimumWidth(theme.px(36))
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_reading(self, reading: GridReading, words: Callable[[str], str]) -> None:
        """Show a grid with what was understood of it."""
        self.clearSpans()
        self.model_of_grid.show_reading(reading, words)
        for cell in reading.grid.texts:
            if cell.rows > 1 or cell.columns > 1:
                self.setSpan(cell.row - 1, cell.column - 1, cell.rows, cell.columns)
        self._size(reading)

    def _size(self, reading: GridReading) -> None:
        """Columns as wide as their texts need, rows as high as they then become."""
        grid = reading.grid
        widths = [_NARROW] * max(0, grid.right - 1)
        for cell in grid.texts:
            if cell.columns == 1:
                longest = max(map(len, cell.text.split("\n")))
                wanted = min(_WIDE, longest * _LETTER_PX + 16)
                widths[cell.column - 1] = max(widths[cell.column - 1], wanted)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, self._theme.px(width))
        heights = [1.0] * max(0, grid.bottom - 1)
        for cell in grid.texts:
            width = sum(widths[cell.column - 1 : cell.right - 1]) or _NARROW
            lines = sum(
                1 + len(line) * _LETTER_PX // max(1, width - 8) for line in cell.text.split("\n")
            )
            each = min(_MOST_LINES, lines) / cell.rows
            for row in range(cell.row - 1, min(cell.bottom - 1, len(heights))):
                heights[row] = max(heights[row], each)
        named = {value.cell.row - 1 for value in reading.values}
        for row, height in enumerate(heights):
            self.setRowHeight(
                row, self._theme.px(round(height * _LINE_PX) + (_CHIP + 10 if row in named else 8))
            )

    def reveal(self, cell: GridCell) -> None:
        """Scroll to a cell and mark it."""
        index = self.model_of_grid.index_of(cell)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        cell = self.model_of_grid.cell(index)
        if cell is not None and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.cell_chosen.emit(cell)
