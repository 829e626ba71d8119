"""Lists as an Excel table for other programs: one head row, one datum a cell, no merges."""

from datetime import datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from app.documents.lists.lists import ListTable
from app.documents.pages.drawing import Progress, no_progress
from app.errors import KeikakuError
from app.forms.marks import Marked
from storage.excel.saving import Saving
from storage.excel.styles import DEFAULT_SIZE, Look, Styles, set_default_font
from storage.excel.text import put
from storage.safe_io import write_bytes

_HEAD: Final = Look(size=DEFAULT_SIZE, bold=True, fill="E9EDF1")
_TEXT: Final = Look(size=DEFAULT_SIZE)
_WIDTHS: Final = (8.0, 40.0)
_LONGEST_CELL: Final = 32767
_SHEET: Final = "取組一覧"


def write_list(table: ListTable, target: Path, tell: Progress = no_progress) -> None:
    """Write a list to `target`, whole or not at all. Raises KeikakuError."""
    write_bytes(target, list_bytes(table, tell))


def list_bytes(table: ListTable, tell: Progress = no_progress) -> bytes:
    """A list as an .xlsx file. Raises KeikakuError for a text that no cell can hold."""
    workbook = Workbook()
    set_default_font(workbook)
    workbook.remove(workbook.active)
    sheet = workbook.create_sheet(_SHEET)
    styles = Styles(sheet)
    for column, head in enumerate(table.heads, start=1):
        cell = sheet.cell(1, column)
        put(cell, Marked(head), _HEAD)
        styles.apply(cell, _HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)
    for number, row in enumerate(table.rows, start=2):
        tell(number - 2, len(table.rows))
        for column, datum in enumerate(row, start=1):
            if datum is None or datum == "":
                continue
            cell = sheet.cell(number, column)
            if isinstance(datum, int):
                cell.value = datum
                continue
            _require_short(datum, number, table.heads[column - 1])
            put(cell, Marked(datum), _TEXT)
            styles.apply(cell, _TEXT)
    sheet.freeze_panes = "A2"
    properties = workbook.properties
    properties.title = table.title
    properties.creator = properties.lastModifiedBy = "計画カンバン"
    properties.created = properties.modified = datetime(2000, 1, 1)
    return Saving(workbook).saved(tell)


def _width(table: ListTable, column: int) -> float:
    """Column width in digits: the longest line, within limits."""
    texts = [table.heads[column], *(str(row[column] or "") for row in table.rows)]
    longest = max(len(line) for text in texts for line in text.split("\n"))
    return min(max(_WIDTHS[0], 2.0 * longest + 2), _WIDTHS[1])


def _require_short(text: str, row: int, head: str) -> None:
    if len(text) > _LONGEST_CELL:
        raise KeikakuError(
            f"{row}行目の「{head}」が{_LONGEST_CELL:,}字を超えるため、Excelに出力できません。"
            "CSVで出力するか、文を短くしてください。"
        )
