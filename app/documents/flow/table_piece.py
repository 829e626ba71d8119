"""Tables, measured and cut by page ends: heads on every page, rows that may break.

Lengths are points.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, Self

from app.documents.flow.blocks import Cell, Row, Style, Table
from app.documents.flow.set_text import SetText
from app.documents.pages.drawing import Box, Link, Rule
from app.documents.pages.page_builder import PageBuilder
from app.documents.pages.structure import ARTIFACT, Kind, Node
from app.documents.pages.typesetting import label_height, label_texts
from app.forms import sheet
from app.forms.fitting.breaking import TOLERANCE, Grid, GridCell, Needs, Part
from app.forms.fitting.layout import MM
from app.forms.fitting.lines import Line
from app.forms.fitting.metrics import FontMetrics

# Heads, and texts beside merged rows, that take more of a page are not printed again.
_MOST_REPEATED: Final = 0.35
# How far a vertical label keeps from the lines beside it.
_LABEL_BESIDE: Final = 2.0
Rectangle = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell in its row and column: its text, broken to lines, and what it is."""

    cell: Cell
    row: int
    column: int
    text: SetText
    lines: tuple[Line, ...]
    size: float
    style: Style
    node: Node


class SetTable:
    """A table measured at a width: the places of its cells, their lines, the grid to cut."""

    def __init__(
        self, table: Table, room: tuple[float, float], node: Node, metrics: FontMetrics,
        first_note: int = 1,
    ) -> None:  # fmt: skip
        """`room` is the width and the usual height of the areas that it is put into."""
        self.table, self.metrics, self._most = table, metrics, room[1] * _MOST_REPEATED
        width = min(table.width or room[0], room[0])
        shares = sum(table.widths)
        self.edges = tuple(accumulate((w * width / shares for w in table.widths), initial=0.0))
        self.cells: list[PlacedCell] = []
        for row, column, cell in _places(table):
            self.cells.append(self._set(row, column, cell, node, first_note))
            first_note += len(self.cells[-1].text.notes)
        grid_cells = [self._grid_cell(placed) for placed in self.cells]
        self.single = [row.height for row in table.rows]
        for each in grid_cells:
            if each.rows == 1:
                self.single[each.row] = max(self.single[each.row], each.height(each.lines))
        heads = self._heads(grid_cells)
        for number, each in enumerate(grid_cells):
            if each.row < heads and not each.head:
                grid_cells[number] = replace(each, head=True)
        rows = [_row(number, row, heads) for number, row in enumerate(table.rows)]
        self.grid = Grid(rows, grid_cells, heads, _spread, grows=True)
        self.leading = frozenset(n for n, cell in enumerate(grid_cells) if cell.row < heads)
        self.repeated = frozenset(n for n, cell in enumerate(grid_cells) if cell.head)

    def _heads(self, cells: Sequence[GridCell]) -> int:
        """How many rows stand on every page: none if they are too high, or all there are."""
        count = min(self.table.heads, len(self.table.rows))
        needs = [(c.row, c.rows, c.height(c.lines)) for c in cells if c.row < count]
        rows = [_row(number, row, count) for number, row in enumerate(self.table.rows[:count])]
        is_too_high = sum(_spread(rows, needs)) > self._most
        return 0 if is_too_high or count >= len(self.table.rows) else count

    def _set(self, row: int, column: int, cell: Cell, node: Node, first_note: int) -> PlacedCell:
        style = cell.style or self.table.style
        text = SetText(cell.runs, self.metrics, first_note)
        room = self.width(column, cell) - 2 * self.table.lines.beside
        size = text.size_of(style, room)
        kind: Kind = "head" if cell.scope else "cell"
        own = Node(kind, column, Node("row", row, node), 0, cell.scope, cell.rows, cell.columns)
        return PlacedCell(cell, row, column, text, text.lines(room, size), size, style, own)

    def width(self, column: int, cell: Cell) -> float:
        """The width of a cell that begins in a column."""
        return self.edges[column + cell.columns] - self.edges[column]

    def _grid_cell(self, placed: PlacedCell) -> GridCell:
        cell, padding = placed.cell, 2 * self.table.lines.above
        lines, height = len(placed.lines), placed.size * placed.style.leading
        if cell.vertical:
            room = self.width(placed.column, cell) - 2 * self.table.lines.beside
            text = placed.text.flow.text.plain
            lines, height = 1, label_height(text, room, placed.style.smallest, self.metrics) or 1.0
        # What takes much of a page is not printed again on every one.
        repeated = cell.repeated and cell.rows > 1 and lines * height <= self._most
        return GridCell(placed.row, cell.rows, lines, height, padding, repeated or cell.vertical)


