"""Which year a cell of a form stands under, or right of."""

from app.intake.forms.blocks import Block
from app.intake.grid import GridCell
from app.intake.words import YEARS
from app.intake.year_words import YearWord

MARK_FIELD = YEARS + "mark"


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


def years_beside(block: Block, label: GridCell) -> list[tuple[GridCell, bool]]:
    """The years that make a table with a label: (year, whether the years stand in a row above).

    They stand above and right of a label in front of a row, or left of a column below it.
    """
    down = [y for y in block.years if y.row >= label.bottom and y.right <= label.column]
    if down and min(year.row for year in down) == label.bottom:
        return [(year, False) for year in down]
    across = [y for y in block.years if y.bottom <= label.row and y.column >= label.right]
    return [(year, True) for year in across]


def governing_field(block: Block, year: GridCell) -> str:
    """The field of the label that a year stands right of or under (工程表), "" for none."""
    fields = [
        label.yearly
        for cell in block.labels
        if (label := block.sort(cell).label)
        and label.yearly
        and label.yearly != MARK_FIELD
        and (
            (cell.right <= year.column and cell.shares_rows(year))
            or (cell.bottom <= year.row and cell.column <= year.column < cell.right)
        )
    ]
    return fields[-1] if fields else ""
