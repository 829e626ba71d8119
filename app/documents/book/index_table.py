"""Index tables (一覧表) on pages: one table a pillar, in the form's own style.

The head of the table stands on every page. A category whose rows go over the end of a page
is named again on the next. The number of a page is a reference: it is filled in from the
very pages that are printed.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
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
from app.documents.flow.blocks import (
    Block,
    Cell,
    Heading,
    Item,
    ItemList,
    Lines,
    Paragraph,
    Row,
    Run,
    Style,
    Table,
    runs_of,
)
from app.documents.flow.layouter import lay_out
from app.documents.flow.titles import TitledPages
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import label_height
from app.forms.fields import filled
from app.forms.fitting.layout import MM
from app.forms.fitting.lines import Flow
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.plan.entities import Pillar
from app.plan.plan import Plan

INDEX: Final = "index"
_PADDING: Final = 1.2 * MM
_LINES: Final = Lines(1.2, 0.4, 0.4, beside=_PADDING, above=_PADDING)
_GROUP: Final = 0.9
_FIRST: Final = Style(14.0, gap=2.0, rule=1.2, below=5.0)
_FURTHER: Final = Style(11.0, gap=2.0, rule=1.2, below=5.0)
_LEGEND: Final = Style(8.0, align="right", above=3.0)
_HEAD: Final = Style(8.5, leading=1.08, align="center", smallest=7.0)
_HEAD_ROW: Final = 16.0
_CATEGORY: Final = Style(9.5, smallest=7.0)
# A category that is longer stands above its rows, not beside them.
_HIGHEST_CATEGORY: Final = 200.0
# What keeps the room for the number of a page.
_PAGE: Final = "000"


def index_anchor(pillar: Pillar) -> str:
    """The place where a pillar's index table begins."""
    return f"index:{pillar.id}"


def row_anchor(initiative: str) -> str:
    """The place of an initiative's own row in its index table."""
    return f"row:{initiative}"


