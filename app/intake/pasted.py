"""Text from the clipboard: rows of a spreadsheet as a grid, a page of text as fields."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.errors import KeikakuError
from app.intake.forms.sections import head_of
from app.intake.grid import Grid, GridCell, grid_of
from app.intake.words import IGNORED, YEARS, Words
from app.intake.year_words import YearWord, year_head
from app.plan.texts.plain_text import cleaned

_MOST_ROWS: Final = 10_000
_LARGEST_CELL: Final = 1 << 20


def table(text: str, name: str) -> Grid:
    """The grid of a text with commas, or with tabs as a spreadsheet copies it.

    Raises KeikakuError if it is no table, or has more than 10,000 rows.
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
            "分けて取り込んでください。"
        )
    cells = [
        GridCell(row, column, cleaned(value)[0].strip("\n"))
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value.strip()
    ]
    return grid_of(name, "", cells, is_flat=True)


@dataclass(frozen=True, slots=True)
class PageText:
    """A part of a page: the field it is for ("" for none), its year, and its text."""

    field: str
    year: YearWord | None
    text: str


def page_texts(text: str, words: Words) -> tuple[PageText, ...]:
    """A page of text split at its heads (【事業概要】 …) and at its years; nothing is left out."""
    found: list[tuple[str, YearWord | None, list[str]]] = [("", None, [])]
    year: YearWord | None = None
    for line in cleaned(text)[0].split("\n"):
        if named := year_head(line.strip(" 　【】〈〉■●◆")):
            year = named
            found.append(("", year, []))
            continue
        head = head_of(line, words)
        if head is None:
            found[-1][2].append(line)
            continue
        label, rest = head
        name = label.yearly if year and label.yearly else label.field
        of_year = year if name.startswith(YEARS) else None
        found.append(("" if name == IGNORED else name, of_year, [rest] if rest else []))
    return tuple(_parts(found))


def _parts(found: list[tuple[str, YearWord | None, list[str]]]) -> Iterator[PageText]:
    for name, year, lines in found:
        text = "\n".join(lines).strip("\n")
        if text.strip():
            yield PageText(name, year, text)
