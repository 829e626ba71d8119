"""Automatic bullets and numbers of a Word file, as they are shown in front of a paragraph."""

from collections import Counter
from typing import Any, Final
from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLED: Final = 0x2460
_KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_KANJI: Final = "〇一二三四五六七八九"


def value(node: Element | None, path: str) -> str:
    """The attribute `val` of a child, "" if there is none."""
    found = node.find(path) if node is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""


class Numbering:
    """Gives each paragraph its bullet or number, in the order of the text."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        """Take both parts; either may be missing."""
        self._levels: dict[str, dict[str, tuple[str, str]]] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        self._styles: dict[str, tuple[str, str]] = {}
        if numbering is not None:
            self._read_levels(numbering)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            number = value(style, f"{W}pPr/{W}numPr/{W}numId")
            if number:
                level = value(style, f"{W}pPr/{W}numPr/{W}ilvl") or "0"
                self._styles[str(style.get(f"{W}styleId"))] = (number, level)

    def _read_levels(self, root: Element) -> None:
        abstract: dict[str, dict[str, tuple[str, str]]] = {}
        for item in root.iter(f"{W}abstractNum"):
            abstract[str(item.get(f"{W}abstractNumId"))] = {
                str(level.get(f"{W}ilvl")): (
                    value(level, f"{W}numFmt"),
                    value(level, f"{W}lvlText"),
                )
                for level in item.iter(f"{W}lvl")
            }
        for item in root.iter(f"{W}num"):
            self._levels[str(item.get(f"{W}numId"))] = abstract.get(
                value(item, f"{W}abstractNumId"), {}
            )

    def mark(self, paragraph: Element) -> str:
        """What is shown in front of a paragraph: ・ for a bullet, its number, or nothing."""
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.get(value(properties, f"{W}pStyle"), ("", "0"))
        number = value(properties, f"{W}numPr/{W}numId") or style[0]
        level = value(properties, f"{W}numPr/{W}ilvl") or style[1]
        kind, pattern = self._levels.get(number, {}).get(level, ("", ""))
        if not kind or kind == "none" or number == "0":
            return ""
        indent = "　" * int(level or 0)
        if kind == "bullet":
            return f"{indent}・"
        return indent + self._numbered(number, int(level), pattern)

    def _numbered(self, number: str, level: int, pattern: str) -> str:
        self._counts[number, level] += 1
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        shown = pattern
        for n in range(9):
            kind = self._levels[number].get(str(n), ("decimal", ""))[0]
            shown = shown.replace(f"%{n + 1}", _figure(kind, self._counts[number, n] or 1))
        return f"{shown} " if shown else ""


def _figure(kind: str, number: int) -> str:
    if kind == "decimalEnclosedCircle" and number <= 20:
        return chr(_CIRCLED + number - 1)
    if kind in ("aiueo", "aiueoFullWidth") and number <= len(_KANA):
        return _KANA[number - 1]
    if kind == "decimalFullWidth":
        return str(number).translate({48 + n: 0xFF10 + n for n in range(10)})
    if kind in ("lowerLetter", "upperLetter") and number <= 26:
        return chr((97 if kind == "lowerLetter" else 65) + number - 1)
    if kind in ("japaneseCounting", "ideographDigital", "chineseCounting") and number <= 9:
        return _KANJI[number]
    return str(number)


def properties_of(run: Element) -> Any:
    """Whether a run is bold: True, False, or None if it does not say."""
    bold = run.find(f"{W}rPr/{W}b")
    if bold is None:
        return None
    return str(bold.get(f"{W}val", "1")).lower() not in ("0", "false", "off", "none")
