"""Putting the blocks of a sheet on pages, and cutting what is too long for one.

Blocks flow down the pages. A block that meets the page end is cut between two lines
of its texts; the next page begins with the header blocks again, then the block's own
head rows and the rest. Heads never stand alone at the foot of a page.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

from app.forms.fitting.breaking import TOLERANCE, Grid, GridCell, Part
from app.forms.fitting.layout import FittedPage, PlacedCell
from app.forms.fitting.lines import Flow, Line
from app.forms.fitting.measuring import Measure, row_heights
from app.forms.sheet import Block, Cell

CONTINUED: Final = "（つづき）"
# A header that is printed again shows at most so many lines of each text.
_REPEATED_LINES: Final = 3
# A header that would take more of a page than this is not printed again.
_MOST_HEADER: Final = 0.4
_Shown = Mapping[int, tuple[int, int]]
_Texts = Mapping[int, tuple[Flow, list[Line]]]


class Paginator:
    """Lays one sheet out at one size."""

    def __init__(
        self, measure: Measure, size: float, heights: list[list[float]] | None = None
    ) -> None:
        """`heights` are the row heights of each block where everything fits one page."""
        self._measure, self._size, self._heights = measure, size, heights
        self._frame = measure.frame
        self._lines = {
            id(cell): measure.lines(block, cell, size)
            for block in measure.sheet.blocks
            for cell in block.cells
        }
        self._pages: list[list[PlacedCell]] = [[]]
        self._y, self._is_fresh = measure.above_extra, True

    def pages(self) -> tuple[FittedPage, ...]:
        """The pages, none higher than the frame."""
        for number, block in enumerate(self._measure.sheet.blocks):
            if self._heights is not None:
                self._put_whole(block, self._heights[number])
                continue
            part: Part | None = self._grid(block).whole()
            while part is not None:
                part = self._put_some(block, part)
        return tuple(self._page(number, cells) for number, cells in enumerate(self._pages))

    def _grid(self, block: Block) -> Grid:
        cells = [self._grid_cell(cell) for cell in block.cells]
        return Grid(block.rows, cells, _lead(block), row_heights)

    def _grid_cell(self, cell: Cell) -> GridCell:
        """A cell as page ends see it: a label that takes much of a page is cut as any text."""
        measure, lines = self._measure, len(self._lines[id(cell)])
        height = measure.line_height(cell, self._size)
        is_head = cell.head and lines * height <= self._frame.height * _MOST_HEADER
        padding = sum(measure.padding(cell))
        return GridCell(cell.row, cell.rows, lines, height, padding, is_head)

    def _page(self, number: int, cells: list[PlacedCell]) -> FittedPage:
        measure, sheet, top = self._measure, self._measure.sheet, self._frame.top
        above = (sheet.above, sheet.above_center, sheet.above_right)
        size, lines = measure.above_lines
        if number == 0:
            top += measure.above_extra
        elif sheet.above:
            above = (sheet.above + CONTINUED, *above[1:])
        bottom = max((cell.y + cell.height for cell in cells), default=top)
        if not lines:
            size = measure.above_size(above, sheet.badge)
        elif number:
            # It stood above the first page whole.
            above, lines = (self._again(sheet.above), "", ""), ()
            size = measure.least_above_size
            return FittedPage(tuple(cells), above, size, "", top, bottom - top)
        return FittedPage(tuple(cells), above, size, sheet.badge, top, bottom - top, lines)

    def _again(self, above: str) -> str:
        """What stands above a further page if it is too long for a line: its beginning."""
        measure = self._measure
        room = self._frame.width * 1000 / measure.least_above_size
        suffix = "…" + CONTINUED
        flow = measure.measured(above, False)
        room -= measure.measured(suffix, False).width(0, len(suffix))
        end = next((n for n in range(len(above)) if flow.width(0, n + 1) > room), len(above))
        return above[:end] + suffix

    def _new_page(self) -> None:
        self._pages.append([])
        self._y = 0.0
        for block, heights, texts in self._header:
            self._repeat(block, heights, texts)
        self._is_fresh = True

    @cached_property
    def _header(self) -> list[tuple[Block, list[float], _Texts]]:
        """The header blocks as they are printed again, none if they take too much of a page."""
        header = [self._repeated(b) for b in self._measure.sheet.blocks if b.header]
        high = sum(sum(heights) for _, heights, _ in header)
        return header if high <= self._frame.height * _MOST_HEADER else []

    def _put_some(self, block: Block, part: Part) -> Part | None:
        """Put as much of a part as the page holds; what is left of it, None for nothing."""
        heights = part.heights()
        room = self._frame.height - self._y
        if sum(heights) <= room + TOLERANCE:
            return self._put(block, part, heights, part.shown(heights))
        kept = part.kept(heights, room, self._is_fresh)
        if kept is None:
            self._new_page()
            return part
        rest = self._put(block, part, kept, part.shown(kept))
        if rest is not None:
            self._new_page()
        return rest

    def _put_whole(self, block: Block, heights: Sequence[float]) -> None:
        """Put a block on a page that is known to hold it."""
        tops = list(accumulate(heights, initial=self._frame.top + self._y))
        for cell in block.cells:
            edges = (tops[cell.row], tops[cell.row + cell.rows])
            self._place(block, cell, edges, self._measure.flow(cell), self._lines[id(cell)])
        self._y = tops[-1] - self._frame.top

    def _put(
        self, block: Block, part: Part, heights: Sequence[float], shown: _Shown
    ) -> Part | None:
        tops = list(accumulate(heights, initial=self._frame.top + self._y))
        for number, every in part.places.items():
            places = [n for n in every if n < len(heights)]
            if places:
                cell = block.cells[number]
                start, end = shown.get(number, (0, 0))
                lines = self._lines[id(cell)][start:end]
                flow = self._measure.flow(cell)
                edges = (tops[places[0]], tops[places[-1] + 1])
                self._place(block, cell, edges, flow, lines, part.number)
        self._y = tops[-1] - self._frame.top
        self._is_fresh = False
        return part.rest(shown, len(heights))

    def _place(
        self,
        block: Block,
        cell: Cell,
        edges: tuple[float, float],
        flow: Flow,
        lines: Sequence[Line],
        part: int = 0,
        repeated: bool = False,
    ) -> None:
        left, right = block.edges[cell.column], block.edges[cell.column + cell.columns]
        self._pages[-1].append(
            PlacedCell(
                cell=cell,
                x=self._frame.left + left * self._frame.width,
                y=edges[0],
                width=(right - left) * self._frame.width,
                height=edges[1] - edges[0],
                size=self._measure.size_of(cell, self._size),
                line_height=self._measure.line_height(cell, self._size),
                padding=self._measure.padding(cell),
                flow=flow,
                lines=tuple(lines),
                part=part,
                repeated=repeated,
            )
        )

    def _repeated(self, block: Block) -> tuple[Block, list[float], _Texts]:
        """A header block as it is printed again; a text with too many lines ends in …."""
        texts = {id(cell): self._repeated_text(block, cell) for cell in block.cells}
        needs = [
            (c.row, c.rows, self._measure.text_height(c, self._size, len(texts[id(c)][1])))
            for c in block.cells
        ]
        return block, row_heights(block.rows, needs), texts

    def _repeat(self, block: Block, heights: list[float], texts: _Texts) -> None:
        for cell in block.cells:
            top = self._frame.top + self._y + sum(heights[: cell.row])
            edges = (top, top + sum(heights[cell.row : cell.row + cell.rows]))
            self._place(block, cell, edges, *texts[id(cell)], repeated=True)
        self._y += sum(heights)

    def _repeated_text(self, block: Block, cell: Cell) -> tuple[Flow, list[Line]]:
        measure = self._measure
        if cell.head:
            return measure.flow(cell), self._lines[id(cell)]
        is_name = cell.spec.field == "name" and not measure.sheet.above
        suffix = CONTINUED if is_name else ""
        flow = measure.measured(cell.text + suffix, cell.bold)
        lines = measure.lines(block, cell, self._size, flow)
        if len(lines) > _REPEATED_LINES:
            end = lines[_REPEATED_LINES - 1].end - len(suffix) - 2
            flow = measure.measured(flow.text.plain[:end] + "…" + suffix, cell.bold)
            lines = measure.lines(block, cell, self._size, flow)[:_REPEATED_LINES]
        return flow, lines


def _lead(block: Block) -> int:
    """Number of head rows that every part of the block begins with.

    If each text row has a head of its own, the last of them belongs to the first text row and
    not to all.
    """
    heads = [row.head for row in block.rows]
    lead = heads.index(False) if False in heads else len(heads)
    return lead - 1 if True in heads[lead:] else lead
