"""A workbook on its way out: its worksheets, and the hidden one that remembers what was issued."""

import re
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from app.documents.pages.drawing import Progress
from app.forms.form import Form
from app.plan.plan import Plan
from storage.excel.issue import (
    META_FORMAT,
    META_SHEET,
    META_VERSION,
    IssuedCell,
    IssuedSheet,
    sheet_mark,
)
from storage.excel.writing.styles import FONT_NAMES, Edges, Look, RangeStyles, Styles, default_font
from storage.excel.writing.text import shortened, stored, units
from storage.excel.writing.workbook import InlineWorksheet, MemoryWorkbook

_ILLEGAL_IN_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_NAMELESS: Final = "取組"
# To the right of what is remembered stand the words of pull-downs, a column each.
_FIRST_LIST: Final = 5


class IssuedBook:
    """A workbook that grows sheet by sheet."""

    def __init__(self, form: Form, plan: Plan) -> None:
        """Begin a workbook of sheets of this form."""
        self.form, self.plan = form, plan.profile.id
        self.font = FONT_NAMES[form.font.family]
        self._book = MemoryWorkbook(plan.profile.title, default_font(self.font))
        self._styles = Styles(self._book)
        self._remembered: list[tuple[str, ...]] = [
            (META_FORMAT, str(META_VERSION), plan.profile.id, form.key)
        ]
        # Excel keeps the name History for itself.
        self._lists: dict[tuple[str, ...], str] = {}
        self._names: set[str] = {META_SHEET.casefold(), "history"}

    @property
    def is_empty(self) -> bool:
        """Whether no worksheet was added."""
        return not self._book.worksheets()

    def add_worksheet(self, base: str, suffix: str) -> tuple[InlineWorksheet, str]:
        """A new worksheet named after `base`, and its mark."""
        sheet: InlineWorksheet = self._book.add_worksheet(self._unique(base, suffix))
        number = len(self._book.worksheets())
        if number == 1:
            sheet.activate()
        return sheet, sheet_mark(number)

    def seal(self, sheet: InlineWorksheet) -> None:
        """Take note that a worksheet is finished."""
        self._book.seal(sheet)

    def range_styles(self, look: Look, edges: Edges) -> RangeStyles:
        """The styles of the cells of a range with this look; `edges` are the lines around it."""
        return self._styles.range_styles(look, edges)

    def remember(self, issued: IssuedCell | IssuedSheet) -> None:
        """List an input cell or a worksheet in the hidden sheet."""
        self._remembered.append(issued.written())

    def choices_range(self, choices: tuple[str, ...]) -> str:
        """Where the hidden sheet holds the words of a pull-down."""
        if choices not in self._lists:
            letter = xl_col_to_name(_FIRST_LIST - 1 + len(self._lists))
            self._lists[choices] = f"{META_SHEET}!${letter}$1:${letter}${len(choices)}"
        return self._lists[choices]

    def saved(self, tell: Progress) -> bytes:
        """The workbook as a file."""
        meta: InlineWorksheet = self._book.add_worksheet(META_SHEET)
        meta.very_hidden()
        for row, facts in enumerate(self._remembered):
            for column, fact in enumerate(facts):
                meta.write_text(row, column, stored(fact))
        for column, choices in enumerate(self._lists, start=_FIRST_LIST):
            for row, choice in enumerate(choices, start=1):
                meta.write_text(row - 1, column - 1, stored(choice))
        return self._book.saved(tell)

    def _unique(self, base: str, suffix: str) -> str:
        base = _ILLEGAL_IN_NAME.sub(" ", base.replace("\n", " ")).strip(" '") or _NAMELESS
        count = 1
        while True:
            tail = (f" ({count})" if count > 1 else "") + suffix
            name = shortened(base, _LONGEST_NAME - units(tail)).rstrip(" '") + tail
            if name.casefold() not in self._names:
                self._names.add(name.casefold())
                return name
            count += 1