class IndexTables:
    """Draws the index tables of a plan. Keep one for all pillars."""

    def __init__(self, form: Form, plan: Plan, paper: Paper, metrics: FontMetrics) -> None:
        self._plan, self._style, self._tint = plan, form.index, form.look.tint
        self._paper, self._metrics = paper, metrics
        self._slots = slots(plan, form.index)
        self._widths = _widths(self._slots, paper)
        self._rows = index_rows(plan, form.index)
        size = form.index.size
        self._cell = Style(size, align="center")
        self._name = Style(size)

    def leaves(self, pillar: Pillar) -> list[PageBuilder]:
        """The pages of a pillar's table, one at least."""
        title = filled(self._style.head, head_words(self._plan, pillar, self._style))
        heading = Heading((Run(title, bold=True),), 2, _FIRST)
        pages = TitledPages(heading, self._paper, self._metrics, INDEX, _FURTHER)
        blocks = [heading, *self._above(pillar), self._table(pillar)]
        section = Node("section", index_anchor(pillar))
        lay_out(blocks, pages.room, pages.open, section, self._metrics)
        pages.leaves[0].anchor(index_anchor(pillar))
        return pages.leaves

    def _above(self, pillar: Pillar) -> list[Block]:
        """What stands between the title and the table."""
        style, blocks = Style(10.0), list[Block]()
        vision = filled(self._style.vision, head_words(self._plan, pillar, self._style))
        if vision:
            blocks.append(Paragraph(runs_of(vision), style))
        states = [line for line in state_lines(self._style, pillar) if line]
        if states:
            items = tuple(Item(runs_of(state), sign="") for state in states)
            blocks.append(ItemList(items, style))
        if self._style.legend:
            blocks.append(Paragraph(runs_of(self._style.legend), _LEGEND, keep=True))
        return blocks

    def _table(self, pillar: Pillar) -> Table:
        heads = list(self._heads())
        rows = [row for _, group in self._groups(pillar) for row in self._category(group)]
        style = Style(self._style.size, above=5.0)
        return Table(self._widths, (*heads, *rows), len(heads), style, _LINES)

    def _groups(self, pillar: Pillar) -> Iterator[tuple[str, list[IndexRow]]]:
        """The rows of each category."""
        for id, group in groupby(self._rows[pillar.id], lambda row: row.category.id):
            yield id, list(group)

    def _heads(self) -> Iterator[Row]:
        """One row of heads; two if the marks of years have a head of their own."""
        years = [slot.year for slot in self._slots if slot.year]
        cells: list[Cell] = []
        for slot in self._slots:
            if slot.year is None:
                cells.append(self._head(slot.column.head, rows=2 if years else 1))
            elif slot.year is years[0]:
                cells.append(self._head(slot.column.head, columns=len(years)))
        yield Row(tuple(cells), height=_HEAD_ROW)
        if years:
            words = (year_head(self._style, year) for year in years)
            yield Row(tuple(map(self._head, words)), height=_HEAD_ROW)

    def _head(self, text: str, rows: int = 1, columns: int = 1) -> Cell:
        runs = (Run(text, bold=True),)
        return Cell(runs, rows, columns, _HEAD, scope="column", middle=True, tint=self._tint)

    def _category(self, group: Sequence[IndexRow]) -> Iterator[Row]:
        """The rows of a category: its name beside them, or above them if it is very long."""
        beside = self._has_room_beside(group[0])
        if not beside:
            name = next(
                text for text, slot in zip(group[0].texts, self._slots, strict=True)
                if slot.column.field == "category"
            )  # fmt: skip
            head = Cell(runs_of(name), columns=len(self._slots), style=self._name, scope="row")
            yield Row((head,), leads=True, rule=_GROUP)
        for number, row in enumerate(group):
            is_first = number == 0
            cells = [
                self._body(slot, text, row, len(group))
                for slot, text in zip(self._slots, row.texts, strict=True)
                if slot.column.field != "category" or is_first
            ]
            if not beside and is_first:
                place = next(n for n, s in enumerate(self._slots) if s.column.field == "category")
                cells[place] = Cell(rows=len(group))
            anchor = "" if row.listed.is_again else row_anchor(row.listed.initiative.id)
            rule = _GROUP if is_first and beside else 0.0
            yield Row(tuple(cells), whole=True, anchor=anchor, rule=rule)

    def _has_room_beside(self, row: IndexRow) -> bool:
        """Whether the name of a category is low enough to stand beside its rows."""
        for number, slot in enumerate(self._slots):
            if slot.column.field != "category":
                continue
            width = self._widths[number] - 2 * _PADDING
            text, size = row.texts[number], self._style.size
            if slot.column.vertical:
                high = label_height(text, width, _CATEGORY.smallest, self._metrics)
            else:
                high = Flow(text, self._metrics).count(width * 1000 / size) * size
            return high <= _HIGHEST_CATEGORY
        return True

    def _body(self, slot: Slot, text: str, row: IndexRow, count: int) -> Cell:
        initiative = row.listed.initiative.id
        match slot.column.field:
            case "category" if slot.column.vertical:
                return Cell((Run(text),), count, style=_CATEGORY, scope="row", vertical=True)
            case "category":
                return Cell(runs_of(text), count, 1, self._cell, "row", middle=True, repeated=True)
            case "page":
                number = (Run(_PAGE, page_of=initiative),)
                return Cell(number, style=self._cell, middle=True, link=initiative)
            case "name":
                return Cell(runs_of(text), style=self._name, middle=True, link=initiative)
            case _:
                return Cell(runs_of(text), style=self._cell, middle=True, link=initiative)


def _widths(columns: Sequence[Slot], paper: Paper) -> tuple[float, ...]:
    """The widths of the columns; those without one share what the others leave."""
    widths = [slot.column.width * MM for slot in columns]
    open_columns = widths.count(0.0)
    rest = paper.inner_width - sum(widths)
    scale = 1.0
    if rest < paper.inner_width / 4:
        scale = paper.inner_width * (0.75 if open_columns else 1.0) / sum(widths)
        rest = paper.inner_width - sum(widths) * scale
    elif not open_columns:
        scale = paper.inner_width / sum(widths)
    return tuple(width * scale if width else rest / open_columns for width in widths)
