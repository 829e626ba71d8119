"""Texts in the cells of an exported workbook: always text, bold kept."""

from typing import Final

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from app.forms.fitting.layout import PlacedCell
from app.forms.marks import Marked, segments
from app.plan.texts.plain_text import cleaned
from storage.excel.issue import escaped
from storage.excel.styles import Look

_LONGEST_CELL: Final = 32767


def put(cell: Cell, text: Marked, look: Look | None = None) -> None:
    """Write a text as text, never as a formula or a number; bold stays bold.

    `look` is the cell's own, for the runs of a text that is partly bold.
    """
    if look is None or look.bold or not text.bold:
        cell._value = _clean(text.plain)
    else:
        runs: list[TextBlock] = []
        for start, end, is_bold in segments(text, 0, len(text.plain)):
            font = InlineFont(rFont=look.font, sz=look.size, b=is_bold or None)
            runs.append(TextBlock(font, _clean(text.plain[start:end])))
        cell._value = CellRichText(runs)
    cell.data_type = "s"


def _clean(text: str) -> str:
    return escaped(cleaned(text)[0])[:_LONGEST_CELL]


def shown_text(placed: PlacedCell) -> Marked:
    """The text that a cell shows on its page, with its bold spans."""
    start, end = placed.span
    text = placed.flow.text
    if placed.cell.spec.vertical:
        return Marked(text.plain)
    bold = tuple(
        (low - start, high - start)
        for low, high, is_bold in segments(text, start, end)
        if is_bold and not placed.cell.bold
    )
    return Marked(text.plain[start:end], bold)
