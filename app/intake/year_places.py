"""Which year a cell of a form stands under, or right of."""

from app.intake.blocks import Block
from app.intake.grid import GridCell
from app.intake.year_words import YearWord


def year_of(block: Block, cell: GridCell) -> YearWord | None:
    """The year above a cell, or else left of it in its rows; None for none."""
    beside = [
        year
        for year in block.years
        if year.right <= cell.column and year.shares_rows(cell) and not _is_column_head(block, year)
    ]
    return year_above(block, cell) or (block.sort(beside[-1]).year if beside else None)


def year_above(block: Block, cell: GridCell) -> YearWord | None:
    """The nearest year above a cell that reaches over all of it, None for none."""
    over = [
        year
        for year in block.years
        if year.bottom <= cell.row and year.column <= cell.column and cell.right <= year.right
    ]
    if not over and block.grid.is_flat:
        over = [y for y in block.years if y.bottom <= cell.row and y.column == cell.column]
    return block.sort(max(over, key=lambda year: year.row)).year if over else None


def _is_column_head(block: Block, year: GridCell) -> bool:
    """Whether what belongs to a year stands below it."""
    return any(
        cell.row == year.bottom
        and cell.column >= year.column
        and cell.right <= year.right
        and not block.sort(cell).year
        for cell in block.cells
    )
