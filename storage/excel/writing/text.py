"""Texts in the cells of an exported workbook: always text, bold kept."""

from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from app.errors import KeikakuError
from app.forms.fitting.layout import PlacedCell
from app.forms.marks import Marked, segments
from app.plan.texts.plain_text import cleaned
from storage.excel.issue import escaped
from storage.excel.writing.styles import Look
from storage.excel.writing.workbook import InlineWorksheet

LONGEST_CELL: Final = 32767
"""As many UTF-16 units as Excel takes in a cell."""


def put(
    sheet: InlineWorksheet, row: int, column: int, text: Marked, style: str = "",
    look: Look | None = None,
) -> None:  # fmt: skip
    """Write a text as text, never as a formula or a number; bold stays bold.

    Rows and columns count from 1. `look` is the cell's own, for the runs of a text that is
    partly bold. Raises KeikakuError for a text that no cell can hold: nothing is cut silently.
    """
    plain = stored(text.plain)
    if units(plain) > LONGEST_CELL:
        where = f"「{sheet.name}」の{xl_rowcol_to_cell(row - 1, column - 1)}"
        raise KeikakuError(
            f"{where}の文が{LONGEST_CELL:,}字を超えるため、Excelに出力できません。"
            "計画は元のままです。PDFかCSVで出力するか、文を短くしてください。"
        )
    if look is None or look.bold or not text.bold:
        sheet.write_text(row - 1, column - 1, plain, style)
        return
    runs = [
        (look.run(is_bold), stored(text.plain[start:end]))
        for start, end, is_bold in segments(text, 0, len(text.plain))
    ]
    sheet.write_runs(row - 1, column - 1, [run for run in runs if run[1]], style)


def stored(text: str) -> str:
    """A text as a cell stores it."""
    return escaped(cleaned(text)[0])


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Excel counts: 𠮷 is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """A text of at most so many UTF-16 units, with … instead of what is cut."""
    if units(text) <= most:
        return text
    kept = text[: most - 1]
    while units(kept) > most - 1:
        kept = kept[:-1]
    return kept + "…"


def shown_text(placed: PlacedCell) -> Marked:
    """The text that a cell shows on its page, with its bold spans."""
    start, end = placed.span
    text = placed.flow.text
    if placed.cell.spec.vertical:
        return Marked(text.plain)
    if not text.bold:
        return Marked(text.plain[start:end])
    bold = tuple(
        (low - start, high - start)
        for low, high, is_bold in segments(text, start, end)
        if is_bold and not placed.cell.bold
    )
    return Marked(text.plain[start:end], bold)
