"""Putting the blocks of a sheet on pages, and cutting what is too long for one.

Blocks flow down the pages. A block that meets the page end is cut between two lines
of its texts; the next page begins with the header blocks again, then the block's own
head rows and the rest. Heads never stand alone at the foot of a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.forms.fitting.layout import FittedPage, PlacedCell
from app.forms.fitting.lines import Flow, Line
from app.forms.fitting.measuring import Measure, row_heights
from app.forms.sheet import Block, Cell

CONTINUED: Final = "（つづき）"
TOLERANCE: Final = 0.01
# A header that is printed again shows at most so many lines of each text.
_REPEATED_LINES: Final = 3
# A header that would take more of a page than this is not printed again.
_MOST_HEADER: Final = 0.4
_Shown = Mapping[int, tuple[int, int]]
_Texts = Mapping[int, tuple[Flow, list[Line]]]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is still to be printed of a block: its rows, each cell's next line, which part it is."""

    block: Block
    rows: tuple[int, ...]
    start: Mapping[int, int] = field(default_factory=dict)
    number: int = 0

    def is_head(self, index: int) -> bool:
        """Whether the row at this index holds labels only."""
        return self.block.rows[self.rows[index]].head

    def lead(self) -> int:
        """Number of head rows that every part of the block begins with.

        Where each text row has a head of its own, the last of them belongs to the first
        text row and not to all.
        """
        heads = [row.head for row in self.block.rows]
        lead = heads.index(False) if False in heads else len(heads)
        if True in heads[lead:]:
            lead -= 1
        return sum(row < lead for row in self.rows)

    def before_heads(self, index: int) -> int:
        """The index moved up to where a row's group and the heads above it begin."""
        groups = [self.block.rows[row].group for row in self.rows]
        while index and groups[index] is not None and groups[index - 1] == groups[index]:
            index -= 1
        return self.heads_above(index)

    def heads_above(self, index: int) -> int:
        """The index moved up to where the heads right above it begin."""
        while index and self.is_head(index - 1):
            index -= 1
        return index

    def places(self, cell: Cell) -> list[int]:
        """The indexes of the rows over which a cell stands in this part."""
        return [n for n, row in enumerate(self.rows) if cell.row <= row < cell.row + cell.rows]


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
        self._y, self._is_fresh = 0.0, True

    def pages(self) -> tuple[FittedPage, ...]:
        """The pages, none higher than the frame."""
        for number, block in enumerate(self._measure.sheet.blocks):
            part: _Part | None = _whole(block)
            if self._heights is not None:
                part = self._put(_whole(block), self._heights[number], self._all_lines(block))
            while part is not None:
                part = self._put_some(part)
        return tuple(self._page(number, cells) for number, cells in enumerate(self._pages))

    def _page(self, number: int, cells: list[PlacedCell]) -> FittedPage:
        sheet, top = self._measure.sheet, self._frame.top
        left = sheet.above + CONTINUED if number and sheet.above else sheet.above
        above = (left, sheet.above_center, sheet.above_right)
        bottom = max((cell.y + cell.height for cell in cells), default=top)
        size = self._measure.above_size(above)
        return FittedPage(tuple(cells), above, size, sheet.badge, top, bottom - top)

    def _all_lines(self, block: Block) -> dict[int, tuple[int, int]]:
        return {id(cell): (0, len(self._lines[id(cell)])) for cell in block.cells}

    def _new_page(self) -> None:
        self._pages.append([])
        self._y = 0.0
        header = [self._repeated(b) for b in self._measure.sheet.blocks if b.header]
        if sum(sum(heights) for _, heights, _ in header) <= self._frame.height * _MOST_HEADER:
            for block, heights, texts in header:
                self._repeat(block, heights, texts)
        self._is_fresh = True

    def _put_some(self, part: _Part) -> _Part | None:
        """Put as much of a part as the page holds; what is left of it, None for nothing."""
        heights = self._part_heights(part)
        room = self._frame.height - self._y
        if sum(heights) <= room + TOLERANCE:
            return self._put(part, heights, self._shown(part, heights))
        kept = self._kept(part, heights, room)
        if kept is None:
            self._new_page()
            return part
        rest = self._put(part, kept, self._shown(part, kept))
        if rest is not None:
            self._new_page()
        return rest

    def _part_heights(self, part: _Part) -> list[float]:
        needs = []
        for cell in part.block.cells:
            rows = part.places(cell)
            if rows:
                left = len(self._lines[id(cell)]) - part.start.get(id(cell), 0)
                height = self._measure.text_height(cell, self._size, left)
                needs.append((rows[0], len(rows), height))
        return row_heights([part.block.rows[row] for row in part.rows], needs)

    def _kept(self, part: _Part, heights: list[float], room: float) -> list[float] | None:
        """Heights of the rows that stay on this page, the last one cut; None for none of them."""
        count = 0
        while heights[count] <= room:
            room -= heights[count]
            count += 1
        cut = [*heights[:count], room]
        if self._is_worth_cutting(part, cut):
            return cut
        whole = heights[: part.before_heads(count)]
        if len(whole) > part.lead() and self._has_whole_heads(part, whole):
            return whole
        if not self._is_fresh:
            return None
        # Nothing better is to be had on a page of its own: a group is torn apart.
        return heights[:count] if count > part.lead() else cut

    def _is_worth_cutting(self, part: _Part, kept: list[float]) -> bool:
        """Whether the cut row shows a line of every text that ends in it."""
        last = len(kept) - 1
        row = part.block.rows[part.rows[last]]
        if row.head or row.group is not None:
            return False
        if not self._has_whole_heads(part, kept):
            return False
        shown = self._shown(part, kept)
        ending = [cell for cell in part.block.cells if (part.places(cell) or [-1])[-1] == last]
        spans = [(shown.get(id(cell), (0, 0)), len(self._lines[id(cell)])) for cell in ending]
        return all(start < end or start == total for (start, end), total in spans)

    def _has_whole_heads(self, part: _Part, kept: Sequence[float]) -> bool:
        """Whether no label is cut off at the foot of the kept rows."""
        shown = self._shown(part, kept)
        heads = (cell for cell in part.block.cells if cell.head and id(cell) in shown)
        return all(shown[id(head)][1] == len(self._lines[id(head)]) for head in heads)

    def _shown(self, part: _Part, kept: Sequence[float]) -> dict[int, tuple[int, int]]:
        """Which lines of each cell stand in the kept rows."""
        shown = {}
        for cell in part.block.cells:
            room = sum(kept[n] for n in part.places(cell) if n < len(kept))
            if room > 0:
                start, total = part.start.get(id(cell), 0), len(self._lines[id(cell)])
                free = room - sum(self._measure.padding(cell)) + TOLERANCE
                count = int(free / self._measure.line_height(cell, self._size))
                shown[id(cell)] = (start, min(total, start + max(0, count)))
        return shown

    def _put(self, part: _Part, heights: Sequence[float], shown: _Shown) -> _Part | None:
        tops = [self._frame.top + self._y]
        for height in heights:
            tops.append(tops[-1] + height)
        for cell in part.block.cells:
            places = [n for n in part.places(cell) if n < len(heights)]
            if places:
                start, end = shown.get(id(cell), (0, 0))
                lines = self._lines[id(cell)][start:end]
                flow = self._measure.flow(cell)
                edges = (tops[places[0]], tops[places[-1] + 1])
                self._place(part.block, cell, edges, flow, lines, part.number)
        self._y = tops[-1] - self._frame.top
        self._is_fresh = False
        return self._rest(part, shown, len(heights))

    def _rest(self, part: _Part, shown: _Shown, count: int) -> _Part | None:
        """What is left after `count` rows: the last of them again where a text of it goes on."""
        ends = {key: end for key, (_, end) in shown.items()}
        goes_on = any(
            ends.get(id(cell), 0) < len(self._lines[id(cell)])
            and (part.places(cell) or [-1])[-1] == count - 1
            for cell in part.block.cells
            if not cell.head
        )
        first = count - 1 if goes_on else count
        if first >= len(part.rows):
            return None
        lead = part.lead()
        rows = part.rows[:lead] + part.rows[max(part.heads_above(first), lead) :]
        return _Part(
            part.block, rows, {**part.start, **ends, **self._no_heads(part)}, part.number + 1
        )

    def _no_heads(self, part: _Part) -> dict[int, int]:
        return {id(cell): 0 for cell in part.block.cells if cell.head}

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


def _whole(block: Block) -> _Part:
    return _Part(block, tuple(range(len(block.rows))))
