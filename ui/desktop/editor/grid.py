"""Where the cells of a sheet stand on the screen, in px."""

from collections.abc import Callable
from itertools import accumulate

from PySide6.QtCore import QRect

from app.forms.fitting.measuring import row_heights
from app.forms.sheet import Block, Cell, Sheet

Need = Callable[[Cell, int], float]
"""How high a cell must be at a width."""
Places = list[tuple[Cell, QRect]]


def place_cells(sheet: Sheet, width: int, need: Need) -> Places:
    """Every cell of the sheet with its place, from the top down; neighbours share a line."""
    places: Places = []
    top = 0
    for block in sheet.blocks:
        tops = _tops(block, width, need, top)
        for cell in block.cells:
            left, right = _across(block, cell, width)
            upper, lower = tops[cell.row], tops[cell.row + cell.rows]
            places.append((cell, QRect(left, upper, right - left, lower - upper)))
        top = tops[-1]
    return places


def _across(block: Block, cell: Cell, width: int) -> tuple[int, int]:
    edges = block.edges
    return round(edges[cell.column] * width), round(edges[cell.column + cell.columns] * width)


def _tops(block: Block, width: int, need: Need, top: int) -> list[int]:
    needs = []
    for cell in block.cells:
        left, right = _across(block, cell, width)
        needs.append((cell.row, cell.rows, need(cell, right - left)))
    heights = row_heights(block.rows, needs)
    return [top, *(top + round(height) for height in accumulate(heights))]
