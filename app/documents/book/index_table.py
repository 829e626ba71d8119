"""Index tables (一覧表) on pages: one table a pillar, in the form's own style.

The head of the table stands on every page. A category whose rows go over the end of a page
is named again on the next. The number of a page is a Reference: it is filled in from the
very pages that are printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.book.index_rows import (
    IndexRow,
    Slot,
    head_words,
    index_rows,
    slots,
    state_lines,
    year_head,
)
from app.documents.pages.drawing import Box, Link, Rule
from app.documents.pages.page_builder import PageBuilder, Paper, Reference
from app.documents.pages.typesetting import ASCENT, LEADING, label_height, label_texts
from app.forms.fields import filled
from app.forms.fitting.layout import MM
from app.forms.fitting.lines import Flow
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.plan.entities import Pillar
from app.plan.plan import Plan

INDEX: Final = "index"
CONTINUED: Final = "（つづき）"
_PADDING: Final = 1.2 * MM
_FRAME, _CELL, _GROUP = 1.2, 0.4, 0.9
_HEAD_SIZE: Final = 8.5
_HEAD_ROW: Final = 16.0
_FLOOR: Final = 7.0
_CATEGORY_SIZE: Final = 9.5


def index_anchor(pillar: Pillar) -> str:
    """The place where a pillar's index table begins."""
    return f"index:{pillar.id}"


