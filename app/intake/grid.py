"""What every document becomes before it is understood: grids of cells.

A worksheet, the tables of a Word file, a page of a PDF and a CSV file are all a `Grid`.
Rows and columns count from 1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

Place = tuple[int, int]
_CODES: Final = re.compile(r"(?:_x005F)*_x000D_\n?|(?:_x005F)+(?:\n|$)")
MOST_SPANNED: Final = 20_000
"""How many rows times columns one merged cell may cover and still be looked up by all of them."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: where it lies, and its text as it is shown, as plan text (`**…**` is bold).

    `tint` is the colour of its ground, "" for none; `is_bold` says that all of it is bold (then
    the text bears no marks). `remark` is a Japanese sentence on what may be wrong with the text,
    as a date where a number was meant. `where` names the place where row and column do not.
    """

    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1
    tint: str = ""
    is_bold: bool = False
    remark: str = ""
    where: str = ""

    @property
    def place(self) -> Place:
        """Its upper left corner."""
        return self.row, self.column

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.row + self.rows

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.column + self.columns

    def shares_rows(self, other: "GridCell") -> bool:
        """Whether a row holds both."""
        return self.row < other.bottom and other.row < self.bottom

    def shares_columns(self, other: "GridCell") -> bool:
        """Whether a column holds both."""
        return self.column < other.right and other.column < self.right


@dataclass(frozen=True)
class Grid:
    """The cells of a worksheet, a page or a text, in reading order.

    `source` is the name of the file, `title` that of the worksheet or page. `is_flat` says that
    the format has no merged cells (CSV), so that an empty cell may belong to the one above. `notes`
    are texts that stand in no cell, as remarks and shapes.
    """

    source: str
    title: str
    cells: tuple[GridCell, ...]
    notes: tuple[GridCell, ...] = ()
    is_hidden: bool = False
    is_flat: bool = False

    @cached_property
    def texts(self) -> tuple[GridCell, ...]:
        """The cells that hold text."""
        return tuple(cell for cell in self.cells if cell.text.strip())

    @cached_property
    def _covered(self) -> dict[Place, GridCell]:
        covered: dict[Place, GridCell] = {}
        for cell in self.cells:
            if cell.rows * cell.columns > MOST_SPANNED:
                covered[cell.place] = cell
                continue
            for row in range(cell.row, cell.bottom):
                for column in range(cell.column, cell.right):
                    covered[row, column] = cell
        return covered

    @cached_property
    def right(self) -> int:
        """The first column right of all text."""
        return max((cell.right for cell in self.texts), default=1)

    @cached_property
    def bottom(self) -> int:
        """The first row below all text."""
        return max((cell.bottom for cell in self.texts), default=1)

    @cached_property
    def _by_row(self) -> dict[int, tuple[GridCell, ...]]:
        rows: dict[int, list[GridCell]] = {}
        for cell in self.texts:
            rows.setdefault(cell.row, []).append(cell)
        return {row: tuple(cells) for row, cells in rows.items()}

    def at(self, row: int, column: int) -> GridCell:
        """The cell that covers a place; an empty one if there is none."""
        return self._covered.get((row, column)) or GridCell(row, column)

    def row(self, row: int) -> tuple[GridCell, ...]:
        """The cells with text that begin in a row, from left to right."""
        return self._by_row.get(row, ())

    def place_words(self, cell: GridCell) -> str:
        """Where a cell is, as a person finds it: 「表.xlsx」の「1-3」B12."""
        title = f"の「{self.title}」" if self.title else ""
        return f"「{self.source}」{title}{cell.where or address(cell.place)}"


def grid_of(source: str, title: str, cells: Iterable[GridCell], **facts: Any) -> Grid:
    """A grid of cells in any order, without the codes of carriage returns in them."""
    clean = (
        replace(cell, text=without_codes(cell.text)) if "_x0" in cell.text else cell
        for cell in cells
    )
    return Grid(source, title, tuple(sorted(clean, key=lambda c: c.place)), **facts)


def without_codes(text: str) -> str:
    """Text without what other programs left of carriage returns in it, as `_x000D_`."""
    return _CODES.sub("\n", text)


def address(place: Place) -> str:
    """A place as a spreadsheet names it: B12."""
    row, column = place
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