def _places(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with its row and column; one from above keeps its place in the rows below.

    No cell of the heads reaches below them, and none beyond the table.
    """
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            end = len(table.rows)
            if number < table.heads:
                end = min(end, table.heads)
            rows = min(cell.rows, end - number)
            columns = min(cell.columns, len(table.widths) - column)
            over = range(number, number + rows)
            taken |= {(r, c) for r in over for c in range(column, column + columns)}
            if (rows, columns) != (cell.rows, cell.columns):
                cell = replace(cell, rows=rows, columns=columns)
            yield number, column, cell
            column += columns


def _row(number: int, row: Row, heads: int) -> sheet.Row:
    """The row as page ends see it."""
    head = number < heads or row.leads
    return sheet.Row(head, group=number if row.whole else None, minimum=row.height / MM)


def _spread(rows: Sequence[sheet.Row], needs: Needs) -> list[float]:
    """Least heights of rows: what a merged cell lacks is shared out evenly among its rows."""
    heights = [row.minimum * MM for row in rows]
    for first, count, height in sorted(needs, key=lambda need: need[1]):
        lacking = height - sum(heights[first : first + count])
        if lacking > 0:
            for row in range(first, first + count):
                heights[row] += lacking / count
    return heights


@dataclass(frozen=True, slots=True)
class TablePiece:
    """Rows of a table. `seen` are the repeated cells that an earlier page has shown.

    Once it is known which rows stay on a page, `kept` are their heights, and `shown` the lines
    [start, end) of each cell that stand there.
    """

    table: SetTable
    part: Part
    kept: tuple[float, ...] = ()
    shown: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()
    above: float = 0.0
    below: float = 0.0
    keeps: bool = False

    @property
    def _heights(self) -> Sequence[float]:
        return self.kept or self.part.heights()

    @property
    def height(self) -> float:
        """How high all of it is."""
        return sum(self._heights)

    @property
    def least(self) -> float:
        """The heads and the first row, or two lines of it."""
        lead = self.part.lead
        return sum(self.table.single[row] for row in self.part.rows[:lead]) + min(
            (self.table.single[row] for row in self.part.rows[lead : lead + 1]), default=0.0
        )

    @property
    def notes(self) -> Sequence[int]:
        """The numbers of the footnotes that are called in it."""
        cells = self.table.cells
        return tuple(
            note
            for number, (start, end) in self.shown.items()
            if number not in self.seen
            for note in cells[number].text.notes_in(cells[number].lines[start:end])
        )

    def cut(self, room: float, at_top: bool) -> tuple[Self | None, Self | None]:
        """Between rows if it can, else inside one."""
        count = self._count_in_view(room)
        heights = self.part.first(count).heights()
        while count < len(self.part.rows) and sum(heights) <= room + TOLERANCE:
            count += 1
            heights = self.part.first(count).heights()
        if count == len(self.part.rows) and sum(heights) <= room + TOLERANCE:
            return replace(self, kept=tuple(heights), shown=self.part.shown(heights)), None
        kept = self.part.first(count).kept(heights, room, at_top)
        if kept is None:
            return None, self
        shown = self.part.shown(kept)
        rest = self.part.rest(shown, len(kept))
        if rest is not None and not self._goes_on(rest, shown):
            # No room for a line even at the top of a page: a row stands as high as it is.
            kept = heights[: self.part.lead + 1]
            shown = self.part.shown(kept)
            rest = self.part.rest(shown, len(kept))
        first = replace(self, kept=tuple(kept), shown=shown)
        if rest is None:
            return first, None
        cells = self.table.grid.cells
        whole = {n for n, (_, end) in shown.items() if end == cells[n].lines}
        seen = self.seen | self.table.leading | (self.table.repeated & whole)
        return first, replace(self, part=rest, seen=seen)

    def _goes_on(self, rest: Part, shown: Mapping[int, tuple[int, int]]) -> bool:
        """Whether less is left than before."""
        body = (span for n, span in shown.items() if n not in self.table.repeated)
        return len(rest.rows) < len(self.part.rows) or any(end > start for start, end in body)

    def _count_in_view(self, room: float) -> int:
        """How many of the rows to look at: as many as surely fill the room, and one more."""
        rows, lead = self.part.rows, self.part.lead
        high = 0.0
        # The first row may have been shown in part already.
        for count, row in enumerate(rows):
            if high > room:
                return count
            high += self.table.single[row] if count != lead else 0.0
        return len(rows)

    def draw(self, page: PageBuilder, x: float, y: float) -> None:
        """Draw the cells, then the lines that are heavier than those between cells."""
        heights = self._heights
        tops = list(accumulate(heights, initial=y))
        places = list(self._rectangles(x, tops))
        for number, place in places:
            if self.table.cells[number].cell.tint:
                page.draw(Box(*place, fill=self.table.cells[number].cell.tint))
        for number, place in places:
            self._draw_cell(page, number, place, self.shown.get(number, (0, 0)))
        self._draw_rules(page, x, tops)
        self._name_rows(page, tops)

    def _rectangles(self, x: float, tops: Sequence[float]) -> Iterator[tuple[int, Rectangle]]:
        """The cells that stand on this page, by number."""
        for number, every in self.part.places.items():
            places = [n for n in every if n < len(tops) - 1]
            if places:
                placed = self.table.cells[number]
                left, top = x + self.table.edges[placed.column], tops[places[0]]
                width = self.table.width(placed.column, placed.cell)
                yield number, (left, top, width, tops[places[-1] + 1] - top)

    def _draw_cell(
        self, page: PageBuilder, number: int, place: Rectangle, shown: tuple[int, int]
    ) -> None:
        left, top, width, height = place
        placed = self.table.cells[number]
        node = ARTIFACT if number in self.seen else placed.node
        cell, lines = placed.cell, self.table.table.lines
        if lines.row and lines.column:
            page.draw(Box(left, top, width, height, line=lines.row, color=lines.color))
        elif lines.row:
            foot = top + height
            page.draw(Rule(left, foot, left + width, foot, lines.row, lines.color))
        if cell.link:
            page.draw(Link(left, top, width, height, cell.link))
        if cell.vertical:
            inner = (left + _LABEL_BESIDE, top + lines.above,
                     width - 2 * _LABEL_BESIDE, height - 2 * lines.above)  # fmt: skip
            text = placed.text.flow.text.plain
            largest, smallest = placed.style.size, placed.style.smallest
            page.draw(*label_texts(text, inner, largest, smallest, self.table.metrics, node))
            return
        start, end = shown
        high = (end - start) * placed.size * placed.style.leading
        y = top + ((height - high) / 2 if cell.middle else lines.above)
        at = (left + lines.beside, y, width - 2 * lines.beside)
        placed.text.draw(page, placed.lines[start:end], at, placed.size, placed.style, node)

    def _draw_rules(self, page: PageBuilder, x: float, tops: Sequence[float]) -> None:
        table, lead = self.table.table, self.part.lead
        right = x + self.table.edges[-1]
        for index, row in enumerate(self.part.rows[: len(tops) - 1]):
            rule = self._rule_over(row) if index == lead else table.rows[row].rule
            if rule:
                page.draw(Rule(x, tops[index], right, tops[index], rule))
        if not table.lines.frame:
            return
        if table.lines.column:
            page.draw(Box(x, tops[0], right - x, tops[-1] - tops[0], line=table.lines.frame))
            return
        for y in (tops[0], tops[-1]):
            page.draw(Rule(x, y, right, y, table.lines.frame))

    def _rule_over(self, row: int) -> float:
        """The rule over the first row under the heads: that of the group it belongs to."""
        rows = self.table.table.rows
        return next((rows[n].rule for n in range(row, -1, -1) if rows[n].rule), 0.0)

    def _name_rows(self, page: PageBuilder, tops: Sequence[float]) -> None:
        rows = self.table.table.rows
        cells = self.table.cells
        new = (n for n, (start, _) in self.shown.items() if not start and n not in self.seen)
        begun = {cells[n].row for n in new}
        for index, row in enumerate(self.part.rows[: len(tops) - 1]):
            if rows[row].anchor and row in begun:
                page.anchor(rows[row].anchor, tops[index])