def row_anchor(initiative: str) -> str:
    """The place of an initiative's own row in its index table."""
    return f"row:{initiative}"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is measured: its cells broken to lines, the height they need."""

    row: IndexRow
    flows: tuple[Flow, ...]
    height: float


class IndexTables:
    """Draws the index tables of a plan. Keep one for all pillars."""

    def __init__(self, form: Form, plan: Plan, paper: Paper, metrics: FontMetrics) -> None:
        self._plan, self._style, self._tint = plan, form.index, form.look.tint
        self._paper, self._metrics = paper, metrics
        self._slots = slots(plan, form.index)
        self._edges = _edges(self._slots, paper)
        self._rows = index_rows(plan, form.index)
        self._fields = [slot.column.field for slot in self._slots]

    def leaves(self, pillar: Pillar) -> list[PageBuilder]:
        """The pages of a pillar's table, one at least."""
        rows = [self._measured(row) for row in self._rows[pillar.id]]
        leaves: list[PageBuilder] = []
        while rows or not leaves:
            leaf = PageBuilder(self._paper, self._metrics, INDEX)
            top = self._draw_above(leaf, pillar, is_first=not leaves)
            count = self._count_fitting(rows, self._paper.bottom - top - self._head_height)
            self._draw_table(leaf, top, rows[:count])
            rows = rows[count:]
            leaves.append(leaf)
        return leaves

    @property
    def _head_height(self) -> float:
        return _HEAD_ROW * (2 if "marks" in self._fields else 1)

    def _measured(self, row: IndexRow) -> _Row:
        flows = tuple(Flow(text, self._metrics) for text in row.texts)
        size, height = self._style.size, 0.0
        for number, flow in enumerate(flows):
            if self._fields[number] != "category":
                lines = flow.count(self._inner_width(number) * 1000 / size)
                height = max(height, max(1, lines) * size * LEADING)
        return _Row(row, flows, height + 2 * _PADDING)

    def _inner_width(self, number: int) -> float:
        return self._edges[number + 1] - self._edges[number] - 2 * _PADDING

    def _count_fitting(self, rows: Sequence[_Row], room: float) -> int:
        """How many of the rows a page holds, one at least."""
        count = 0
        while count < len(rows) and sum(self._heights(rows[: count + 1])) <= room:
            count += 1
        if count < len(rows) and count > 2 and self._is_orphan(rows, count):
            count -= 1
        return max(count, min(1, len(rows)))

    def _is_orphan(self, rows: Sequence[_Row], count: int) -> bool:
        """Whether a category would leave one row alone at the foot of the page."""
        above, last, below = (rows[n].row.category for n in (count - 2, count - 1, count))
        return above != last and last == below

    def _heights(self, rows: Sequence[_Row]) -> list[float]:
        """Heights of rows on one page: a category's rows grow until its name fits beside them."""
        heights: list[float] = []
        for first, last in _groups(rows):
            own = [row.height for row in rows[first:last]]
            lacking = self._category_height(rows[first]) - sum(own)
            heights += [height + max(0.0, lacking) / len(own) for height in own]
        return heights

    def _category_height(self, row: _Row) -> float:
        """The least height beside which a category's name fits."""
        if "category" not in self._fields:
            return 0.0
        number = self._fields.index("category")
        width = self._inner_width(number)
        if not self._slots[number].column.vertical:
            size = self._style.size
            lines = row.flows[number].count(width * 1000 / size)
            return max(1, lines) * size * LEADING + 2 * _PADDING
        text = row.row.texts[number]
        return label_height(text, width, _FLOOR, self._metrics) + 2 * _PADDING

    def _draw_above(self, leaf: PageBuilder, pillar: Pillar, is_first: bool) -> float:
        """What stands above the table; where the table begins."""
        words, paper = head_words(self._plan, pillar, self._style), self._paper
        head, size = filled(self._style.head, words), 14.0 if is_first else 11.0
        y = paper.top
        leaf.paragraph(paper.left, y, paper.inner_width, size,
                       head + ("" if is_first else CONTINUED), bold=True)  # fmt: skip
        y += size * LEADING + 2
        leaf.draw(Rule(paper.left, y, paper.right, y, _FRAME))
        y += 5
        if not is_first:
            return y
        leaf.anchor(index_anchor(pillar))
        for text in [filled(self._style.vision, words), *state_lines(self._style, pillar)]:
            if text:
                y += leaf.paragraph(paper.left, y, paper.inner_width, 10, text)
        if self._style.legend:
            y += 3 + leaf.paragraph(
                paper.left, y + 3, paper.inner_width, 8, self._style.legend, align="right"
            )
        return y + 5

    def _draw_table(self, leaf: PageBuilder, top: float, rows: Sequence[_Row]) -> None:
        self._draw_head(leaf, top)
        y = tops_end = top + self._head_height
        heights = self._heights(rows)
        for row, height in zip(rows, heights, strict=True):
            self._draw_row(leaf, tops_end, row, height)
            tops_end += height
        for first, last in _groups(rows):
            height = sum(heights[first:last])
            self._draw_group(leaf, y, height, rows[first])
            y += height
        paper = self._paper
        leaf.draw(Box(paper.left, top, paper.inner_width, tops_end - top, line=_FRAME))

    def _draw_head(self, leaf: PageBuilder, top: float) -> None:
        paper, height = self._paper, self._head_height
        leaf.draw(Box(paper.left, top, paper.inner_width, height, fill=self._tint))
        first_mark = True
        for number, slot in enumerate(self._slots):
            left, right = self._edges[number : number + 2]
            if slot.year is None:
                self._head_cell(leaf, left, top, right - left, height, slot.column.head)
                continue
            if first_mark:
                width = self._edges[number + self._fields.count("marks")] - left
                self._head_cell(leaf, left, top, width, height / 2, slot.column.head)
            first_mark = False
            words = year_head(self._style, slot.year)
            self._head_cell(leaf, left, top + height / 2, right - left, height / 2, words)

    def _head_cell(
        self, leaf: PageBuilder, left: float, top: float, width: float, height: float, text: str
    ) -> None:
        leaf.draw(Box(left, top, width, height, line=_CELL))
        size = _HEAD_SIZE
        while (
            size > _FLOOR
            and Flow(text, self._metrics, True).width(0, len(text)) * size > (width - 2) * 1000
        ):
            size -= 0.25
        baseline = top + height / 2 + size * (ASCENT - 0.5)
        leaf.write(left + width / 2, baseline, size, text, bold=True, align="center")

    def _draw_row(self, leaf: PageBuilder, top: float, row: _Row, height: float) -> None:
        initiative, size = row.row.listed.initiative.id, self._style.size
        for number, field in enumerate(self._fields):
            left, right = self._edges[number : number + 2]
            if field == "category":
                continue
            leaf.draw(Box(left, top, right - left, height, line=_CELL))
            baseline = top + height / 2 + size * (ASCENT - 0.5)
            if field == "page":
                center = (left + right) / 2
                leaf.draw(Reference(center, baseline, size, initiative, centered=True))
            else:
                self._draw_text(leaf, number, top, height, row.row.texts[number])
            leaf.draw(Link(left, top, right - left, height, initiative))
        if not row.row.listed.is_again:
            leaf.anchor(row_anchor(initiative), top)

    def _draw_text(
        self, leaf: PageBuilder, number: int, top: float, height: float, text: str
    ) -> None:
        size = self._style.size
        flow = Flow(text, self._metrics)
        lines = flow.count(self._inner_width(number) * 1000 / size)
        y = top + (height - lines * size * LEADING) / 2
        align = "left" if self._fields[number] == "name" else "center"
        width = self._inner_width(number)
        leaf.paragraph(self._edges[number] + _PADDING, y, width, size, text,
                       align="left" if align == "left" else "center")  # fmt: skip

    def _draw_group(self, leaf: PageBuilder, top: float, height: float, row: _Row) -> None:
        """A category: its name beside its rows, and a heavier line above them."""
        paper = self._paper
        leaf.draw(Rule(paper.left, top, paper.right, top, _GROUP))
        if "category" not in self._fields:
            return
        number = self._fields.index("category")
        left, right = self._edges[number : number + 2]
        leaf.draw(Box(left, top, right - left, height, line=_CELL))
        text = row.row.texts[number]
        if not self._slots[number].column.vertical:
            self._draw_text(leaf, number, top, height, text)
            return
        inner = (left + 2, top + _PADDING, right - left - 4, height - 2 * _PADDING)
        leaf.draw(*label_texts(text, inner, _CATEGORY_SIZE, _FLOOR, self._metrics))


def _edges(columns: Sequence[Slot], paper: Paper) -> list[float]:
    """The borders of the columns; those without a width share what the others leave."""
    widths = [slot.column.width * MM for slot in columns]
    open_columns = widths.count(0.0)
    rest = paper.inner_width - sum(widths)
    scale = 1.0
    if rest < paper.inner_width / 4:
        scale = paper.inner_width * (0.75 if open_columns else 1.0) / sum(widths)
        rest = paper.inner_width - sum(widths) * scale
    elif not open_columns:
        scale = paper.inner_width / sum(widths)
    edges = [paper.left]
    for width in widths:
        edges.append(edges[-1] + (width * scale if width else rest / open_columns))
    return edges


def _groups(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """[first, last) of the rows of each category."""
    first = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or rows[n].row.category != rows[first].row.category:
            yield first, n
            first = n
