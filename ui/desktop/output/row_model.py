"""The rows of a list as they will be written."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.documents.lists.lists import ListTable

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowModel(QAbstractTableModel):
    """A `ListTable`, only to be read."""

    def __init__(self) -> None:
        super().__init__()
        self._table = ListTable("", (), ())

    def show_table(self, table: ListTable) -> None:
        """Show this list."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """One for each initiative."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """One for each head."""
        return 0 if parent.isValid() else len(self._table.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The datum of a cell; line ends are shown as blanks."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        datum = self._table.rows[index.row()][index.column()]
        return datum.replace("\n", " ") if isinstance(datum, str) else datum

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads, and the number of each row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        is_head = orientation == Qt.Orientation.Horizontal
        return self._table.heads[section] if is_head else section + 2
