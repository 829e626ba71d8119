"""Where a page end may cut a grid of cells with merged rows.

Rows stay whole if they can; a row that must be cut shows at least two lines of each of its
texts on either side of the cut (no line is left alone), unless a page of its own is too small
even for that. Heads never stand alone at the foot of a page. Forms and tables of every
document are cut by this. Lengths are points.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.forms.sheet import Row

TOLERANCE: Final = 0.01
# The fewest lines of a text that stand together before and after a page end.
LEAST_LINES: Final = 2

Needs = Sequence[tuple[int, int, float]]
"""What cells ask for: (first row, number of rows, least height of them together)."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over rows [row, row+rows): how many lines its text has, and how high one is.

    `padding` is the room above and below the text together. A `head` is never cut: every part
    of the grid that has one of its rows shows all of it again.
    """

    row: int
    rows: int
    lines: int
    line_height: float
    padding: float
    head: bool = False

    def height(self, lines: int) -> float:
        """The height at which it shows so many lines (room for one at least)."""
        return max(1, lines) * self.line_height + self.padding


class Grid:
    """Rows and the cells in them, ready to be cut.

    The first `lead` rows are printed again in every part. `spread` finds the least heights of
    rows that satisfy the needs of cells. If `grows`, rows in front of a page end become higher
    until a head beside them is whole; else they go to the next page.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        cells: Sequence[GridCell],
        lead: int,
        spread: Callable[[Sequence[Row], Needs], list[float]],
        grows: bool = False,
    ) -> None:
        self.rows, self.cells, self.lead = rows, cells, lead
        self.spread, self.grows = spread, grows
        self.over: list[list[int]] = [[] for _ in rows]
        for number, cell in enumerate(cells):
            for row in range(cell.row, cell.row + cell.rows):
                self.over[row].append(number)

    def whole(self) -> "Part":
        """All rows of the grid."""
        return Part(self, range(len(self.rows)), {})


