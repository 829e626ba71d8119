"""Spreadsheets in the formats .xls (Excel 97–2003) and .ods (OpenDocument) as grids.

python-calamine reads them; it knows merged cells of .xls, and neither colours nor bold.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.errors import KeikakuError
from app.intake.grid import Grid, GridCell, Place, grid_of
from app.plan.texts.plain_text import cleaned
from storage.excel.formats.shown import shown_value
from storage.package_gate import MAX_FILE, Kind, PackageGate

_ADVICE: Final = "Excelで開いて、.xlsx で保存し直してください。"
_ODS: Final = Kind("OpenDocumentの表（.ods）", ("content.xml",), _ADVICE)
_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_MOST_CELLS: Final = 200_000
_MOST_ROWS: Final = 10_000
_WIDEST: Final = 500


def read_ods(data: bytes, name: str) -> tuple[Grid, ...]:
    """The worksheets of an .ods file. Raises KeikakuError if it is not one, or not safe."""
    PackageGate(data, name, _ODS)
    return _read(data, name, is_flat=True)


def read_xls(data: bytes, name: str) -> tuple[Grid, ...]:
    """The worksheets of an .xls file. Raises KeikakuError if it is not one, or not safe."""
    if len(data) > MAX_FILE:
        raise KeikakuError(
            f"「{name}」は大きすぎます（20 MBまで）。計画は変わっていません。{_ADVICE}"
        )
    if _MACROS in data:
        raise KeikakuError(
            f"「{name}」にはマクロが含まれているため、読めませんでした。計画は変わっていません。{_ADVICE}"
        )
    return _read(data, name, is_flat=False)


def _read(data: bytes, name: str, is_flat: bool) -> tuple[Grid, ...]:
    try:
        return tuple(_grids(data, name, is_flat))
    except PasswordError as error:
        raise KeikakuError(
            f"「{name}」はパスワードが付いているため、読めませんでした。計画は変わっていません。"
            "パスワードを外して保存し直してください。"
        ) from error
    except (CalamineError, ValueError, OSError) as error:
        raise _damaged(name) from error
    except BaseException as error:
        # A fault inside the library comes as an error of its own that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name) from error


def _damaged(name: str) -> KeikakuError:
    return KeikakuError(
        f"「{name}」はこわれているため、読めませんでした。計画は変わっていません。{_ADVICE}"
    )


def _grids(data: bytes, name: str, is_flat: bool) -> Iterator[Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for facts in book.sheets_metadata:
        if facts.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(facts.name)
        hidden = facts.visible != SheetVisibleEnum.Visible
        if sheet.start is None:
            yield grid_of(name, facts.name, (), is_hidden=hidden)
            continue
        if sheet.total_height > _MOST_ROWS or sheet.total_height * sheet.width > _MOST_CELLS:
            raise ValueError(f"{sheet.total_height} rows, {sheet.width} columns")
        spans = _spans(sheet.merged_cell_ranges or ())
        cells = _cells(sheet, spans)
        yield grid_of(name, facts.name, cells, is_hidden=hidden, is_flat=is_flat and not spans)


def _spans(merges: Any) -> dict[Place, tuple[int, int]]:
    return {
        (top + 1, left + 1): (bottom - top + 1, min(right - left + 1, _WIDEST))
        for (top, left), (bottom, right) in merges
    }


def _cells(sheet: Any, spans: dict[Place, tuple[int, int]]) -> Iterator[GridCell]:
    first_row, first_column = sheet.start
    rest = dict(spans)
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start=first_row + 1):
        for column, value in enumerate(values, start=first_column + 1):
            rows, columns = rest.pop((row, column), (1, 1))
            text, remark = _text(value)
            if text.strip() or (rows, columns) != (1, 1):
                yield GridCell(row, column, text, rows, columns, remark=remark)
    for (row, column), (rows, columns) in rest.items():
        yield GridCell(row, column, "", rows, columns)


def _text(value: Any) -> tuple[str, str]:
    if isinstance(value, str):
        return cleaned(value)[0], ""
    return shown_value(value, "General")
