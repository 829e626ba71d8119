"""The worksheets of a city's own workbook (.xlsx) as grids, each cell as it is shown."""

import io
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from app.errors import KeikakuError
from app.forms.marks import MARK
from app.intake.grid import Grid, GridCell, Place, grid_of
from app.plan.texts.plain_text import cleaned
from storage.excel.cells import rich_text
from storage.excel.gate import Gate
from storage.excel.issue import META_SHEET, is_mark, unescaped
from storage.excel.notes import notes_of
from storage.excel.shown import shown_value

_MOST_ROWS: Final = 10_000
_MOST_CELLS: Final = 200_000
_WIDEST: Final = 500
_WHITE: Final = ("FFFFFFFF", "00FFFFFF", "00000000")
_ADVICE: Final = "Excelで開いて保存し直してから、もう一度選んでください。"


def read_xlsx(data: bytes, name: str) -> tuple[Grid, ...]:
    """All worksheets of the workbook called `name`. Raises KeikakuError if it is not one."""
    gate = Gate(data, name, _ADVICE)
    try:
        return tuple(_grids(gate, name))
    except (ParseError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        # openpyxl has no error of its own for a file that is not what it claims to be.
        raise KeikakuError(
            f"「{name}」はこわれているため、読めませんでした。計画は変わっていません。{_ADVICE}"
        ) from error


def _grids(gate: Gate, name: str) -> Iterator[Grid]:
    book = load_workbook(
        io.BytesIO(gate.archive()),
        read_only=True, data_only=True, rich_text=True, keep_links=False,
    )  # fmt: skip
    try:
        for sheet in book.worksheets:
            if sheet.title == META_SHEET:
                continue
            part = sheet._worksheet_path
            cells = _cells(book, sheet, gate.merges(part))
            hidden = sheet.sheet_state != "visible"
            notes = notes_of(gate.parts, part)
            yield grid_of(name, sheet.title, cells, notes=notes, is_hidden=hidden)
    finally:
        book.close()


def _cells(
    book: Workbook, sheet: ReadOnlyWorksheet, merges: list[tuple[str, str]]
) -> Iterator[GridCell]:
    spans: dict[Place, tuple[int, int]] = {}
    for first, last in merges:
        (top, left), (bottom, right) = coordinate_to_tuple(first), coordinate_to_tuple(last)
        spans[top, left] = (bottom - top + 1, min(right - left + 1, _WIDEST))
    for found in _found(book, sheet):
        place = found["row"], found["column"]
        rows, columns = spans.pop(place, (1, 1))
        is_text = META_SHEET in book.sheetnames and isinstance(found["value"], str)
        is_ours = is_text and is_mark(found["value"])
        if is_ours or (found["value"] is None and (rows, columns) == (1, 1)):
            continue
        yield _cell(book, found, rows, columns)
    for (row, column), (rows, columns) in spans.items():
        yield GridCell(row, column, "", rows, columns)


def _found(book: Workbook, sheet: ReadOnlyWorksheet) -> Iterator[dict[str, Any]]:
    """The cells there are. The worksheet's own iterator would fill in every empty one."""
    count = 0
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )  # fmt: skip
        for number, row in parser.parse():
            count += sum(cell["value"] is not None for cell in row)
            if number > _MOST_ROWS and any(cell["value"] is not None for cell in row):
                raise ValueError(f"row {number}")
            if count > _MOST_CELLS:
                raise ValueError(f"{count} cells")
            yield from row


def _cell(book: Workbook, found: dict[str, Any], rows: int, columns: int) -> GridCell:
    style = book._cell_styles[found["style_id"]]
    is_bold = bool(book._fonts[style.fontId].b)
    text, remark = _text(found["value"], found["data_type"], _format(book, style.numFmtId))
    if is_bold:
        text = text.replace(MARK, "") if isinstance(found["value"], CellRichText) else text
    return GridCell(
        found["row"], found["column"], text, rows, columns,
        _tint(book._fills[style.fillId]), is_bold, remark,
    )  # fmt: skip


def _text(value: Any, data_type: str, number_format: str) -> tuple[str, str]:
    """The text of a cell, and what may be wrong with it."""
    if value is None:
        return "", ""
    if data_type == "e":
        return str(value), "エラー値です"
    if isinstance(value, CellRichText):
        return rich_text(value), ""
    if not isinstance(value, str):
        return shown_value(value, number_format)
    return cleaned(unescaped(value))[0], ""


def _format(book: Workbook, number: int) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, "General"))
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])


def _tint(fill: Any) -> str:
    """The colour of a cell's ground, "" for white and for none."""
    if getattr(fill, "fill_type", None) is None:
        return ""
    colour = fill.fgColor
    if colour.type == "rgb":
        return "" if colour.rgb in _WHITE else str(colour.rgb)
    if colour.type == "theme":
        return (
            ""
            if colour.theme == 0 and not colour.tint
            else f"theme {colour.theme} {colour.tint:.2f}"
        )
    return "" if colour.indexed in (1, 9, 64, 65) else f"indexed {colour.indexed}"
