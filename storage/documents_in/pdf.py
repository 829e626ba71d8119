"""A PDF file with text as one grid: ruled tables by their lines, and the text between them.

pypdfium2 gives characters with their places and the lines; it opens no connection.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.errors import KeikakuError
from app.intake.grid import Grid, GridCell, grid_of
from app.plan.texts.plain_text import cleaned
from storage.documents_in.page_rules import Fill, rules_and_fills
from storage.documents_in.page_text import Glyph, cell_text, lines_of
from storage.documents_in.ruled_lines import Area, Ruling, ruling_of

_MOST_PAGES: Final = 600
_MOST_CHARACTERS: Final = 2_000_000
_FEWEST: Final = 20
_PAGE_NUMBER: Final = re.compile(
    r"^[\s\-–—−PpＰ.]*\d{1,4}[\s\-–—−/]*(?:\d{1,4})?\s*(?:ページ|頁)?$"
)
_EDGE: Final = 0.1
_ADVICE: Final = "計画は変わっていません。"


def read_pdf(data: bytes, name: str) -> tuple[Grid, ...]:
    """The grid of the file called `name`. Raises KeikakuError: no text, a password, damage."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(name, error) from error
    try:
        if len(document) > _MOST_PAGES:
            raise KeikakuError(
                f"「{name}」はページが多すぎます（{_MOST_PAGES}ページまで）。{_ADVICE}"
                "必要なページだけのPDFにして、もう一度選んでください。"
            )
        grid = _grid(document, name)
    except pdfium.PdfiumError as error:
        raise _refusal(name, error) from error
    finally:
        document.close()
    if sum(len(cell.text) for cell in grid.texts) < _FEWEST:
        raise KeikakuError(
            f"「{name}」には文字がありません（画像として読み取ったPDFのようです）。{_ADVICE}"
            "元のExcelかWordのファイルを選んでください。"
        )
    return (grid,)


def _refusal(name: str, error: Exception) -> KeikakuError:
    if "password" in str(error).lower():
        return KeikakuError(
            f"「{name}」はパスワードが付いているため、読めませんでした。{_ADVICE}"
            "パスワードを外して保存し直してください。"
        )
    return KeikakuError(
        f"「{name}」はこわれているため、読めませんでした。{_ADVICE}"
        "元のファイルからPDFを作り直してください。"
    )


