"""How high the cells and rows of a sheet are at a font size. Lengths are points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.forms.fitting.layout import ABOVE_STEP, MM, frame_of
from app.forms.fitting.lines import Flow, Line
from app.forms.fitting.metrics import FontMetrics
from app.forms.sheet import Block, Cell, Row, Sheet

# Rows of a group are equally high as long as the highest is at most so many times the lowest.
_EVEN: Final = 3.0
# Ems: what a badge's frame and the distance from it take; what stays free in the line in all.
_BADGE_ROOM: Final = 2.0
_ABOVE_GAP: Final = 1.0
_BADGE: Final = 3
_MOST_ABOVE: Final = 0.75


@dataclass(frozen=True, slots=True)
class Slack:
    """Room kept for a program that breaks lines its own way: share of width, of height."""

    width: float = 0.0
    height: float = 0.0


class Measure:
    """Measures the cells of one sheet at any size; each text is measured once."""

    def __init__(
        self,
        sheet: Sheet,
        metrics: FontMetrics,
        slack: Slack,
        labels: dict[tuple[str, bool], Flow],
    ) -> None:
        """`labels` keeps measured labels for the other sheets of the form."""
        self.sheet = sheet
        self.frame = frame_of(sheet.form)
        self._font, self._slack = sheet.form.font, slack
        self._padding = self._font.padding * MM
        self._metrics, self._labels = metrics, labels
        self._widths_in_ems: dict[tuple[str, bool], float] = {}
        self._flows = {id(cell): self._measured(cell) for cell in sheet.cells}

    def _measured(self, cell: Cell) -> Flow:
        key = (cell.text, cell.bold)
        if not cell.head:
            return self.measured(*key)
        if key not in self._labels:
            self._labels[key] = self.measured(*key)
        return self._labels[key]

    def measured(self, text: str, bold: bool) -> Flow:
        """A text, measured."""
        return Flow(text, self._metrics, bold)

    def above_size(self, above: tuple[str, str, str], badge: str) -> float:
        """The size (pt) at which what stands above the table fits one line with the badge.

        It is the form's, or less if long names of pillar and category need it.
        """
        left, center, right = (self._ems(text, False) for text in above)
        if badge:
            right += self._ems(badge, True) + _BADGE_ROOM
        # What stands in the middle has the wider of its neighbours on both sides.
        ems = center + 2 * max(left, right) if center else left + right
        return min(self.sheet.form.above.size, self.frame.width / (ems + _ABOVE_GAP))

    @property
    def least_above_size(self) -> float:
        """The smallest size of the line above the table; longer texts take several lines."""
        return min(self.sheet.form.above.size, self._font.smallest)

    @cached_property
    def above_lines(self) -> tuple[float, tuple[tuple[int, str], ...]]:
        """The size and the lines of what stands above the first page, if one does not hold it.

        They leave some of the page: very long ones are set smaller.
        """
        sheet = self.sheet
        above = (sheet.above, sheet.above_center, sheet.above_right)
        size = self.least_above_size
        if self.above_size(above, sheet.badge) >= size:
            return size, ()
        texts = [
            (n, text.replace("\n", " ")) for n, text in enumerate((*above, sheet.badge)) if text
        ]
        while True:
            lines = [line for text in texts for line in self._broken(*text, size)]
            if len(lines) * size * ABOVE_STEP <= self.frame.height * _MOST_ABOVE:
                return size, tuple(lines)
            size *= 0.9

    def _broken(self, place: int, text: str, size: float) -> Iterator[tuple[int, str]]:
        flow = self.measured(text, place == _BADGE)
        for line in flow.lines(self.frame.width * 1000 / size):
            yield place, flow.text.plain[line.start : line.end]

    @cached_property
    def above_extra(self) -> float:
        """What the lines above the first page need more than one line (pt)."""
        size, lines = self.above_lines
        return max(0.0, len(lines) * size * ABOVE_STEP - self.frame.above) + (size if lines else 0)

    def _ems(self, text: str, bold: bool) -> float:
        key = (text, bold)
        if key not in self._widths_in_ems:
            flow = self.measured(text, bold)
            self._widths_in_ems[key] = flow.width(0, len(flow.text.plain)) / 1000
        return self._widths_in_ems[key]

    def flow(self, cell: Cell) -> Flow:
        """The measured text of a cell of this sheet."""
        return self._flows[id(cell)]

    def size_of(self, cell: Cell, size: float) -> float:
        """The font size of a cell on a sheet of this size; never under the form's smallest."""
        return max(size * cell.spec.scale, self._font.smallest)

    def line_height(self, cell: Cell, size: float) -> float:
        """Distance of two lines of a cell."""
        return self.size_of(cell, size) * self._font.line * (1 + self._slack.height)

    def padding(self, cell: Cell) -> tuple[float, float]:
        """Empty room above and below the text. A label and the field under it share one."""
        if cell.head and cell.spec.field:
            return self._padding, 0.0
        return (self._padding * 0.3 if cell.joined else self._padding), self._padding

    def lines(self, block: Block, cell: Cell, size: float, flow: Flow | None = None) -> list[Line]:
        """The lines of a cell (or of `flow` in it); a vertical label has a character a line."""
        flow = flow or self.flow(cell)
        if cell.spec.vertical:
            return [Line(n, n + 1) for n in range(len(flow.text.plain))]
        return flow.lines(*self._widths(block, cell, size))

    def text_height(self, cell: Cell, size: float, lines: int) -> float:
        """Height of a cell that shows so many lines (room for one at least)."""
        return max(1, lines) * self.line_height(cell, size) + sum(self.padding(cell))

    def row_heights(self, block: Block, size: float) -> list[float]:
        """The least height of each row of a block."""
        needs = [
            (cell.row, cell.rows, self.text_height(cell, size, self._count(block, cell, size)))
            for cell in block.cells
        ]
        return row_heights(block.rows, needs)

    def _count(self, block: Block, cell: Cell, size: float) -> int:
        flow = self.flow(cell)
        if cell.spec.vertical:
            return len(flow.text.plain)
        return flow.count(*self._widths(block, cell, size))

    def _widths(self, block: Block, cell: Cell, size: float) -> tuple[float, float]:
        """Width of a line, and how far 、 and 。 may stand out of it, in 1/1000 of the size."""
        share = block.edges[cell.column + cell.columns] - block.edges[cell.column]
        inner = (share * self.frame.width - 2 * self._padding) * (1 - self._slack.width)
        unit = 1000 / self.size_of(cell, size)
        return inner * unit, 0.8 * self._padding * unit


