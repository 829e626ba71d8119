"""All initiatives that are shown, as a table."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.forms.marks import unmarked
from app.plan.board.cards import badges, card_name
from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.plan.search import found_in, words
from app.plan.texts.placeholders import placeholders_left
from app.plan.texts.plain_text import guarded
from ui.change_words import labels_of
from ui.desktop.parts import plain_tip
from ui.found_words import MOST_TOLD, found_words

Index = QModelIndex | QPersistentModelIndex
FOUND: Final = Qt.ItemDataRole.UserRole
"""Where in the text of a cell the words of the query stand."""
# The column that takes the room the others leave.
WIDEST: Final = "取組名"
PLACE: Final = Qt.ItemDataRole.UserRole + 1
"""Of a row: where the words of the query stand, if no shown column has them."""
_NOWHERE: Final = QModelIndex()
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in px, and what it says of an initiative.

    `field` is what can be typed right into it, empty for none.
    """

    word: str
    width: int
    text: Callable[[Plan, Initiative], str]
    field: str = ""


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
    Column("No.", 62, lambda plan, i: i.number or "", "number"),
    Column("柱", 136, _pillar),
    Column("区分", 104, _category),
    Column(WIDEST, 330, lambda plan, i: card_name(i), "name"),
    Column("担当課", 126, lambda plan, i: "・".join(i.departments), "departments"),
    Column("段階", 156, lambda plan, i: i.stage, "stage"),
    Column("現状", 88, lambda plan, i: i.status or "", "status"),
    Column("表示", 60, lambda plan, i: "・".join(badges(plan, i))),
    Column("未設定", 56, _left),
)
"""The columns that everybody sees until they choose others."""
FURTHER: Final[Sequence[Column]] = (
    Column("副題", 180, lambda plan, i: i.name.partition("\n")[2]),
    Column("現状の補足", 140, lambda plan, i: i.status_note or "", "status_note"),
    Column("新規表示", 96, lambda plan, i: i.new_label or "", "new_label"),
    Column("達成すべき状態", 220, lambda plan, i: "\n".join(i.desired_states)),
)
"""Columns to choose besides; the texts of the plan's form follow them."""


def columns_of(plan: Plan) -> tuple[Column, ...]:
    """All columns that a person can choose from for a plan."""
    labels = labels_of(plan)
    names = dict.fromkeys(name for i in plan.initiatives.under() for name in i.texts)
    texts = (Column(labels.get(name, name), 220, _text_of(name)) for name in names)
    return (*COLUMNS, *FURTHER, *texts)


def _text_of(name: str) -> Callable[[Plan, Initiative], str]:
    return lambda plan, initiative: unmarked(initiative.texts.get(name, "")).plain


