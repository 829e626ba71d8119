"""Numbers and dates of a spreadsheet as they are shown.

The formats that forms of a city use; anything rarer is shown plainly, never left out.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from app.plan.periods.fiscal_year import ERAS

_QUOTED: Final = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE_PART: Final = re.compile(r"ggge?|gge?|ge|e+|y+|m+|d+|h+|s+|aaaa?|AM/PM", re.IGNORECASE)
_DAYS: Final = "月火水木金土日"
Value = int | float | datetime | date | time | timedelta


def shown(value: Value, number_format: str) -> str:
    """A number or date in a format of a spreadsheet (`0.0%`, `#,##0"件"`, `ggge"年"m"月"`)."""
    first = number_format.split(";")[0]
    if isinstance(value, datetime | date):
        return _day(value, first)
    if isinstance(value, time | timedelta):
        return str(value)
    return _number(value, first)


def shown_value(value: Any, number_format: str) -> tuple[str, str]:
    """The same for what a cell may hold besides text, and what may be wrong with it."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "TRUE か FALSE になっています"
    if isinstance(value, datetime | date | time | timedelta):
        return shown(value, number_format), "日付や時刻として入力されています"
    return shown(value, number_format), ""


def _number(value: int | float, pattern: str) -> str:
    found = re.search(r"[#0?][#0?,.]*(%?)", _QUOTED.sub(lambda m: "\x00" * len(m[0]), pattern))
    if not found or "general" in pattern.lower() or "@" in pattern:
        return _plain(value)
    digits = found[0].rstrip("%")
    decimals = len(digits.partition(".")[2])
    number = Decimal(repr(value)) * (100 if "%" in pattern else 1)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    body = f"{rounded:,f}" if "," in digits else f"{rounded:f}"
    whole = len(digits.partition(".")[0].replace(",", "").replace("#", ""))
    body = body.zfill(whole) if whole > 1 and "," not in digits else body
    before, after = pattern[: found.start()], pattern[found.end() :]
    return _literal(before) + body + ("%" if "%" in found[0] else "") + _literal(after)


def _plain(value: int | float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _literal(pattern: str) -> str:
    return _QUOTED.sub(lambda m: m[1] or m[2] or "", pattern)


def _day(value: datetime | date, pattern: str) -> str:
    day = value.date() if isinstance(value, datetime) else value
    if (
        not re.search(r"[ymdeg]", _QUOTED.sub("", pattern), re.IGNORECASE)
        or "general" in pattern.lower()
    ):
        return f"{day.year}/{day.month}/{day.day}"
    if isinstance(value, datetime) and "h" in _QUOTED.sub("", pattern).lower():
        return f"{day.year}/{day.month}/{day.day} {value.hour}:{value.minute:02d}"
    parts: list[str] = []
    last = 0
    for quoted in _QUOTED.finditer(pattern):
        parts += [_dated(pattern[last : quoted.start()], value), quoted[1] or quoted[2] or ""]
        last = quoted.end()
    return "".join(parts) + _dated(pattern[last:], value)


def _dated(pattern: str, value: datetime | date) -> str:
    return _DATE_PART.sub(lambda found: _date_part(found[0].lower(), value), pattern)


def _date_part(part: str, value: datetime | date) -> str:
    day = value.date() if isinstance(value, datetime) else value
    name, letter, year = _era(day)
    moment = value if isinstance(value, datetime) else None
    if part[0] == "g":
        era = name if part.count("g") == 3 else name[0] if part.count("g") == 2 else letter
        return era + (str(year) if "e" in part else "")
    if part[0] in "hs":
        return f"{getattr(moment, 'hour' if part[0] == 'h' else 'second', 0):02d}"
    if part[0] == "a":
        return _DAYS[day.weekday()] + ("曜日" if part == "aaaa" else "")
    number = {"e": year, "y": day.year, "m": day.month, "d": day.day}[part[0]]
    if part in ("mm", "dd", "ee"):
        return f"{number:02d}"
    return f"{number % 100:02d}" if part in ("y", "yy") else str(number)


def _era(day: date) -> tuple[str, str, int]:
    for first, name, letter in ERAS:
        if day >= first:
            return name, letter, day.year - first.year + 1
    return "西暦", "", day.year
