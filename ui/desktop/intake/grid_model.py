"""A document as it lies in its cells, with what was understood of each."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.forms.marks import unmarked
from app.intake.found import GridReading
from app.intake.grid import GridCell, Place, address
from ui.desktop.parts import plain_tip
from ui.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
FIELD = int(Qt.ItemDataRole.UserRole)
"""What a person calls the field that a cell was taken for, None for other cells."""
_ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BELOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


class Taken(Enum):
    """What became of a cell with text."""

    LABEL = "head"
    VALUE = "accent_pale"
    LEFT = "warn_pale"

    @property
    def color(self) -> str:
        """The colour of its ground (`Colors`)."""
        return self.value


class GridModel(QAbstractTableModel):
    """One grid, only to be read. Rows and columns count from 0 here, from 1 in the grid."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fonts = {bold: theme.font(12, bold=bold) for bold in (False, True)}
        self._cells: dict[Place, GridCell] = {}
        self._taken: dict[Place, tuple[Taken, str]] = {}
        self._rows = self._columns = 0

    def show_reading(self, reading: GridReading, words: Callable[[str], str]) -> None:
        """Show a grid; `words` say what a person calls a field."""
        self.beginResetModel()
        grid = reading.grid
        self._rows, self._columns = grid.bottom - 1, grid.right - 1
        self._cells = {cell.place: cell for cell in grid.texts}
        self._taken = {rest.cell.place: (Taken.LEFT, rest.why) for rest in reading.leftovers}
        fields: dict[Place, dict[str, None]] = {}
        for value in reading.values:
            fields.setdefault(value.cell.place, {})[words(value.field)] = None
        for place, names in fields.items():
            self._taken[place] = (Taken.VALUE, "・".join(names))
        for cell, field in reading.labels:
            self._taken.setdefault(cell.place, (Taken.LABEL, words(field)))
        self.endResetModel()

    def cell(self, index: _Index) -> GridCell | None:
        """The cell at an index, None if there is no text."""
        return self._cells.get((index.row() + 1, index.column() + 1))

    def taken(self, index: _Index) -> Taken | None:
        """What became of the cell at an index, None if it holds no text."""
        found = self._taken.get((index.row() + 1, index.column() + 1))
        return found[0] if found else None

    def index_of(self, cell: GridCell) -> QModelIndex:
        """Where a cell is shown."""
        return self.index(cell.row - 1, cell.column - 1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Up to the last row with text."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Up to the last column with text."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, colours, and in the tool tip what it was taken for."""
        cell = self.cell(index)
        if cell is None:
            return None
        what, words = self._taken.get(cell.place, (None, ""))
        found: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: unmarked(cell.text).plain.strip(),
            Qt.ItemDataRole.FontRole: self._fonts[cell.is_bold or what == Taken.LABEL],
            Qt.ItemDataRole.ToolTipRole: plain_tip(_told(what, words)),
            Qt.ItemDataRole.AccessibleDescriptionRole: _told(what, words),
            Qt.ItemDataRole.TextAlignmentRole: _ALIGN,
        }
        if what == Taken.VALUE:
            # The name of the field stands above the text.
            found[FIELD], found[Qt.ItemDataRole.TextAlignmentRole] = words, _BELOW
        if what:
            found[Qt.ItemDataRole.BackgroundRole] = self._theme.color(what.color)
        return found.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Letters of columns, numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return address((1, section + 1)).rstrip("1")
        return section + 1


def _told(what: Taken | None, words: str) -> str:
    if what == Taken.LABEL:
        return f"見出し：{words}" if words else "見出し"
    if what == Taken.VALUE:
        return f"{words}に入れます"
    return f"どの欄にも入れません。{words}" if what else ""
