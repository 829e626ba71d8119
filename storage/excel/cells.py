"""The cells of a received worksheet as plan text, and which of them are merged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from app.forms.marks import Marked, Span, marked
from app.plan.texts.plain_text import cleaned
from storage.excel.issue import unescaped

_MOST_ROWS: Final = 10_000
_MOST_CELLS: Final = 200_000
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in a cell instead of a text, in Japanese."""

    why: str


Content = str | Unreadable


class Cells:
    """The contents of a worksheet by (row, column), counted from 1."""

    def __init__(self, sheet: ReadOnlyWorksheet, merges: Sequence[tuple[str, str]]) -> None:
        """Read the worksheet. Raises ValueError for more than any form can hold."""
        self.title: str = sheet.title
        self.contents: dict[Place, Content] = dict(_contents(sheet))
        self._merges = [(coordinate_to_tuple(a), coordinate_to_tuple(b)) for a, b in merges]

    def anchor(self, place: Place) -> Place:
        """The upper left cell of the merged range that covers a place; itself for none."""
        row, column = place
        for (top, left), (bottom, right) in self._merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return place

    def content(self, place: Place) -> Content:
        """What stands at a place, "" for nothing."""
        return self.contents.get(place, "")


def address(place: Place) -> str:
    """A place as people read it in Excel: B12."""
    return f"{get_column_letter(place[1])}{place[0]}"


def _contents(sheet: ReadOnlyWorksheet) -> Iterator[tuple[Place, Content]]:
    """What stands in the worksheet. Its own iterator would fill in every empty cell."""
    count = 0
    with sheet._get_source() as source:
        book = sheet.parent
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )
        for number, row in parser.parse():
            count += len(row)
            if number > _MOST_ROWS or count > _MOST_CELLS:
                raise ValueError(f"{sheet.title}: {number} rows, {count} cells")
            yield from (
                ((cell["row"], cell["column"]), _content(cell["value"], cell["data_type"]))
                for cell in row
                if cell["value"] is not None
            )


def _content(value: Any, data_type: str) -> Content:
    if data_type == "f":
        return Unreadable("数式が入っています")
    if data_type == "e":
        return Unreadable("エラー値になっています")
    if isinstance(value, CellRichText):
        return rich_text(value)
    if isinstance(value, bool):
        return Unreadable("TRUE か FALSE になっています")
    if isinstance(value, datetime | date | time | timedelta):
        return Unreadable("日付や時刻の形に変わっています")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return cleaned(unescaped(str(value)))[0]


def rich_text(value: CellRichText) -> str:
    """The runs of a cell as plan text."""
    plain = ""
    bold: list[Span] = []
    for run in value:
        is_block = isinstance(run, TextBlock)
        text = cleaned(unescaped(run.text if is_block else run))[0]
        if is_block and run.font.b and text:
            bold.append((len(plain), len(plain) + len(text)))
        plain += text
    return marked(Marked(plain, tuple(_trimmed(plain, bold))))


def _trimmed(plain: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Bold spans that touch as one, without the line ends that programs push into them."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            start = joined.pop()[0]
        joined.append((start, end))
    for start, end in joined:
        inner = plain[start:end]
        first = start + len(inner) - len(inner.lstrip("\n"))
        last = end - (len(inner) - len(inner.rstrip("\n")))
        if first < last:
            yield first, last
