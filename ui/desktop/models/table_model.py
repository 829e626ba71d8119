"""All initiatives that are shown, as a table."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.plan.cards import badges, card_name
from app.plan.entities import Initiative
from app.plan.placeholders import placeholders_left
from app.plan.plan import Plan

Index = QModelIndex | QPersistentModelIndex
# The column that takes the room the others leave.
WIDEST: Final = "取組名"
_NOWHERE: Final = QModelIndex()
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in px, and what it says of an initiative."""

    word: str
    width: int
    text: Callable[[Plan, Initiative], str]


def _pillar(plan: Plan, initiative: Initiative) -> str:
    pillar = plan.home_pillar(initiative)
    return pillar.name if pillar else ""


def _category(plan: Plan, initiative: Initiative) -> str:
    category = plan.home_category(initiative)
    return category.name if category else ""


def _left(plan: Plan, initiative: Initiative) -> str:
    count = placeholders_left(plan, initiative)
    return str(count) if count else ""


COLUMNS: Final[Sequence[Column]] = (
    Column("No.", 56, lambda plan, i: i.number or ""),
    Column("柱", 136, _pillar),
    Column("区分", 116, _category),
    Column(WIDEST, 330, lambda plan, i: card_name(i)),
    Column("担当課", 126, lambda plan, i: "・".join(i.departments)),
    Column("段階", 178, lambda plan, i: i.stage),
    Column("現状", 88, lambda plan, i: i.status or ""),
    Column("表示", 60, lambda plan, i: "・".join(badges(plan, i))),
    Column("未設定", 56, _left),
)


class TableModel(QAbstractTableModel):
    """Initiatives in the plan's order, or in that of a column; `show` brings them in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._unsorted: Sequence[Initiative] = ()
        self._rows: list[Initiative] = []
        self._places: dict[str, int] = {}
        self._column, self._descending = -1, False

    def show(self, plan: Plan, rows: Sequence[Initiative]) -> None:
        """Show these initiatives."""
        self.beginResetModel()
        self._plan, self._unsorted = plan, rows
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        plan, column = self._plan, self._column
        rows = list(self._unsorted)
        if plan is not None and column >= 0:
            text = COLUMNS[column].text
            rows.sort(key=lambda i: natural(text(plan, i)), reverse=self._descending)
        self._rows = rows
        self._places = {initiative.id: row for row, initiative in enumerate(rows)}

    def row_of(self, initiative: str) -> int | None:
        """The row of an initiative, None where it is not shown."""
        return self._places.get(initiative)

    def id_at(self, row: int) -> str:
        """The initiative in a row."""
        return self._rows[row].id

    def text_at(self, row: int, column: int) -> str:
        """What a cell says."""
        assert self._plan is not None
        return COLUMNS[column].text(self._plan, self._rows[row])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Number of initiatives."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, in full as tool tip."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text_at(index.row(), index.column())
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The words above the columns."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].word
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Arrange by a column; -1 is the plan's order."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self.beginResetModel()
        self._arrange()
        self.endResetModel()


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that puts 1-2 before 1-10."""
    parts = (part for part in _DIGITS.split(text) if part)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def as_tsv(model: TableModel, rows: Sequence[int]) -> str:
    """Rows with their headings, as Excel takes them from the clipboard.

    A text that Excel would take for a formula gets the ' that makes it text.
    """
    lines = [[column.word for column in COLUMNS]]
    lines += [[_plain(model.text_at(row, n)) for n in range(len(COLUMNS))] for row in rows]
    return "\n".join("\t".join(cells) for cells in lines) + "\n"


def _plain(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(("=", "+", "@")) else flat
