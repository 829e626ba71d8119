"""A table of indicators inside a form: heads such as 指標, 単位, 目標値, and a row an indicator."""

from dataclasses import dataclass

from app.intake.forms.blocks import Block
from app.intake.grid import GridCell
from app.intake.words import KPI, KPIS
from app.intake.year_words import YearWord

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Head:
    """A head of the table: its cell, the part of an indicator, the year of a target."""

    cell: GridCell
    field: str
    year: YearWord | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The heads of one table, and its cells with the head that each stands under."""

    heads: tuple[Head, ...]
    cells: tuple[tuple[GridCell, Head], ...]


def indicator_tables(block: Block) -> list[IndicatorTable]:
    """The tables of indicators of a form, from the top."""
    found = []
    for row in sorted({cell.row for cell in block.labels}):
        heads = _heads(block, row)
        if len(heads) >= _FEWEST and any(head.field == f"{KPI}text" for head in heads):
            cells = tuple(_cells(block, heads))
            if cells:
                found.append(IndicatorTable(tuple(heads), cells))
    return found


def _heads(block: Block, row: int) -> list[Head]:
    """The heads of indicators in a row; a year among them heads a target."""
    heads = []
    for cell in (c for c in block.cells if c.row == row):
        sort = block.sort(cell)
        if sort.label and sort.label.indicator:
            name = sort.label.indicator
            # What spans rows at the left of the heads is the title of the table.
            is_title = name == KPIS and cell.rows > 1
            heads += [] if is_title else [Head(cell, f"{KPI}text" if name == KPIS else name)]
        elif sort.year and heads:
            heads.append(Head(cell, f"{KPI}target", sort.year))
    parts = {head.field for head in heads if not head.year}
    return heads if len(parts) > 1 or any(head.year for head in heads) else []


def _cells(block: Block, heads: list[Head]) -> list[tuple[GridCell, Head]]:
    """The texts below the heads, row by row, up to the first row that is none of the table's."""
    found: list[tuple[GridCell, Head]] = []
    row = heads[0].cell.bottom
    left, right = heads[0].cell.column, heads[-1].cell.right
    while True:
        inside = [c for c in block.cells if c.row == row and left <= c.column < right]
        under = [(c, h) for c in inside for h in heads if c.shares_columns(h.cell)]
        if not inside or len(under) != len(inside) or not _are_texts(block, inside):
            return found
        found += under
        row = max(cell.bottom for cell in inside)


def _are_texts(block: Block, cells: list[GridCell]) -> bool:
    # A target such as 2026 or R8 looks like a year.
    return all(block.sort(c).is_text or block.sort(c).year for c in cells)
