"""Our workbook written again by bare XlsxWriter, in the words of its manual.

`python -m benchmarks.bare_excel CELLS OUT.xlsx TIMES` does so as a process of its own: `CELLS` is a
file that `keep` made, since reading the cells takes longer than writing them.
"""

import io
import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

_LINES = {None: 0, "thin": 1, "medium": 2}
_VERTICAL = {"center": "vcenter", "top": "top"}
Place = tuple[int, int]


@dataclass(frozen=True)
class Bare:
    """A worksheet as plain values: cells as (row, column, text, look), counted from 0."""

    title: str
    cells: tuple[tuple[int, int, str, tuple[tuple[str, Any], ...]], ...]
    merges: dict[Place, Place]
    heights: dict[int, float]
    widths: dict[int, float]


def read(book: bytes) -> list[Bare]:
    """The worksheets of a workbook."""
    return [_bare(sheet) for sheet in load_workbook(io.BytesIO(book)).worksheets]


def _bare(sheet: Worksheet) -> Bare:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return Bare(
        sheet.title,
        tuple(
            (c.row - 1, c.column - 1, str(c.value or ""), tuple(_look(c).items()))
            for c in cells
            if c.value is not None or c.has_style
        ),
        {
            (area.min_row - 1, area.min_col - 1): (area.max_row - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        },
        {n - 1: row.height for n, row in sheet.row_dimensions.items() if row.height},
        {column.min - 1: column.width for column in sheet.column_dimensions.values()},
    )


def _look(cell: Cell) -> dict[str, Any]:
    if not cell.has_style:
        return {}
    border, at = cell.border, cell.alignment
    return {
        "font_name": cell.font.name,
        "font_size": cell.font.sz,
        "bold": bool(cell.font.b),
        "align": at.horizontal or "left",
        "valign": _VERTICAL.get(at.vertical, "bottom"),
        "text_wrap": bool(at.wrap_text),
        "rotation": 270 if at.textRotation == 255 else 0,
        "locked": bool(cell.protection.locked),
        "num_format": cell.number_format,
        **({"bg_color": f"#{cell.fill.fgColor.rgb[2:]}"} if cell.fill.fill_type else {}),
        **{s: _LINES[getattr(border, s).style] for s in ("left", "right", "top", "bottom")},
    }


def write(sheets: list[Bare], target: str | io.BytesIO, times: int = 1) -> None:
    """Write them, each as many times as is wanted."""
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    formats: dict[tuple[tuple[str, Any], ...], Any] = {(): None}
    for number in range(times):
        for bare in sheets:
            _write(book, bare, f"{bare.title[:24]} {number}", formats)
    book.close()


def _write(book: Any, bare: Bare, title: str, formats: dict[Any, Any]) -> None:
    sheet = book.add_worksheet(title)
    for row, height in bare.heights.items():
        sheet.set_row(row, height)
    for column, width in bare.widths.items():
        sheet.set_column(column, column, width)
    for row, column, text, look in bare.cells:
        if look not in formats:
            formats[look] = book.add_format(dict(look))
        if (row, column) in bare.merges:
            sheet.merge_range(row, column, *bare.merges[row, column], text, formats[look])
        elif text:
            sheet.write_string(row, column, text, formats[look])
        else:
            sheet.write_blank(row, column, None, formats[look])
    sheet.protect()
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def keep(book: bytes, target: Path) -> None:
    """Keep the cells of a workbook for the process that writes them."""
    target.write_bytes(pickle.dumps(read(book)))


def main(words: list[str]) -> None:
    """Write kept cells: CELLS OUT TIMES."""
    cells, target, times = words
    write(pickle.loads(Path(cells).read_bytes()), target, int(times))


if __name__ == "__main__":
    main(sys.argv[1:])
