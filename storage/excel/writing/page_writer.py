"""One page of a sheet as a worksheet: its cells, the marks of its grid, its print set-up."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from app.forms.fitting.layout import FittedPage, PlacedCell
from app.forms.marks import Marked
from storage.excel.issue import column_mark, row_mark
from storage.excel.writing.grid import ABOVE_ROW, FIRST_COLUMN, FIRST_ROW, Grid, Range
from storage.excel.writing.issued_book import IssuedBook
from storage.excel.writing.page_memory import PageIdentity, PageMemory, Pieces
from storage.excel.writing.styles import NO_EDGES, Edges, Look, tint_of
from storage.excel.writing.text import put, shortened, shown_text, units
from storage.excel.writing.workbook import InlineWorksheet

_PAPER: Final = {"A4": 9, "A3": 8}
_PIXELS_PER_POINT: Final = 96 / 72
_MM_PER_INCH: Final = 25.4
_HEADER_MARGIN: Final = 0.2
_HIDDEN_WIDTH: Final = 13
# As text it is also written where it is the default, which not every reader knows.
_ONE_PAGE: Final = "1"
_MEDIUM: Final = 0.9
_ABOVE_LINE: Final = 1.7
_LONGEST_ABOVE: Final = 1000
_LONGEST_LIST: Final = 255
# What a list of words that stands in a pull-down itself would part, trim or compute.
_ODD_WORD: Final = re.compile(r'[,"\n]|^[\s=]|\s$|^$')
# What remains allowed where labels are locked; comments and text boxes are objects.
_ALLOWED: Final = ("format_cells", "format_rows", "format_columns", "objects", "scenarios")
# Where the texts above the table begin, as shares of its width.
_ABOVE_SHARES: Final = (0.0, 0.35, 0.65)
_BADGE_SHARE: Final = 0.88
_BADGE_COLOR: Final = "C00000"
_Above = tuple[str, str, float]


class PageWriter:
    """Writes one fitted page into one worksheet."""

    def __init__(
        self, book: IssuedBook, sheet: InlineWorksheet, page: FittedPage, identity: PageIdentity
    ) -> None:
        """Write `page` into `sheet`, which is known by its identity."""
        self._book, self._sheet, self._page, self._identity = book, sheet, page, identity
        self._grid = Grid(page)
        self._memory = PageMemory(book, identity)

    def write(self, pieces: Pieces) -> None:
        """Write cells, marks and print set-up."""
        self._set_up_grid()
        self._write_above()
        for placed in self._page.cells:
            self._write_cell(placed, self._grid.range(placed), pieces)
        self._set_up_print()
        self._protect()
        for column, text in enumerate(self._memory.written(self._sheet.name), FIRST_COLUMN):
            self._sheet.write_text(0, column - 1, f"{column_mark(column)} {text}")

    def _set_up_grid(self) -> None:
        sheet = self._sheet
        sheet.write_text(0, 0, self._identity.mark)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, _HIDDEN_WIDTH, None, {"hidden": True})
        for column, width in enumerate(self._grid.widths, start=FIRST_COLUMN):
            sheet.write_text(0, column - 1, column_mark(column))
            sheet.set_column_pixels(column - 1, column - 1, width * _PIXELS_PER_POINT)
        sheet.write_text(ABOVE_ROW - 1, 0, row_mark(ABOVE_ROW))
        for row, height in enumerate(self._grid.heights, start=FIRST_ROW):
            sheet.write_text(row - 1, 0, row_mark(row))
            sheet.set_row_pixels(row - 1, height * _PIXELS_PER_POINT)

    def _write_above(self) -> None:
        above, page = self._book.form.above, self._page
        if not above.is_used:
            return
        self._sheet.set_row_pixels(ABOVE_ROW - 1, above.size * _ABOVE_LINE * _PIXELS_PER_POINT)
        texts = list(zip(page.above, ("left", "center", "right"), _ABOVE_SHARES, strict=True))
        shown = [text for text in texts if text[0]]
        badge = (page.badge, "badge", _BADGE_SHARE)
        shown = _starting(shown) + ([badge] if page.badge else [])
        if not shown:
            return
        starts = [self._grid.column_at(start) for *_, start in shown]
        ends = [*starts[1:], self._grid.last_column + 1]
        if any(start >= end for start, end in pairwise([*starts, self._grid.last_column + 1])):
            # Too few columns for a cell each.
            shown = [("　".join(text for text, *_ in shown), "left", 0.0)]
            starts, ends = [FIRST_COLUMN], [self._grid.last_column + 1]
        for (text, place, _), start, end in zip(shown, starts, ends, strict=True):
            self._write_above_cell(text, place, Range(ABOVE_ROW, start, ABOVE_ROW, end - 1))

    def _write_above_cell(self, text: str, place: str, range: Range) -> None:
        look, edges = self._above_look(place)
        shown = shortened(text, _LONGEST_ABOVE)
        # It is made smaller until it fits its line, and what is this long stands in the table.
        self._write(range, Marked(shown), look, edges)
        self._memory.label((row_mark(range.top), column_mark(range.left)), shown)

    def _above_look(self, place: str) -> tuple[Look, Edges]:
        font = self._book.font
        if place == "badge":
            size = self._book.form.above.size
            look = Look(
                size, bold=True, horizontal="center", vertical="center", color=_BADGE_COLOR,
                font=font,
            )  # fmt: skip
            return look, ("medium",) * 4
        size = self._page.above_size
        return Look(size, horizontal=place, vertical="center", font=font, shrinks=True), NO_EDGES

    def _write(self, place: Range, text: Marked, look: Look, edges: Edges) -> None:
        """Write a text into a range, which becomes one cell; `edges` are the lines around it."""
        styles = self._book.range_styles(look, edges)
        corners = (place.top - 1, place.left - 1, place.bottom - 1, place.right - 1)
        self._sheet.write_merged(corners, styles)
        if text.plain:
            first = (True, place.left == place.right, True, place.top == place.bottom)
            put(self._sheet, place.top, place.left, text, styles[first], look)

    def _write_cell(self, placed: PlacedCell, place: Range, pieces: Pieces) -> None:
        cell = placed.cell
        is_input = cell.target is not None and not placed.repeated
        text = shown_text(placed)
        self._write(place, text, self._look(placed, is_input), self._sides(placed, place))
        marks = (row_mark(place.top), column_mark(place.left))
        if not is_input:
            self._memory.label(marks, text.plain)
            return
        self._memory.input(marks, placed, text, pieces)
        if cell.choices:
            self._add_choices(place, cell.choices)

    def _look(self, placed: PlacedCell, is_input: bool) -> Look:
        cell, spec = placed.cell, placed.cell.spec
        middle = spec.anchor == "middle" or cell.head
        return Look(
            size=round(placed.size, 2),
            bold=cell.bold,
            fill=tint_of(self._book.form.look.tint, cell.head, cell.tinted, is_input),
            horizontal="center" if spec.vertical else spec.align,
            vertical="center" if middle else "top",
            rotated=spec.vertical,
            is_input=is_input,
            font=self._book.font,
        )

    def _sides(self, placed: PlacedCell, place: Range) -> Edges:
        """The lines around a range, left, right, top, bottom: the table's frame is heavier."""
        grid, cell, setup = self._grid, placed.cell, self._book.form.look
        frame, line = _line_style(setup.frame), _line_style(setup.line)
        none = {*cell.spec.no_line}
        if cell.joined:
            none.add("top")
        if cell.head and cell.spec.field:
            none.add("bottom")
        return (
            frame if place.left == FIRST_COLUMN else "" if "left" in none else line,
            frame if place.right == grid.last_column else "" if "right" in none else line,
            frame if place.top == FIRST_ROW else "" if "top" in none else line,
            frame if place.bottom == grid.last_row else "" if "bottom" in none else line,
        )

    def _add_choices(self, place: Range, choices: Sequence[str]) -> None:
        row, column = place.top - 1, place.left - 1
        options = {
            "validate": "list",
            "source": self._source(tuple(choices)),
            "ignore_blank": True,
            "error_type": "warning",
            "error_title": "一覧にない値です",
            "error_message": "一覧から選んでください。このまま入力することもできます。",
        }
        self._sheet.data_validation(row, column, row, column, options)

    def _source(self, choices: tuple[str, ...]) -> str | list[str]:
        """The words of a pull-down: in the worksheet itself if Excel can hold them there.

        A worksheet that is moved into another book would refer to this one for them.
        """
        is_short = units(",".join(choices)) <= _LONGEST_LIST
        if is_short and not any(_ODD_WORD.search(word) for word in choices):
            return list(choices)
        return "=" + self._book.choices_range(choices)

    def _set_up_print(self) -> None:
        sheet, setup, grid = self._sheet, self._book.form.page, self._grid
        first = ABOVE_ROW if self._book.form.above.is_used else FIRST_ROW
        sheet.print_area(first - 1, FIRST_COLUMN - 1, grid.last_row - 1, grid.last_column - 1)
        sheet.set_paper(_PAPER[setup.paper])
        if setup.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(_ONE_PAGE, _ONE_PAGE)
        margins = setup.margins
        sides = (margins.left, margins.right, margins.top, margins.bottom)
        sheet.set_margins(*(side / _MM_PER_INCH for side in sides))
        sheet.margin_header = sheet.margin_footer = _HEADER_MARGIN
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.set_zoom(90)

    def _protect(self) -> None:
        """Lock the labels, without a password: whoever must can switch it off."""
        self._sheet.protect("", dict.fromkeys(_ALLOWED, True))


def _starting(shown: list[_Above]) -> list[_Above]:
    """What stands above the table, the first from the left edge on."""
    return [(text, place, start if n else 0.0) for n, (text, place, start) in enumerate(shown)]


def _line_style(width: float) -> str:
    """Excel's name for a line of this width in pt."""
    return "" if not width else "medium" if width >= _MEDIUM else "thin"
