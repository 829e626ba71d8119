"""Sheets as an Excel workbook: the form's grid, to be filled in and to come back.

One worksheet a page, named by the initiative's number. Labels are locked (without a
password), input cells are tinted and open. Row heights come from our own layout, with
room for the way Excel and LibreOffice break lines.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.pages.drawing import Progress, no_progress
from app.errors import KeikakuError
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.layout import FittedPage, FittedSheet, PlacedCell
from app.forms.fitting.measuring import Slack
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.marks import Marked, marked
from app.forms.sheet import fill
from app.plan.entities import Initiative
from app.plan.plan import Plan
from storage.excel.grid import ABOVE_ROW, FIRST_COLUMN, FIRST_ROW, Grid, Range
from storage.excel.issue import (
    META_FORMAT,
    META_SHEET,
    META_VERSION,
    IssuedCell,
    IssuedSheet,
    column_mark,
    row_mark,
    sheet_mark,
)
from storage.excel.saving import Saving
from storage.excel.styles import FONT_NAMES, Look, Styles, set_default_font, tint_of
from storage.excel.text import put, shown_text
from storage.safe_io import write_bytes

# Excel and LibreOffice break lines without hanging and kerning rules of ours.
SLACK: Final = Slack(width=0.05, height=0.06)
_PAPER: Final = {"A4": 9, "A3": 8}
_POINTS_PER_WIDTH: Final = 7 * 72 / 96
_ILLEGAL_IN_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_CONTINUED: Final = " つづき"
_MEDIUM: Final = 0.9
# Where the texts above the table begin, as shares of its width.
_ABOVE_SHARES: Final = (0.0, 0.35, 0.65)
_BADGE_SHARE: Final = 0.88
_Above = tuple[str, str, float]


def write_sheets(
    form: Form, plan: Plan, initiatives: Sequence[Initiative], metrics: FontMetrics, target: Path,
    tell: Progress = no_progress,
) -> None:  # fmt: skip
    """Write the sheets of the initiatives to `target`, whole or not at all. Raises KeikakuError."""
    write_bytes(target, workbook_bytes(form, plan, initiatives, metrics, tell))


def workbook_bytes(
    form: Form, plan: Plan, initiatives: Sequence[Initiative], metrics: FontMetrics,
    tell: Progress = no_progress,
) -> bytes:  # fmt: skip
    """The sheets of the initiatives as an .xlsx file. Raises KeikakuError for no initiative."""
    book = _Book(form, plan)
    fitter = Fitter(metrics, SLACK)
    for done, initiative in enumerate(initiatives):
        tell(done, len(initiatives))
        book.add(initiative, fitter.fit(fill(form, plan, initiative)))
    if book.is_empty:
        raise KeikakuError(
            "出力する取組がないため、Excelを作りませんでした。"
            "計画と、前に作ったファイルはそのままです。取組を選ぶか、追加してください。"
        )
    return book.saved(tell)


class _Book:
    """A workbook that grows sheet by sheet."""

    def __init__(self, form: Form, plan: Plan) -> None:
        self._form, self._plan = form, plan
        self._workbook = Workbook()
        self._saving = Saving(self._workbook)
        self.font = FONT_NAMES[form.font.family]
        set_default_font(self._workbook, self.font)
        self._workbook.remove(self._workbook.active)
        self._meta = self._workbook.create_sheet(META_SHEET)
        self._meta.sheet_state = "veryHidden"
        self._meta.append([META_FORMAT, str(META_VERSION), plan.profile.id, form.key])
        self._styles = Styles(self._meta)
        self._remembered = 1
        self._sheets: list[Worksheet] = []
        # Excel keeps the name History for itself.
        self._names: set[str] = {META_SHEET.casefold(), "history"}
        self._lists: dict[tuple[str, ...], str] = {}

    def add(self, initiative: Initiative, fitted: FittedSheet) -> None:
        """Add an initiative's pages, a worksheet each."""
        joints = _joints(fitted)
        base = initiative.number or initiative.title or "取組"
        for number, page in enumerate(fitted.pages):
            suffix = _CONTINUED + (str(number + 1) if number > 1 else "") if number else ""
            title = self._unique(base, suffix)
            # openpyxl compares a new title with those of all sheets that it knows of.
            sheet = self._workbook.create_sheet(title)
            self._workbook._sheets.remove(sheet)
            self._sheets.append(sheet)
            mark = sheet_mark(len(self._sheets))
            _PageWriter(self, sheet, page, mark).write(joints)
            self._saving.seal(sheet)

    @property
    def is_empty(self) -> bool:
        """Whether no initiative was added."""
        return not self._sheets

    def remember(self, issued: IssuedCell | IssuedSheet) -> None:
        """List an input cell or a worksheet in the hidden sheet."""
        self._remembered += 1
        for column, text in enumerate(issued.written(), start=1):
            put(self._meta.cell(self._remembered, column), Marked(text))

    def saved(self, tell: Progress) -> bytes:
        """The workbook as a file. No user, computer or path name is in it."""
        properties = self._workbook.properties
        properties.title = self._plan.profile.title
        properties.creator = properties.lastModifiedBy = "計画カンバン"
        properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(
            tzinfo=None
        )
        self._workbook._sheets = [*self._sheets, self._meta]
        self._workbook.active = 0
        return self._saving.saved(tell)

    def style(self, cell: Cell, look: Look) -> None:
        """Give a cell a look."""
        self._styles.apply(cell, look)

    @property
    def form(self) -> Form:
        """The form that all sheets have."""
        return self._form

    def choices_range(self, choices: tuple[str, ...]) -> str:
        """Where the hidden sheet holds the entries of a pull-down."""
        if choices not in self._lists:
            column = 5 + len(self._lists)
            for row, choice in enumerate(choices, start=1):
                put(self._meta.cell(row, column), Marked(choice))
            letter = get_column_letter(column)
            self._lists[choices] = f"{META_SHEET}!${letter}$1:${letter}${len(choices)}"
        return self._lists[choices]

    def _unique(self, base: str, suffix: str) -> str:
        base = _ILLEGAL_IN_NAME.sub(" ", base.replace("\n", " ")).strip(" '") or "取組"
        count = 1
        while True:
            tail = (f" ({count})" if count > 1 else "") + suffix
            name = base[: _LONGEST_NAME - len(tail)] + tail
            if name.casefold() not in self._names:
                self._names.add(name.casefold())
                return name
            count += 1