class TableModel(QAbstractTableModel):
    """Initiatives in the plan's order, or in that of a column; `show` brings them in."""

    chosen = Signal(str, str, str)
    """Id of an initiative, a field of it, and the word that a person chose there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self.columns: Sequence[Column] = COLUMNS
        self._unsorted: Sequence[Initiative] = ()
        self._rows: list[Initiative] = []
        self._places: dict[str, int] = {}
        self._column, self._descending = -1, False
        self._words: Sequence[str] = ()
        self._labels: Mapping[str, str] = {}
        self._found: dict[str, str] = {}
        self.seen: Sequence[str] = ()

    def show(
        self, plan: Plan, rows: Sequence[Initiative], query: str = "", seen: Sequence[str] = ()
    ) -> None:
        """Show these initiatives, and mark the cells where the words of a query stand.

        `seen` are the headings of the columns that a person sees.
        """
        self.beginResetModel()
        self._words, self.seen, self._found = words(query), seen, {}
        self._labels = labels_of(plan) if self._words else {}
        self._plan, self._unsorted = plan, rows
        self.columns = columns_of(plan)
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        plan, column = self._plan, self._column
        rows = list(self._unsorted)
        if plan is not None and column >= 0:
            text = self.columns[column].text
            rows.sort(key=lambda i: natural(text(plan, i)), reverse=self._descending)
        self._rows = rows
        self._places = {initiative.id: row for row, initiative in enumerate(rows)}

    def found_in_place(self, row: int) -> list[tuple[int, int]]:
        """Where in `place_at` the words of the query stand."""
        return found_in(self.place_at(row), self._words)

    def place_at(self, row: int) -> str:
        """Where the words of the query stand, empty if the columns that are seen show them."""
        plan, initiative = self._plan, self._rows[row]
        if plan is None or not self._words or len(self._rows) > MOST_TOLD:
            return ""
        if initiative.id not in self._found:
            columns = (c for c in self.columns if c.word in self.seen or c.word == WIDEST)
            seen = "\0".join(column.text(plan, initiative) for column in columns)
            found = found_words(plan, initiative, self._words, seen, self._labels)
            self._found[initiative.id] = found
        return self._found[initiative.id]

    def row_of(self, initiative: str) -> int | None:
        """The row of an initiative, None where it is not shown."""
        return self._places.get(initiative)

    def id_at(self, row: int) -> str:
        """The initiative in a row."""
        return self._rows[row].id

    def text_at(self, row: int, column: int) -> str:
        """What a cell says."""
        assert self._plan is not None
        return self.columns[column].text(self._plan, self._rows[row])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Number of initiatives."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell on one line, in full as tool tip; to be typed on as it is."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.text_at(index.row(), index.column()).split("\n"))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text_at(index.row(), index.column()))
        if role in (FOUND, PLACE) and self._words:
            return self._search_answer(index, role)
        if role == Qt.ItemDataRole.EditRole:
            return self._typed_on(self._rows[index.row()], self.columns[index.column()].field)
        return None

    def _search_answer(self, index: Index, role: int) -> object:
        if role == FOUND:
            return found_in(str(self.data(index)), self._words)
        return self.place_at(index.row())

    def _typed_on(self, initiative: Initiative, field: str) -> str:
        """What a person who changes a field begins with; of a name its first line."""
        value = initiative.get(field) if field else ""
        if field == "name":
            return initiative.title
        return "、".join(map(str, value)) if isinstance(value, tuple) else str(value or "")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be typed in can be edited."""
        flags = super().flags(index)
        is_open = index.isValid() and bool(self.columns[index.column()].field)
        return flags | Qt.ItemFlag.ItemIsEditable if is_open else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit. What is shown changes when the plan has."""
        initiative, field = self._rows[index.row()], self.columns[index.column()].field
        if str(value) != self._typed_on(initiative, field):
            self.chosen.emit(initiative.id, field, str(value))
        return False

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The words above the columns."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].word
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


def as_tsv(model: TableModel, rows: Sequence[int], columns: Sequence[int]) -> str:
    """Rows with their headings, as a spreadsheet takes text from the clipboard.

    A text that Excel would take for a formula gets the ' that makes it text.
    """
    written = io.StringIO()
    lines = csv.writer(written, dialect="excel-tab", lineterminator="\n")
    lines.writerows(map(guarded, row) for row in _cells(model, rows, columns))
    return written.getvalue()


def as_html(model: TableModel, rows: Sequence[int], columns: Sequence[int]) -> str:
    """The same as a table whose cells are texts: Excel makes no date of No.1-2."""
    lines = (
        "".join(f"<td style=\"mso-number-format:'\\@'\">{_markup(cell)}</td>" for cell in row)
        for row in _cells(model, rows, columns)
    )
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<html><head><meta charset="utf-8"></head><body><table>{table}</table></body></html>'


def _cells(model: TableModel, rows: Sequence[int], columns: Sequence[int]) -> Iterator[list[str]]:
    yield [model.columns[column].word for column in columns]
    for row in rows:
        yield [model.text_at(row, column) for column in columns]


def _markup(text: str) -> str:
    lines = (escape(line) for line in text.split("\n"))
    return '<br style="mso-data-placement:same-cell">'.join(lines)
