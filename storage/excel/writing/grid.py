"""The rows and columns of an Excel sheet under a page: every cell edge is a grid line."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from app.forms.fitting.layout import FittedPage, PlacedCell

# Excel cannot make a row higher than 409.5 pt.
_HIGHEST_ROW: Final = 400.0
_SAME_LINE: Final = 0.05
# Row 1 and column A are hidden and hold the marks by which cells are found again.
FIRST_COLUMN: Final = 2
ABOVE_ROW: Final = 2
FIRST_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Range:
    """A cell of the page in Excel's rows and columns, counted from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Grid:
    """The grid lines of a page in points, and where its cells lie between them."""

    def __init__(self, page: FittedPage) -> None:
        """Collect the edges of all cells; rows that are too high are split."""
        self._x = _lines(edge for c in page.cells for edge in (c.x, c.x + c.width))
        rows = _lines(edge for c in page.cells for edge in (c.y, c.y + c.height))
        self._y = _split(rows)

    @property
    def widths(self) -> list[float]:
        """Column widths in points, from `FIRST_COLUMN` on."""
        return [right - left for left, right in pairwise(self._x)]

    @property
    def heights(self) -> list[float]:
        """Row heights in points, from `FIRST_ROW` on."""
        return [low - high for high, low in pairwise(self._y)]

    def column_at(self, share: float) -> int:
        """The column that begins nearest to a share of the table's width."""
        x = self._x[0] + share * (self._x[-1] - self._x[0])
        nearest = min(range(len(self._x)), key=lambda n: abs(self._x[n] - x))
        return FIRST_COLUMN + nearest

    @property
    def last_row(self) -> int:
        """Number of the table's last row."""
        return FIRST_ROW + len(self._y) - 2

    @property
    def last_column(self) -> int:
        """Number of the table's last column."""
        return FIRST_COLUMN + len(self._x) - 2

    def range(self, cell: PlacedCell) -> Range:
        """Where a cell of the page lies."""
        return Range(
            FIRST_ROW + _nearest(self._y, cell.y),
            FIRST_COLUMN + _nearest(self._x, cell.x),
            FIRST_ROW + _nearest(self._y, cell.y + cell.height) - 1,
            FIRST_COLUMN + _nearest(self._x, cell.x + cell.width) - 1,
        )


def _lines(edges: Iterable[float]) -> list[float]:
    lines: list[float] = []
    for edge in sorted(edges):
        if not lines or edge - lines[-1] > _SAME_LINE:
            lines.append(edge)
    return lines


def _nearest(lines: list[float], edge: float) -> int:
    return bisect_left(lines, edge - _SAME_LINE)


def _split(lines: list[float]) -> list[float]:
    result = lines[:1]
    for high, low in pairwise(lines):
        parts = ceil((low - high) / _HIGHEST_ROW)
        result += [high + (low - high) * n / parts for n in range(1, parts)]
        result.append(low)
    return result
