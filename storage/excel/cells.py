"""The cells of a received worksheet as a person sees them, and which of them are merged.

`shown_cell` is the one place that says what a cell shows: for answers and for a city's own books.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from app.plan.texts.plain_text import cleaned
from storage.excel.formats.shown import UNSEEN, shown_number, shown_string
from storage.excel.formats.shown_dates import serial_of
from storage.excel.issue import unescaped
from storage.excel.parts import BookParts, SheetPart, local
from storage.excel.places import MOST_COLUMNS, MOST_ROWS, Place, address, place_of
from storage.excel.rich_text import Run, live_text, runs_of, short_words
from storage.excel.style_table import PLAIN, CellStyle, Letters, StyleTable

_MOST_CELLS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell, as plan text.

    `text` is what holds: shown as the cell shows it, bold marked, without what is struck through.
    `trouble` says in Japanese why it cannot be taken, "" if it can; `remark` what a person should
    know though it can. `words` are the letters as they stand, for telling of them.
    """

    text: str = ""
    trouble: str = ""
    remark: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.words)


EMPTY: Final = Content()


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as the file has it: its type, its value or runs of text, and how it looks."""

    kind: str
    value: str
    runs: tuple[Run, ...] = ()
    is_formula: bool = False
    style: CellStyle = PLAIN


def shown_cell(raw: Raw, is_1904: bool = False) -> Content:
    """What a cell shows. `is_1904`: the workbook counts days from 1904 on."""
    if raw.kind == "e":
        return Content(trouble="エラー値になっています", words=raw.value)
    if raw.kind == "b":
        words = "TRUE" if raw.value.strip() == "1" else "FALSE"
        return Content(trouble="TRUE か FALSE になっています", words=words)
    if raw.is_formula and not raw.value and not raw.runs:
        return Content(trouble="数式が入っていて、結果がわかりません", words="（数式）")
    shown = _text(raw) if raw.kind in ("s", "inlineStr", "str") else _number(raw, is_1904)
    if raw.is_formula and shown.words:
        return replace(
            shown, remark=_and(f"数式の結果「{short_words(shown.words)}」を読みました", shown)
        )
    return shown


def _text(raw: Raw) -> Content:
    runs = raw.runs or (Run(unescaped(raw.value), _usual(raw.style)),)
    runs = tuple(replace(run, text=cleaned(run.text)[0]) for run in runs)
    words = "".join(run.text for run in runs)
    live = live_text(runs)
    text = live.text
    if "@" in raw.style.code and not live.remark:
        text = shown_string(text, raw.style.code)
    return Content(text, remark=live.remark, words=words)


def _number(raw: Raw, is_1904: bool) -> Content:
    if not raw.value.strip():
        return EMPTY
    code = raw.style.code
    try:
        value = _iso(raw.value) if raw.kind == "d" else float(raw.value)
    except ValueError:
        return Content(trouble="数として読めません", words=raw.value)
    shown = shown_number(value, code, is_1904 and raw.kind != "d")
    if raw.kind == "d" and not shown.is_date:
        shown = shown_number(value, "yyyy/m/d" if value >= 1 else "h:mm")
    if shown.remark == UNSEEN:
        return Content(trouble=UNSEEN, words=shown_number(value).text)
    remark = shown.remark
    if shown.is_date:
        remark = f"日付や時刻として入力されています（「{shown.text}」と読みました）"
    if raw.style.letters.is_struck:
        live = live_text((Run(shown.text, _usual(raw.style)),))
        return Content(live.text, remark=live.remark, words=shown.text)
    return Content(shown.text, remark=remark, words=shown.text)


def _usual(style: CellStyle) -> Letters:
    """The letters of what says nothing of its own; that all is bold is the look of the form."""
    return replace(style.letters, is_bold=False)


def _iso(text: str) -> float:
    if "T" not in text and ":" in text:
        return serial_of(datetime.fromisoformat(f"1899-12-30T{text}"))
    return serial_of(datetime.fromisoformat(text.removesuffix("Z")))


def _and(remark: str, content: Content) -> str:
    return f"{remark}。{content.remark}" if content.remark else remark


class Cells:
    """The contents of a worksheet by (row, column), counted from 1."""

    def __init__(self, title: str, root: Element) -> None:
        """Begin the worksheet whose part has this root."""
        self.title = title
        self.root = root
        self.raw: dict[Place, Raw] = {}
        self.contents: dict[Place, Content] = {}
        self.styles: dict[Place, CellStyle] = {}
        self.merges = tuple(_merges(root))

    def anchor(self, place: Place) -> Place:
        """The upper left cell of the merged range that covers a place; itself if there is none."""
        row, column = place
        for (top, left), (bottom, right) in self.merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return place

    def content(self, place: Place) -> Content:
        """What stands at a place."""
        return self.contents.get(place, EMPTY)


class CellReader:
    """Reads the worksheets of a workbook."""

    def __init__(self, parts: BookParts) -> None:
        """Read what all worksheets share: styles and texts."""
        self._parts = parts
        self._styles = StyleTable(parts.used("styles"))
        strings = parts.used("sharedStrings")
        self._strings = list(strings) if strings is not None else []

    def cells(self, sheet: SheetPart) -> Cells:
        """The cells of a worksheet. Raises ValueError for more than any form can hold."""
        root = self._parts.root(sheet.part)
        found = Cells(sheet.title, root)
        for place, element in _elements(root):
            style = found.styles[place] = self._styles.style(element.get("s"))
            raw = self._raw(element, style)
            if raw is None:
                continue
            found.raw[place] = raw
            if content := shown_cell(raw, self._parts.is_1904):
                found.contents[place] = content
            if len(found.raw) > _MOST_CELLS:
                raise ValueError(f"{sheet.title}: more than {_MOST_CELLS} cells")
        return found

    def _raw(self, element: Element, style: CellStyle) -> Raw | None:
        """A cell as it stands, None if there is nothing in it."""
        value, is_formula = "", False
        runs: tuple[Run, ...] = ()
        kind = element.get("t", "n")
        for child in element:
            name = local(child)
            if name == "v":
                value = child.text or ""
            elif name == "f":
                is_formula = True
            elif name == "is":
                runs = tuple(runs_of(child, _usual(style)))
        if kind == "s" and value.strip().isdecimal() and int(value) < len(self._strings):
            runs = tuple(runs_of(self._strings[int(value)], _usual(style)))
        elif kind == "s":
            return None
        if not value and not runs and not is_formula:
            return None
        return Raw(kind, "" if runs else value, runs, is_formula, style)


def _elements(root: Element) -> Iterator[tuple[Place, Element]]:
    """The cells of a worksheet with their places, which a file may leave out."""
    data = next((e for e in root if local(e) == "sheetData"), None)
    row = 0
    for line in data if data is not None else ():
        given = line.get("r", "")
        row = int(given) if given.isdecimal() else row + 1
        column = 0
        for cell in line:
            if local(cell) != "c":
                continue
            found = place_of(cell.get("r", ""))
            row, column = found or (row, column + 1)
            if row > MOST_ROWS or column > MOST_COLUMNS:
                raise ValueError(address((row, column)))
            yield (row, column), cell


def _merges(root: Element) -> Iterator[tuple[Place, Place]]:
    table = next((e for e in root if local(e) == "mergeCells"), None)
    for merge in table if table is not None else ():
        first, _, last = merge.get("ref", "").partition(":")
        top, bottom = place_of(first), place_of(last)
        if top and bottom:
            yield top, bottom
