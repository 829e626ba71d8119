"""Codes of number formats (`#,##0;▲0`, `[$-411]ggge"年"`) taken apart: ECMA-376 18.8.31."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

GENERAL: Final = "General"
# What the formats that a file only numbers are in Japanese Excel (ECMA-376 18.8.30, ja-jp).
_DOTTED: Final = "[$-411]ge.m.d"
_ERA_DAY: Final = '[$-411]ggge"年"m"月"d"日"'
_YEN: Final = '"¥"#,##0;"¥"-#,##0'
_YEN_CENTS: Final = '"¥"#,##0.00;"¥"-#,##0.00'
_MONTH: Final = 'yyyy"年"m"月"'
_DAY: Final = 'm"月"d"日"'
_BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: _YEN, 6: _YEN, 7: _YEN_CENTS, 8: _YEN_CENTS,
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _DOTTED, 28: _ERA_DAY, 29: _ERA_DAY,
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: _MONTH,
    35: _DAY, 36: _DOTTED, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"¥-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-"', 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _DOTTED, 51: _ERA_DAY,
    52: _MONTH, 53: _DAY, 54: _ERA_DAY, 55: _MONTH, 56: _DAY, 57: _DOTTED, 58: _ERA_DAY,
}  # fmt: skip
# What the system's own long date and time are on a Japanese PC.
_SYSTEM: Final = {"[$-f800]": 'yyyy"年"m"月"d"日"', "[$-f400]": "h:mm:ss"}
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準|標準)|(?P<noon>AM/PM|A/P)|(?P<power>E[+-])"
    r"|(?P<date>g{1,3}|e{1,2}|y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}|a{3,4}|r{1,2})"
    r"|(?P<digit>[0#?])|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_DIGITS: Final = re.compile(r"DBNum([123])", re.IGNORECASE)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a format: what it is (`lit`, `date`, `digit`, `elapsed` …), and its letters."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four formats of a code; the values it is for if it says so itself.

    `digits` is the kind of kanji numerals, 0 for none. `is_local`: in the words of Japanese.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    digits: int = 0
    is_local: bool = False
    first_year_is_gan: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it shows a date or time."""
        kinds = {token.kind for token in self.tokens}
        return bool(kinds & {"date", "elapsed", "noon"})

    def has(self, kind: str) -> bool:
        """Whether it has such a part."""
        return any(token.kind == kind for token in self.tokens)


def built_in(number: int) -> str:
    """The code of a format that files name by number only."""
    return _BUILT_IN.get(number, GENERAL)


@cache
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a code, at least one."""
    for mark, system in _SYSTEM.items():
        code = system if mark in code.lower() else code
    found: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            found.append([])
        else:
            found[-1].append(match)
    return tuple(_section(matches) for matches in found[:4])


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition, digits, is_local, gan = None, 0, False, False
    for match in matches:
        if match.lastgroup != "bracket":
            tokens += _tokens(match)
            continue
        inside = match["bracket"]
        if found := _CONDITION.fullmatch(inside.strip()):
            condition = found[1], float(found[2])
        elif found := _DIGITS.match(inside):
            digits = int(found[1])
        elif inside.startswith("$"):
            sign, _, place = inside[1:].partition("-")
            tokens += [Token("lit", sign)] if sign else []
            is_local = is_local or place.lower().startswith(("411", "ja"))
            gan = gan or "gannen" in place.lower()
        elif _ELAPSED.fullmatch(inside):
            tokens.append(Token("elapsed", inside.lower()))
    return Section(tuple(_with_minutes(tokens)), condition, digits, is_local, gan)


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    kind, text = match.lastgroup or "", match[0]
    if kind in ("quoted", "escaped"):
        yield Token("lit", match[kind])
    elif kind in ("date", "noon", "power", "general"):
        yield Token(kind, text.lower())
    elif kind in ("digit", "text"):
        yield Token(kind, text)
    elif kind == "other":
        yield Token(text if text in ".,%/" else "lit", text)


def _with_minutes(tokens: list[Token]) -> Iterator[Token]:
    """Tells minutes from months: m after hours, or before seconds, is minutes."""
    timed = [n for n, t in enumerate(tokens) if t.kind in ("date", "elapsed")]
    for n, token in enumerate(tokens):
        if token.kind == "date" and token.text in ("m", "mm"):
            place = timed.index(n)
            before = tokens[timed[place - 1]].text if place else ""
            after = tokens[timed[place + 1]].text if place + 1 < len(timed) else ""
            if before[:1] == "h" or after[:1] == "s":
                yield Token("date", token.text.replace("m", "n"))
                continue
        yield token
