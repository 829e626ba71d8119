"""The worksheets of a city's own workbook (.xlsx) as grids, each cell as it is shown."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import ParseError

from app.errors import KeikakuError
from app.forms.marks import MARK
from app.intake.grid import Grid, GridCell, grid_of
from storage.excel.cells import EMPTY, CellReader, Cells, shown_cell
from storage.excel.gate import Gate
from storage.excel.issue import META_SHEET, is_mark
from storage.excel.notes import Note, notes_of
from storage.excel.parts import BookParts
from storage.excel.places import Place
from storage.excel.style_table import PLAIN

_WIDEST: Final = 500
_ADVICE: Final = "Excelで開いて保存し直してから、もう一度選んでください。"


def read_xlsx(data: bytes, name: str) -> tuple[Grid, ...]:
    """All worksheets of the workbook called `name`. Raises KeikakuError if it is not one."""
    gate = Gate(data, name, _ADVICE)
    try:
        return tuple(_grids(gate, name))
    except (ParseError, ValueError, KeyError) as error:
        raise KeikakuError(
            f"「{name}」はこわれているため、読めませんでした。計画は変わっていません。{_ADVICE}"
        ) from error


def _grids(gate: Gate, name: str) -> Iterator[Grid]:
    book = BookParts(gate.parts)
    reader = CellReader(book)
    is_ours = any(sheet.title == META_SHEET for sheet in book.sheets)
    for sheet in book.sheets:
        if sheet.title == META_SHEET:
            continue
        cells = _grid_cells(reader.cells(sheet), book.is_1904, is_ours)
        notes = tuple(_note(note) for note in notes_of(book, sheet.part) if note.words)
        yield grid_of(name, sheet.title, cells, notes=notes, is_hidden=sheet.is_hidden)


def _note(note: Note) -> GridCell:
    return GridCell(1, 1, note.words, where=f"{note.cell}の{note.kind}".lstrip("の"))


def _grid_cells(cells: Cells, is_1904: bool, is_ours: bool) -> Iterator[GridCell]:
    spans = {
        (top, left): (bottom - top + 1, min(right - left + 1, _WIDEST))
        for (top, left), (bottom, right) in cells.merges
    }
    for place in sorted({*cells.raw, *spans}):
        rows, columns = spans.get(place, (1, 1))
        cell = _grid_cell(cells, place, is_1904, rows, columns)
        if (is_ours and is_mark(cell.text)) or (not cell.text and (rows, columns) == (1, 1)):
            continue
        yield cell


def _grid_cell(cells: Cells, place: Place, is_1904: bool, rows: int, columns: int) -> GridCell:
    raw, style = cells.raw.get(place), cells.styles.get(place, PLAIN)
    # That a number is the result of a formula is nothing to look into here.
    content = shown_cell(replace(raw, is_formula=False), is_1904) if raw else EMPTY
    text = content.words if content.trouble else content.text
    is_bold = style.letters.is_bold
    return GridCell(
        *place, text.replace(MARK, "") if is_bold and raw and raw.runs else text, rows, columns,
        style.tint, is_bold, content.trouble or content.remark,
    )  # fmt: skip