def _grid(document: Any, name: str) -> Grid:
    """All pages, one below the other. Columns are those of the lines of all pages."""
    pages = []
    count = 0
    for number in range(len(document)):
        page = document[number]
        rules, fills = rules_and_fills(page)
        glyphs = list(_glyphs(page))
        count += len(glyphs)
        if count > _MOST_CHARACTERS:
            raise KeikakuError(f"「{name}」は文字が多すぎます。{_ADVICE}")
        pages.append(_Page(number + 1, page.get_height(), ruling_of(rules), fills, glyphs))
        page.close()
    edges = sorted({round(x) for page in pages for x in page.ruling.x})
    cells: list[GridCell] = []
    notes: list[GridCell] = []
    row = 1
    for one in pages:
        found, margin, used = one.cells(row, edges)
        cells += found
        notes += margin
        row += used
    return grid_of(name, "", cells, notes=tuple(notes))


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page that are printed, not those that PDFium adds between them."""
    text_page = page.get_textpage()
    handle = text_page.raw
    bold: dict[bytes, bool] = {}
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0, 0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        text = cleaned(chr(code))[0] if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not text or text == "\n":
            continue
        left, bottom, right, _ = text_page.get_charbox(index, loose=True)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        size = raw.FPDFText_GetFontSize(handle, index) or 10.0
        is_bold = _is_bold(handle, index, bold)
        yield Glyph(text, left, right, y.value or bottom, size, is_bold)
    text_page.close()


def _is_bold(handle: Any, index: int, known: dict[bytes, bool]) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    name = buffer.value
    if name not in known:
        known[name] = b"bold" in name.lower() or b"heavy" in name.lower() or b"-B" in name
    return known[name]


class _Page:
    """A page: its lines, grounds and characters."""

    def __init__(
        self, number: int, height: float, ruling: Ruling, fills: Sequence[Fill],
        glyphs: Sequence[Glyph],
    ) -> None:  # fmt: skip
        self._number, self._height, self.ruling = number, height, ruling
        self._fills = fills
        self._inside: dict[Area, list[Glyph]] = {area: [] for area in ruling.areas}
        outside: list[Glyph] = []
        for glyph in glyphs:
            area = ruling.area_at((glyph.left + glyph.right) / 2, glyph.base + 0.3 * glyph.size)
            (self._inside[area] if area else outside).append(glyph)
        self._outside = [line for line in lines_of(outside) if line.plain.strip()]

    def cells(
        self, first_row: int, edges: Sequence[int]
    ) -> tuple[list[GridCell], list[GridCell], int]:
        """Its cells from a row on, what stands in the margin, and how many rows it takes."""
        margin = [line for line in self._outside if self._is_margin(line)]
        between = [line for line in self._outside if line not in margin]
        breaks = sorted(
            {round(y, 1) for y in self.ruling.y}
            | {round(line.glyphs[0].base + 0.8 * line.size, 1) for line in between},
            reverse=True,
        )
        rows = {y: first_row + n for n, y in enumerate(breaks)}
        where = f"の{self._number}ページ"
        found = [self._cell(area, rows, edges, where) for area in self.ruling.areas]
        for line in between:
            row = rows[round(line.glyphs[0].base + 0.8 * line.size, 1)]
            found += _outside_cells(line.glyphs, row, edges, where)
        notes = [GridCell(1, 1, line.plain.strip(), where=f"{where}の欄外") for line in margin]
        # A table that goes on on the next page goes on in the next row.
        ends_in_table = bool(breaks) and any(round(y, 1) == breaks[-1] for y in self.ruling.y)
        return found, notes, len(breaks) - ends_in_table

    def _is_margin(self, line: Any) -> bool:
        base = line.glyphs[0].base
        is_edge = base < self._height * _EDGE or base > self._height * (1 - _EDGE)
        return is_edge and bool(_PAGE_NUMBER.match(line.plain.strip()))

    def _cell(
        self, area: Area, rows: dict[float, int], edges: Sequence[int], where: str
    ) -> GridCell:
        x, y = self.ruling.x, self.ruling.y
        left, right = x[area.left], x[area.right]
        top, bottom = rows[round(y[area.top], 1)], rows[round(y[area.bottom], 1)]
        text, is_bold = cell_text(self._inside[area], left, right)
        column = _column(left, edges)
        tint = next(
            (
                f.colour
                for f in self._fills
                if f.holds((left + right) / 2, (y[area.top] + y[area.bottom]) / 2)
            ),
            "",
        )
        return GridCell(
            top, column, text, max(bottom - top, 1), max(_column(right, edges) - column, 1),
            tint, is_bold, where=where,
        )  # fmt: skip


def _column(x: float, edges: Sequence[int]) -> int:
    return 1 + sum(1 for edge in edges if edge <= round(x))


def _outside_cells(
    glyphs: Sequence[Glyph], row: int, edges: Sequence[int], where: str
) -> Iterator[GridCell]:
    """A line of text outside of tables; wide gaps part it."""
    parts: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if parts[-1] and glyph.left - parts[-1][-1].right > 3 * glyph.size:
            parts.append([])
        parts[-1].append(glyph)
    columns = [_column(part[0].left, edges) for part in parts]
    for n, part in enumerate(parts):
        text, is_bold = cell_text(part, part[0].left, part[-1].right)
        end = columns[n + 1] if n + 1 < len(parts) else len(edges) + 1
        if text.strip():
            yield GridCell(
                row, columns[n], text, 1, max(end - columns[n], 1), "", is_bold, where=where
            )
