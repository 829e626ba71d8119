"""Lists as an Excel table for other programs: one head row, one datum a cell, no merges."""

from pathlib import Path
from typing import Final

from app.documents.lists.lists import ListTable
from app.documents.pages.drawing import Progress, no_progress
from app.errors import KeikakuError
from app.forms.marks import Marked
from storage.excel.writing.styles import DEFAULT_SIZE, Look, Styles, default_font
from storage.excel.writing.text import LONGEST_CELL, put, stored, units
from storage.excel.writing.workbook import MemoryWorkbook
from storage.safe_io import write_bytes

_HEAD: Final = Look(size=DEFAULT_SIZE, bold=True, fill="E9EDF1")
_TEXT: Final = Look(size=DEFAULT_SIZE)
_WIDTHS: Final = (8.0, 40.0)
_SHEET: Final = "取組一覧"


def write_list(table: ListTable, target: Path, tell: Progress = no_progress) -> None:
    """Write a list to `target`, whole or not at all. Raises KeikakuError."""
    write_bytes(target, list_bytes(table, tell))


def list_bytes(table: ListTable, tell: Progress = no_progress) -> bytes:
    """A list as an .xlsx file. Raises KeikakuError for a text that no cell can hold."""
    book = MemoryWorkbook(table.title, default_font())
    sheet, styles = book.add_worksheet(_SHEET), Styles(book)
    head, text = styles.style(_HEAD), styles.style(_TEXT)
    for column, name in enumerate(table.heads, start=1):
        put(sheet, 1, column, Marked(name), head)
        sheet.set_column(column - 1, column - 1, _width(table, column - 1))
    for number, row in enumerate(table.rows, start=2):
        tell(number - 2, len(table.rows))
        for column, datum in enumerate(row, start=1):
            if datum is None or datum == "":
                continue
            if isinstance(datum, int):
                sheet.write_whole_number(number - 1, column - 1, datum)
                continue
            _require_short(datum, number, table.heads[column - 1])
            put(sheet, number, column, Marked(datum), text)
    sheet.freeze_panes(1, 0)
    return book.saved(tell)


def _width(table: ListTable, column: int) -> float:
    """Column width in digits: the longest line, within limits."""
    texts = [table.heads[column], *(str(row[column] or "") for row in table.rows)]
    longest = max(len(line) for text in texts for line in text.split("\n"))
    return min(max(_WIDTHS[0], 2.0 * longest + 2), _WIDTHS[1])


def _require_short(text: str, row: int, head: str) -> None:
    if units(stored(text)) > LONGEST_CELL:
        raise KeikakuError(
            f"{row}行目の「{head}」が{LONGEST_CELL:,}字を超えるため、Excelに出力できません。"
            "CSVで出力するか、文を短くしてください。"
        )
