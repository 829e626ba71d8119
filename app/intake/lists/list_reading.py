"""A list with a row an initiative, read by its heads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.intake.found import Draft, Value
from app.intake.grid import Grid, GridCell
from app.intake.lists.list_heads import Column, Heads
from app.intake.words import IGNORED, KPI, NAME, YEARS, Words, bare

_NOTE: Final = re.compile(r"^\s*[※＊*注(（]")
_VISION: Final = re.compile(
    r"^\s*[【\[]?ビジョン[】\]]?\s*[:：]?\s*[「『]?(?P<text>.*?)[」』]?\s*$", re.DOTALL
)
_PILLAR: Final = re.compile(
    r"^\s*(?:第?\d+(?:[.．\-－]\d+)*章?|[①-⑳]|[(（]\d+[)）]|(?:基本)?(?:柱|方針|目標)\s*\d+)\s*[.．、:：]?\s*(?P<name>\S.*)$"
)
_NO_PILLAR: Final = re.compile(r"(一覧表?|目次|計画|戦略|プラン|アクションプラン|の取組)$")
# These stand once for several rows, also in a file without merged cells.
_CARRIED: Final = ("pillar", "category")
_LONGEST_TITLE: Final = 60


@dataclass(slots=True)
class _Above:
    """What stands above the rows and goes for all of them."""

    values: list[Value]
    facts: list[Value]


class ListReading:
    """Reads the rows under one head, up to before the row `end`."""

    def __init__(self, grid: Grid, heads: Heads, start: int, end: int, words: Words) -> None:
        """Read the list whose titles stand from the row `start` on."""
        self.drafts: list[Draft] = []
        self.taken = {cell.place for cell in heads.cells}
        self.labels = [(cell, _named(heads, cell)) for cell in heads.cells]
        self._grid, self._heads, self._words = grid, heads, words
        self._columns = {column.number: column for column in heads.columns}
        above = self._titles(start)
        self.facts = above.facts
        self._carried: dict[str, Value] = {value.field: value for value in above.values}
        self._rows(end)

    def _titles(self, start: int) -> _Above:
        """The pillar and its vision, as they stand above a list that has no column for them."""
        above = _Above([], [])
        cells = [c for c in self._grid.texts if start <= c.row < self._heads.top]
        for cell in reversed(cells):
            vision = _VISION.match(cell.text)
            if vision and vision["text"]:
                above.facts.append(Value("vision", vision["text"], self._grid, cell))
                self.taken.add(cell.place)
            elif not above.values and not self._heads.column("pillar") and self._is_pillar(cell):
                name = _name_of(cell.text)
                above.values.append(Value("pillar", name, self._grid, cell, is_home=True))
                self.taken.add(cell.place)
        if above.values:
            above.facts += above.values
        return above

    def _is_pillar(self, cell: GridCell) -> bool:
        text = cell.text.strip()
        return (
            len(text) <= _LONGEST_TITLE
            and not _NOTE.match(text)
            and not text.startswith(("●", "○"))
            and not _NO_PILLAR.search(bare(text))
        )

    def _rows(self, end: int) -> None:
        row = self._heads.bottom
        name_column = self._heads.column(NAME)
        while row < min(end, self._grid.bottom):
            name = self._grid.at(row, name_column)
            if name.column < name_column:
                # A text across the columns: a title or a remark.
                name = GridCell(row, name_column)
            bottom = max(name.bottom, row + 1)
            cells = [c for r in range(row, bottom) for c in self._grid.row(r)]
            self._read_row(row, name, cells)
            row = bottom

    def _read_row(self, row: int, name: GridCell, cells: list[GridCell]) -> None:
        if not cells or self._words.is_total(cells[0].text) or _is_note(cells, name):
            return
        if not name.text.strip():
            self._read_nameless(cells)
            return
        if self._words.label(name.text):
            # The head again, on the next page.
            self.labels += [(cell, "") for cell in cells]
            self.taken |= {cell.place for cell in cells}
            return
        values = list(self._values(row, cells))
        new = self._words.new_prefix.search(name.text)
        plain = self._words.new_prefix.sub("", name.text) if new else name.text
        again = self._words.again.search(plain)
        plain = self._words.again.sub("", plain).strip()
        numbers = [v.text for v in values if v.field == "number"]
        is_again = bool(again) or any(self._words.again.search(n) for n in numbers)
        values = [replace(v, text=plain) if v.field == NAME else v for v in values]
        if new:
            values.append(Value("new_label", new[1] or new[2], self._grid, name))
        self.drafts.append(Draft(tuple(values), is_row=True, is_again=is_again))

    def _values(self, row: int, cells: list[GridCell]) -> Iterator[Value]:
        """The values of a row; a pillar that covers several rows goes for each."""
        for name in _CARRIED:
            column = self._heads.column(name)
            cell = self._grid.at(row, column) if column else None
            if cell and cell.text.strip():
                self._carry(Value(name, cell.text.strip(), self._grid, cell, is_home=True))
        # A title that no initiative follows has not been taken.
        self.taken |= {value.cell.place for value in self._carried.values()}
        yield from self._carried.values()
        for cell in cells:
            column_of = self._columns.get(cell.column)
            if column_of and column_of.field and column_of.field not in _CARRIED:
                self.taken.add(cell.place)
                if column_of.field != IGNORED:
                    yield self._value(column_of, cell)
                else:
                    self.labels.append((cell, IGNORED))

    def _carry(self, value: Value) -> None:
        before = self._carried.get(value.field)
        if value.field == "pillar" and (not before or before.text != value.text):
            self._carried.pop("category", None)
        self._carried[value.field] = value

    def _value(self, column: Column, cell: GridCell) -> Value:
        name, line = column.field, cell.row
        if name.startswith(YEARS) and self._words.mark(cell.text) is not None:
            name = YEARS + "mark"
        if name == YEARS + "mark" and not column.year:
            name = "texts.schedule"
        year = column.year if name.startswith((YEARS, KPI)) else None
        return Value(name, cell.text, self._grid, cell, year, line)

    def _read_nameless(self, cells: list[GridCell]) -> None:
        """A row without a name: more indicators of the one before, or a title within the list."""
        only = cells[0]
        is_title = only.columns > 1 or self._grid.is_flat
        if len(cells) == 1 and is_title and self._is_pillar(only):
            text = _name_of(only.text)
            name = "category" if self._heads.column("pillar") else "pillar"
            self._carry(Value(name, text, self._grid, only, is_home=True))
            return
        known = [(self._columns.get(c.column), c) for c in cells]
        for column, cell in known:
            if column and column.field in _CARRIED:
                # A merged cell that goes on on another page shows its text again.
                self._carry(Value(column.field, cell.text.strip(), self._grid, cell, is_home=True))
        known = [(column, c) for column, c in known if not column or column.field not in _CARRIED]
        cells = [cell for _, cell in known]
        if (
            self.drafts
            and cells
            and all(c and c.field.startswith(("kpi", YEARS, "texts.")) for c, _ in known)
        ):
            more = tuple(self._value(column, cell) for column, cell in known if column)
            self.taken |= {cell.place for cell in cells}
            last = self.drafts[-1]
            self.drafts[-1] = replace(last, values=last.values + more)


def _name_of(title: str) -> str:
    """The name in a title: without its number and the sign in front of it."""
    found = _PILLAR.match(title.strip().lstrip("■□◆◇▼▶●"))
    return found["name"] if found else title.strip().strip("■□◆◇▼▶【】〈〉《》[]　 ")


def _named(heads: Heads, cell: GridCell) -> str:
    return next((c.field for c in heads.columns if c.number == cell.column), "")


def _is_note(cells: list[GridCell], name: GridCell) -> bool:
    """Whether a row is a remark below a list rather than part of it."""
    return len(cells) == 1 and bool(_NOTE.match(cells[0].text)) and cells[0].place != name.place
