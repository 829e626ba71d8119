"""How the cells of a received workbook look, as far as it says something: nothing here can fail.

Looks that no program knows (an empty fill, an underline of tomorrow) are passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

from storage.excel.formats.format_code import GENERAL, built_in
from storage.excel.parts import is_on, local

T = TypeVar("T")
_WHITE: Final = ("FFFFFFFF", "00FFFFFF", "00000000")
_WHITE_INDEXES: Final = ("1", "9", "64", "65")


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters look: bold, struck through, or set high or low (`super`, `sub`)."""

    is_bold: bool = False
    is_struck: bool = False
    script: str = ""


PLAIN_LETTERS: Final = Letters()


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The code of a cell's number format, its letters, and the colour of its ground ("": none)."""

    code: str = GENERAL
    letters: Letters = PLAIN_LETTERS
    tint: str = ""


PLAIN: Final = CellStyle()


class StyleTable:
    """The styles of a workbook by their number."""

    def __init__(self, root: Element | None) -> None:
        """Read the part of the styles; None if the workbook has none."""
        tables = {local(table): list(table) for table in root} if root is not None else {}
        codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in tables.get("numFmts", [])}
        fonts = [letters_of(font) for font in tables.get("fonts", [])]
        tints = [_tint(fill) for fill in tables.get("fills", [])]
        self._styles = [
            CellStyle(
                _code(xf.get("numFmtId", "0"), codes),
                _at(fonts, xf.get("fontId"), PLAIN_LETTERS),
                _at(tints, xf.get("fillId"), ""),
            )
            for xf in tables.get("cellXfs", [])
        ]

    def style(self, number: str | None) -> CellStyle:
        """The style of a cell, by what its attribute `s` says."""
        return _at(self._styles, number, PLAIN)


def letters_of(font: Element | None) -> Letters:
    """The letters of a font, or of the properties of a run of text."""
    if font is None:
        return PLAIN_LETTERS
    facts = {local(fact): fact.get("val") for fact in font}
    script = (facts.get("vertAlign") or "").lower()
    return Letters(
        "b" in facts and is_on(facts["b"]),
        ("strike" in facts and is_on(facts["strike"]))
        or ("dstrike" in facts and is_on(facts["dstrike"])),
        {"superscript": "super", "subscript": "sub"}.get(script, ""),
    )


def _code(number: str, codes: dict[str, str]) -> str:
    if number in codes:
        return codes[number] or GENERAL
    return built_in(int(number)) if number.isdecimal() else GENERAL


def _at(entries: Sequence[T], number: str | None, otherwise: T) -> T:
    if number is None or not number.isdecimal() or int(number) >= len(entries):
        return otherwise
    return entries[int(number)]


def _tint(fill: Element) -> str:
    """The colour of a cell's ground, "" for white and for none."""
    pattern = next((e for e in fill if local(e) == "patternFill"), None)
    if pattern is None or pattern.get("patternType", "none") == "none":
        return "gradient" if any(local(e) == "gradientFill" for e in fill) else ""
    colour = next((e for e in pattern if local(e) == "fgColor"), None)
    if colour is None:
        return ""
    if rgb := colour.get("rgb"):
        return "" if rgb.upper() in _WHITE else rgb
    if theme := colour.get("theme"):
        tint = colour.get("tint", "0")
        return "" if theme == "0" and not tint.strip("0.") else f"theme {theme} {tint[:5]}"
    index = colour.get("indexed", "64")
    return "" if index in _WHITE_INDEXES else f"indexed {index}"