class Part:
    """What is still to be printed of a grid: its rows, and the next line of each cell.

    `places` are, by cell, the indexes of the rows over which it stands in this part; `number`
    counts the parts from 0.
    """

    __slots__ = ("_grid", "number", "places", "rows", "start")

    def __init__(
        self, grid: Grid, rows: Sequence[int], start: Mapping[int, int], number: int = 0
    ) -> None:
        self._grid, self.rows, self.start, self.number = grid, rows, start, number
        places: dict[int, list[int]] = {}
        for index, row in enumerate(rows):
            for cell in grid.over[row]:
                places.setdefault(cell, []).append(index)
        self.places = dict(sorted(places.items()))

    @property
    def lead(self) -> int:
        """Number of the rows that every part begins with."""
        return sum(row < self._grid.lead for row in self.rows)

    def first(self, count: int) -> "Part":
        """The part with its first rows only."""
        return Part(self._grid, self.rows[:count], self.start, self.number)

    def heights(self) -> list[float]:
        """The least height of each row.

        A text that goes on below this part needs no room here; a head needs its own.
        """
        cells, needs = self._grid.cells, []
        for number, places in self.places.items():
            cell = cells[number]
            if cell.head or self.rows[places[-1]] == cell.row + cell.rows - 1:
                left = cell.lines - self.start.get(number, 0)
                needs.append((places[0], len(places), cell.height(left)))
        return self._grid.spread([self._grid.rows[row] for row in self.rows], needs)

    def kept(self, heights: list[float], room: float, is_fresh: bool) -> list[float] | None:
        """Heights of the rows that stay on this page, the last one cut; None for none of them.

        `room` is less than the heights together; on a fresh page some rows always stay.
        """
        count, left = 0, room
        while heights[count] <= left:
            left -= heights[count]
            count += 1
        cut = [*heights[:count], left]
        if self._is_worth_cutting(cut):
            return cut
        lead = self.lead
        for last in range(self._before_heads(count), lead, -1):
            whole = self._whole_heads(heights[:last], room)
            if whole and not self._leaves_one_row(last):
                return whole
            if not self._grid.grows:
                break
        if not is_fresh:
            return None
        # Nothing better is to be had on a page of its own: a group is torn apart.
        torn = (self._whole_heads(heights[:last], room) for last in range(count, lead, -1))
        whole = next((found for found in torn if found), None)
        return whole or (heights[:count] if count > lead else cut)

    def shown(self, kept: Sequence[float]) -> dict[int, tuple[int, int]]:
        """Which lines [start, end) of each cell stand in rows of these heights."""
        shown = {}
        for number, places in self.places.items():
            room = sum(kept[n] for n in places if n < len(kept))
            if room > 0:
                cell, start = self._grid.cells[number], self.start.get(number, 0)
                fitting = int((room - cell.padding + TOLERANCE) / cell.line_height)
                shown[number] = (start, start + lines_together(max(0, fitting), cell.lines - start))
        return shown

    def rest(self, shown: Mapping[int, tuple[int, int]], count: int) -> "Part | None":
        """What is left after `count` rows: the last of them again if a text of it goes on."""
        cells = self._grid.cells
        ends = {number: end for number, (_, end) in shown.items()}
        goes_on = any(
            not cells[number].head
            and places[-1] == count - 1
            and ends.get(number, 0) < cells[number].lines
            for number, places in self.places.items()
        )
        first = count - 1 if goes_on else count
        if first >= len(self.rows):
            return None
        lead = self.lead
        again_from = self._labels_above(first) if goes_on else first
        rows = [*self.rows[:lead], *self.rows[max(again_from, lead) :]]
        again = dict.fromkeys((n for n in self.places if cells[n].head), 0)
        return Part(self._grid, rows, {**self.start, **ends, **again}, self.number + 1)

    def _is_worth_cutting(self, kept: list[float]) -> bool:
        """Whether the cut row shows enough lines of every text that ends in it."""
        last = len(kept) - 1
        row = self._grid.rows[self.rows[last]]
        if row.head or row.group is not None or not self._has_whole_heads(kept):
            return False
        shown = self.shown(kept)
        for number, places in self.places.items():
            if places[-1] == last:
                start, end = shown.get(number, (0, 0))
                left = self._grid.cells[number].lines - end
                if left and min(end - start, left) < LEAST_LINES:
                    return False
        return True

    def _whole_heads(self, heights: list[float], room: float) -> list[float] | None:
        """The heights of rows beside which every head is whole; None if they do not fit."""
        if self._has_whole_heads(heights):
            return heights
        grown = self.first(len(heights)).heights() if self._grid.grows else []
        return grown if grown and sum(grown) <= room + TOLERANCE else None

    def _has_whole_heads(self, kept: Sequence[float]) -> bool:
        """Whether no head is cut off at the foot of the kept rows."""
        shown = self.shown(kept)
        cells = self._grid.cells
        return all(end == cells[n].lines for n, (_, end) in shown.items() if cells[n].head)

    def _leaves_one_row(self, count: int) -> bool:
        """Whether one row alone of a head that goes on would stand in front of the page end."""
        if not self._grid.grows or count - self.lead <= 2:
            return False
        cells = self._grid.cells
        return any(
            cells[number].head and places[0] == count - 1 and places[-1] >= count
            for number, places in self.places.items()
        )

    def _before_heads(self, index: int) -> int:
        """The index moved up to where a row's group and the heads above it begin."""
        groups = [self._grid.rows[row].group for row in self.rows[: index + 1]]
        while index and groups[index] is not None and groups[index - 1] == groups[index]:
            index -= 1
        return self._heads_above(index)

    def _labels_above(self, index: int) -> int:
        """The index moved up to where the head rows right above it begin that can stand again."""
        cells = self._grid.cells
        above = self._heads_above(index)
        while above < index and not all(
            cells[number].head for number in self._grid.over[self.rows[above]]
        ):
            above += 1
        return above

    def _heads_above(self, index: int) -> int:
        """The index moved up to where the heads right above it begin."""
        while index and self._grid.rows[self.rows[index - 1]].head:
            index -= 1
        return index


def lines_together(fitting: int, lines: int) -> int:
    """How many of so many lines stay: all that fit, if the others are not one line alone."""
    if fitting >= lines or lines <= LEAST_LINES:
        return min(fitting, lines)
    kept = min(fitting, lines - LEAST_LINES)
    return kept if kept >= LEAST_LINES else fitting