class _PageWriter:
    """Writes one fitted page into one worksheet."""

    def __init__(self, book: _Book, sheet: Worksheet, page: FittedPage, mark: str) -> None:
        self._book, self._sheet, self._page, self._mark = book, sheet, page, mark
        self._grid = Grid(page)
        self._labels: set[tuple[str, str]] = set()

    def write(self, joints: dict[tuple[int, int], str]) -> None:
        """Write cells, marks and print set-up. `joints` is what follows each piece of a text."""
        self._set_up_columns()
        self._write_above()
        for placed in self._page.cells:
            joint = joints.get((id(placed.cell), placed.part), "")
            self._write_cell(placed, self._grid.range(placed), joint)
        self._set_up_print()
        self._protect()
        self._book.remember(IssuedSheet(self._mark, self._sheet.title, frozenset(self._labels)))

    def _set_up_columns(self) -> None:
        sheet = self._sheet
        put(sheet.cell(1, 1), Marked(self._mark))
        sheet.row_dimensions[1].hidden = True
        sheet.column_dimensions["A"].hidden = True
        for column, width in enumerate(self._grid.widths, start=FIRST_COLUMN):
            put(sheet.cell(1, column), Marked(column_mark(column)))
            dimension = sheet.column_dimensions[get_column_letter(column)]
            dimension.width = width / _POINTS_PER_WIDTH
        put(sheet.cell(ABOVE_ROW, 1), Marked(row_mark(ABOVE_ROW)))
        for row, height in enumerate(self._grid.heights, start=FIRST_ROW):
            put(sheet.cell(row, 1), Marked(row_mark(row)))
            sheet.row_dimensions[row].height = height

    def _write_above(self) -> None:
        above, page = self._book.form.above, self._page
        if not above.is_used:
            return
        self._sheet.row_dimensions[ABOVE_ROW].height = above.size * 1.7
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
            look = Look(
                page.above_size, horizontal=place, vertical="center", font=self._book.font,
                shrinks=True,
            )  # fmt: skip
            if place == "badge":
                look = Look(
                    above.size, bold=True, horizontal="center", vertical="center",
                    edges=("medium",) * 4, color="C00000", font=self._book.font,
                )  # fmt: skip
            self._fill_range(Range(ABOVE_ROW, start, ABOVE_ROW, end - 1), look, text)

    def _fill_range(self, place: Range, look: Look, text: str) -> None:
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                self._book.style(self._sheet.cell(row, column), look)
        put(self._sheet.cell(place.top, place.left), Marked(text))
        self._labels.add((row_mark(place.top), column_mark(place.left)))
        self._merge(place)

    def _merge(self, place: Range) -> None:
        if place.top != place.bottom or place.left != place.right:
            # merge_cells() would hash the borders of every cell again.
            self._sheet.merged_cells.ranges.add(
                CellRange(
                    min_row=place.top, min_col=place.left, max_row=place.bottom, max_col=place.right
                )
            )

    def _write_cell(self, placed: PlacedCell, place: Range, joint: str) -> None:
        cell = placed.cell
        is_input = cell.target is not None and not placed.repeated
        look = self._look(placed, is_input)
        sides = self._sides(placed, place)
        looks: dict[tuple[bool, ...], Look] = {}
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                at = (
                    column == place.left, column == place.right,
                    row == place.top, row == place.bottom,
                )  # fmt: skip
                if at not in looks:
                    left, right, top, bottom = (
                        s if a else "" for s, a in zip(sides, at, strict=True)
                    )
                    looks[at] = _with_edges(look, (left, right, top, bottom))
                self._book.style(self._sheet.cell(row, column), looks[at])
        text = shown_text(placed)
        put(self._sheet.cell(place.top, place.left), text, look)
        self._merge(place)
        marks = (row_mark(place.top), column_mark(place.left))
        if not is_input or cell.target is None:
            self._labels.add(marks)
            return
        issued = IssuedCell(
            self._mark, *marks, cell.target, placed.part, joint, cell.spec.item, marked(text)
        )
        self._book.remember(issued)
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

    def _sides(self, placed: PlacedCell, place: Range) -> tuple[str, str, str, str]:
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
        validation = DataValidation(
            type="list",
            formula1=self._book.choices_range(tuple(choices)),
            allow_blank=True,
            errorStyle="warning",
            showErrorMessage=True,
            errorTitle="一覧にない値です",
            error="一覧から選んでください。このまま入力することもできます。",
        )
        validation.add(f"{get_column_letter(place.left)}{place.top}")
        self._sheet.add_data_validation(validation)

    def _set_up_print(self) -> None:
        sheet, setup = self._sheet, self._book.form.page
        first = ABOVE_ROW if self._book.form.above.is_used else FIRST_ROW
        last = f"{get_column_letter(self._grid.last_column)}${self._grid.last_row}"
        sheet.print_area = f"${get_column_letter(FIRST_COLUMN)}${first}:${last}"
        sheet.page_setup.paperSize = _PAPER[setup.paper]
        sheet.page_setup.orientation = "landscape" if setup.landscape else "portrait"
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        for side in ("left", "right", "top", "bottom"):
            setattr(margins, side, getattr(setup.margins, side) / 25.4)
        margins.header = margins.footer = 0.2
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 90

    def _protect(self) -> None:
        """Lock the labels, without a password: whoever must can switch it off."""
        protection: Any = self._sheet.protection
        protection.sheet = True
        protection.formatCells = protection.formatRows = protection.formatColumns = False


def _starting(shown: list[_Above]) -> list[_Above]:
    """What stands above the table, the first from the left edge on."""
    return [(text, place, start if n else 0.0) for n, (text, place, start) in enumerate(shown)]


def _line_style(width: float) -> str:
    """Excel's name for a line of this width in pt."""
    return "" if not width else "medium" if width >= _MEDIUM else "thin"


def _joints(fitted: FittedSheet) -> dict[tuple[int, int], str]:
    """What the writer put between a piece of a text and the next: a line end, or nothing."""
    joints: dict[tuple[int, int], str] = {}
    open_ends: dict[int, tuple[int, int]] = {}
    for page in fitted.pages:
        for placed in page.cells:
            if placed.repeated or not placed.lines:
                continue
            start, end = placed.span
            if id(placed.cell) in open_ends:
                part, last = open_ends[id(placed.cell)]
                joints[id(placed.cell), part] = placed.flow.text.plain[last:start]
            open_ends[id(placed.cell)] = (placed.part, end)
    return joints


def _with_edges(look: Look, edges: tuple[str, str, str, str]) -> Look:
    return Look(
        look.size, look.bold, look.fill, look.horizontal, look.vertical, look.rotated,
        look.is_input, edges, look.color, look.font,
    )  # fmt: skip
