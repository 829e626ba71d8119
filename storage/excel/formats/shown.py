"""What a cell of a spreadsheet shows: numbers, dates and texts in their formats.

The answer to "what did the person see": 0.5 in `0%` is 50%, 45748 in `[$-411]ge.m.d` is R7.4.1.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from storage.excel.formats.format_code import GENERAL, Section, Token, sections_of
from storage.excel.formats.shown_dates import MOST_DAYS, date_text, serial_of
from storage.excel.formats.shown_numbers import general_text, number_text

UNSEEN: Final = "表示されない形の数です"
"""The remark on a number whose format shows nothing, as `;;;`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen in a cell, whether that is a date, and what is odd about it (Japanese)."""

    text: str
    is_date: bool = False
    remark: str = ""


def shown_number(value: float, code: str = GENERAL, is_1904: bool = False) -> Shown:
    """A number in a format. `is_1904`: the workbook counts days from 1904 on."""
    if not math.isfinite(value):
        return Shown(str(value), remark="数になっていません")
    section, rest = _section_for(value, sections_of(code))
    if section.is_date:
        days = value + (1462 if is_1904 else 0)
        if not 0 <= days < MOST_DAYS:
            return Shown(general_text(value), remark="日付にならない数です")
        return Shown(date_text(days, section), is_date=True)
    text = number_text(rest, section)
    if not text.strip() and code.strip():
        return Shown("", remark=UNSEEN)
    return Shown(text)


def shown_string(text: str, code: str = GENERAL) -> str:
    """A text in a format: `@"様"` adds to it."""
    sections = sections_of(code)
    section = sections[3] if len(sections) == 4 else sections[-1]
    if not section.has("text"):
        return text
    return "".join(text if t.kind == "text" else _literal(t) for t in section.tokens)


def shown_value(value: Any, code: str) -> tuple[str, str]:
    """What other libraries give for a cell, as it is shown, and what may be wrong with it."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "TRUE か FALSE になっています"
    if isinstance(value, datetime | date | time | timedelta):
        usual = "h:mm" if isinstance(value, time | timedelta) else "yyyy/m/d"
        if isinstance(value, datetime) and (value.hour or value.minute):
            usual = "yyyy/m/d h:mm"
        is_general = not sections_of(code)[0].is_date
        shown = shown_number(serial_of(value), usual if is_general else code)
        return shown.text, "日付や時刻として入力されています"
    shown = shown_number(float(value), code)
    return shown.text, shown.remark


def _literal(token: Token) -> str:
    return token.text if token.kind in ("lit", ".", ",", "%", "/") else ""


_COMPARE: Final = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip


def _section_for(value: float, sections: tuple[Section, ...]) -> tuple[Section, Decimal]:
    """The section that shows a number, and what of it is shown: a section for negative numbers
    brings its own sign.
    """
    exact = Decimal(f"{value:.15g}")
    numbers = sections[:3]
    if any(section.condition for section in numbers):
        for section in numbers:
            if section.condition is None:
                return section, exact
            sign, limit = section.condition
            if _COMPARE[sign](value, limit):
                is_negative_only = sign in ("<", "<=") and limit <= 0
                return section, abs(exact) if is_negative_only else exact
        return numbers[-1], exact
    if value < 0 and len(numbers) > 1:
        return numbers[1], abs(exact)
    if value == 0 and len(numbers) > 2:
        return numbers[2], exact
    return numbers[0], exact
