"""CSV files, and rows copied from a spreadsheet, as a grid."""

import csv
import io
from typing import Final

from app.errors import KeikakuError
from app.intake.grid import Grid, GridCell, grid_of
from app.plan.texts.plain_text import cleaned

_ENCODINGS: Final = ("utf-8-sig", "cp932")
_MOST_ROWS: Final = 10_000
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_LARGEST_CELL: Final = 1 << 20


def read_csv(data: bytes, name: str) -> tuple[Grid, ...]:
    """The grid of a CSV file in UTF-8, UTF-16 or CP932. Raises KeikakuError if it is none."""
    return (table(_decoded(data, name), name),)


def table(text: str, name: str) -> Grid:
    """The grid of a text with commas, or with tabs as a spreadsheet copies it.

    Raises KeikakuError if it has no end of rows.
    """
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise KeikakuError(
            f"「{name}」は表として読めませんでした。計画は変わっていません。"
            "Excelで開いて、CSVで保存し直してください。"
        ) from error
    if len(rows) > _MOST_ROWS:
        raise KeikakuError(
            f"「{name}」は行が多すぎます（{_MOST_ROWS:,}行まで）。計画は変わっていません。"
        )
    cells = [
        GridCell(row, column, cleaned(value)[0].strip("\n"))
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value.strip()
    ]
    return grid_of(name, "", cells, is_flat=True)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(_WIDE):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KeikakuError(
        f"「{name}」の文字コードが分からないため、読めませんでした。計画は変わっていません。"
        "Excelで開いて、「CSV UTF-8」で保存し直してください。"
    )
