"""XlsxWriter as it is used here: in memory, every text in its own cell, worksheets sealed.

Texts stand in their cells (`inlineStr`), not in a table that all worksheets share. A worksheet
that is finished can therefore be compressed at once, which takes a tenth of the memory, and no
temporary file ever holds a text of the plan.

The methods of XlsxWriter that begin with `_` are no promise of it: its version is held in
`pyproject.toml`, and tests read what is written with openpyxl, which no code here knows.
"""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any, Final
from xml.sax.saxutils import escape

from xlsxwriter import Workbook, __version__
from xlsxwriter.packager import Packager
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from app.documents.pages.drawing import Progress, no_progress

XLSXWRITER: Final = __version__
"""The version of XlsxWriter."""
_PROGRAM: Final = "計画カンバン"
_MADE: Final = datetime(2000, 1, 1)
_SPACE: Final = ' xml:space="preserve"'
_MOST_AT_ONCE: Final = 200
_POINTS_PER_PIXEL: Final = 0.75
# As all workbooks before had it: what edits their parts as text finds its place.
_NO_FORMATS: Final = '<numFmts count="0" />'


Corners = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
Sides = tuple[bool, bool, bool, bool]
"""Whether a cell lies at the left, right, upper and lower edge of its range."""


class InlineWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet that holds its texts itself. Rows and columns count from 0.

    Its cells are written by the methods of this class; they are kept as the XML that they become.
    A style is what `MemoryWorkbook.style` gives, "" for none.
    """

    def write_text(self, row: int, column: int, text: str, style: str = "") -> None:
        """Write a text, whatever it looks like."""
        self._keep(row, column, style, f' t="inlineStr"><is>{_text(text)}</is></c>')

    def write_runs(
        self, row: int, column: int, runs: Sequence[tuple[str, str]], style: str
    ) -> None:
        """Write a text of which a part looks different: (properties of the font, text) each."""
        inner = "".join(f"<r><rPr>{font}</rPr>{_text(text)}</r>" for font, text in runs)
        self._keep(row, column, style, f' t="inlineStr"><is>{inner}</is></c>')

    def write_whole_number(self, row: int, column: int, number: int) -> None:
        """Write a number."""
        self._keep(row, column, "", f"><v>{number}</v></c>")

    def write_merged(self, corners: Corners, styles: Mapping[Sides, str]) -> None:
        """Make one cell of a range, empty; `styles` are those of its parts.

        The range overlaps no other; this is not checked.
        """
        top, left, bottom, right = corners
        letters = [(column, _letters(column)) for column in range(left, right + 1)]
        for row in range(top, bottom + 1):
            cells, number = self.table[row], row + 1
            is_top, is_bottom = row == top, row == bottom
            for column, letter in letters:
                style = styles[column == left, column == right, is_top, is_bottom]
                cells[column] = f'<c r="{letter}{number}"{style}/>'
        if top != bottom or left != right:
            first, last = letters[0][1], letters[-1][1]
            self.merge.append(f'<mergeCell ref="{first}{top + 1}:{last}{bottom + 1}"/>')

    def _keep(self, row: int, column: int, style: str, rest: str) -> None:
        self.table[row][column] = f'<c r="{_letters(column)}{row + 1}"{style}{rest}'

    def measure(self) -> None:
        """Take note of the rows and columns that are in use, before the worksheet is written."""
        rows = [*self.table, *self.row_info]
        columns = [column for cells in self.table.values() for column in cells]
        if columns:
            self.dim_rowmin, self.dim_rowmax = min(rows), max(rows)
            self.dim_colmin, self.dim_colmax = min(columns), max(columns)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # The only formula of ours is the range of a pull-down: not one of the 150 functions
        # that XlsxWriter would look for.
        return formula.removeprefix("=")

    def _write_merge_cells(self) -> None:
        if self.merge:
            merges = "".join(self.merge)
            self.fh.write(f'<mergeCells count="{len(self.merge)}">{merges}</mergeCells>')

    def _write_rows(self) -> None:
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells = self.table.get(row, {})
            inner = "".join([cells[column] for column in sorted(cells)])
            self.fh.write(f'<row r="{row + 1}"{_facts(self.row_info.get(row))}>{inner}</row>')


class MemoryWorkbook(Workbook):  # type: ignore[misc]
    """A workbook that is made in memory. No user, computer or path name is in it."""

    worksheet_class = InlineWorksheet

    def __init__(self, title: str, font: dict[str, Any]) -> None:
        """Begin a workbook of this title; `font` is what a cell without a style has."""
        self._file = BytesIO()
        options = {"in_memory": True, "default_format_properties": font}
        super().__init__(self._file, options)
        self._sealed: list[_Sealed] = []
        self._progress: Progress = no_progress
        self.set_properties({"title": title, "author": _PROGRAM, "created": _MADE})

    def style(self, properties: dict[str, Any]) -> str:
        """A new style of cells of these properties (as in XlsxWriter's manual)."""
        return f' s="{self.add_format(properties)._get_xf_index()}"'

    def seal(self, sheet: InlineWorksheet) -> None:
        """Take the contents of a worksheet, which is finished, out of the workbook.

        Worksheets are sealed in the order in which they were added.
        """
        part = StringIO()
        sheet.measure()
        sheet._set_xml_writer(part)
        sheet._assemble_xml_file()
        self._sealed.append(_Sealed(self, part.getvalue()))
        for contents in (sheet.table, sheet.merge, sheet.row_info, sheet.col_info, sheet.row_sizes):
            contents.clear()

    def saved(self, progress: Progress = no_progress) -> bytes:
        """The workbook as a file; it is empty then. `progress` hears (0, 0) for each worksheet."""
        self._progress = progress
        for sheet in self.worksheets()[len(self._sealed) :]:
            self.seal(sheet)
        self.close()
        for sheet in self.worksheets():
            # A worksheet and its workbook hold each other. Taken apart they go at once; else
            # Python looks for all this rubbish on the window's thread, and stops it for 0.2 s.
            vars(sheet).clear()
        return self._file.getvalue()

    def _check_sheetname(self, name: str, is_chartsheet: bool = False) -> str:
        # It would compare each name with all others: the writer gives names that are unique.
        return name

    def _get_packager(self) -> "_SealedPackager":
        return _SealedPackager(self._sealed)


class _Sealed:
    """The part of a finished worksheet, compressed."""

    def __init__(self, book: MemoryWorkbook, content: str) -> None:
        self._book = book
        # Few worksheets need little memory, and time is better spent once.
        self._is_packed = len(book._sealed) >= _MOST_AT_ONCE
        self._content = zlib.compress(content.encode(), 1) if self._is_packed else content.encode()

    def getvalue(self) -> bytes:
        """The part, asked for once, when it is written."""
        self._book._progress(0, 0)
        return zlib.decompress(self._content) if self._is_packed else self._content


class _SealedPackager(Packager):  # type: ignore[misc]
    """Puts sealed worksheets into the file."""

    def __init__(self, sealed: Sequence[_Sealed]) -> None:
        super().__init__()
        self._sealed = sealed

    def _write_worksheet_files(self) -> None:
        for number, part in enumerate(self._sealed, start=1):
            self.filenames.append((part, f"xl/worksheets/sheet{number}.xml", True))

    def _write_styles_file(self) -> None:
        super()._write_styles_file()
        part, name, is_binary = self.filenames[-1]
        styles = part.getvalue().replace("<fonts ", f"{_NO_FORMATS}<fonts ", 1)
        self.filenames[-1] = (StringIO(styles), name, is_binary)


_LETTERS: Final = [xl_col_to_name(column) for column in range(256)]


def _facts(row: Any) -> str:
    """Height and visibility of a row as attributes; `row` is None for one like all others."""
    if row is None:
        return ""
    if row.hidden:
        return ' hidden="1"'
    return f' ht="{row.height * _POINTS_PER_PIXEL:.7g}" customHeight="1"'


def _letters(column: int) -> str:
    return _LETTERS[column] if column < len(_LETTERS) else str(xl_col_to_name(column))


def _text(text: str) -> str:
    keep = _SPACE if text != text.strip() else ""
    return f"<t{keep}>{escape(text)}</t>"