def row_heights(rows: Sequence[Row], needs: Sequence[tuple[int, int, float]]) -> list[float]:
    """Least heights of rows that satisfy `needs`: (first row, number of rows, height)."""
    heights = [row.minimum * MM for row in rows]
    for first, count, height in needs:
        if count == 1:
            heights[first] = max(heights[first], height)
    _even_out(rows, heights)
    for first, count, height in sorted(needs, key=lambda need: need[1]):
        lacking = height - sum(heights[first : first + count])
        if count > 1 and lacking > 0:
            span = range(first, first + count)
            share_out(heights, [n for n in span if not rows[n].head] or list(span), lacking)
    return heights


def share_out(heights: list[float], rows: Sequence[int], room: float) -> None:
    """Share room out among rows, in proportion to their heights."""
    total = sum(heights[n] for n in rows)
    for n in rows:
        heights[n] += room * (heights[n] / total if total else 1 / len(rows))


def _even_out(rows: Sequence[Row], heights: list[float]) -> None:
    """Make the rows of a group equally high, unless one of them is much higher than the others."""
    groups: dict[int, list[int]] = {}
    for n, row in enumerate(rows):
        if row.group is not None:
            groups.setdefault(row.group, []).append(n)
    for members in groups.values():
        highest = max(heights[n] for n in members)
        if highest <= _EVEN * min(heights[n] for n in members):
            for n in members:
                heights[n] = highest
