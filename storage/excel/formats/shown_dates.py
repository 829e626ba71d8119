"""Dates and times in the format of a spreadsheet's cell, in 和暦 too."""

from datetime import date, datetime, time, timedelta
from typing import Final

from app.plan.periods.fiscal_year import ERAS
from storage.excel.formats.format_code import Section, Token

MOST_DAYS: Final = 2_958_466
"""Excel's days end with the year 9999."""
_SECONDS: Final = 86_400
_DAYS: Final = "月火水木金土日"
_ENGLISH_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Excel counts a 29 February 1900 that there was not.
_FALSE_LEAP_DAY: Final = 60


def date_text(days: float, section: Section) -> str:
    """A number of days as a date or time in a section of a format."""
    digits = _fraction_digits(section.tokens)
    whole = timedelta(milliseconds=round(days * _SECONDS * 1000))
    if not digits:
        # Seconds are rounded, larger units are not.
        whole = timedelta(seconds=int(whole.total_seconds() + 0.5))
    shown = _Moment(whole, section)
    return "".join(shown.part(n) for n in range(len(section.tokens)))


def serial_of(value: datetime | date | time | timedelta) -> float:
    """The number of days by which a spreadsheet keeps a date or time."""
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / timedelta(
            days=1
        )
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    days = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    return days if days > _FALSE_LEAP_DAY else days - 1


class _Moment:
    """A date and time, of which a format shows parts."""

    def __init__(self, since: timedelta, section: Section) -> None:
        self._since, self._section = since, section
        days = since.days + (1 if since.days < _FALSE_LEAP_DAY else 0)
        self._is_leap_day = since.days == _FALSE_LEAP_DAY
        self._day = date(1899, 12, 30) + timedelta(days=days)
        self._hour, rest = divmod(since.seconds, 3600)
        self._minute, self._second = divmod(rest, 60)
        self._has_noon = section.has("noon")

    def part(self, n: int) -> str:
        """What stands for the nth token."""
        token = self._section.tokens[n]
        if token.kind == "date":
            return self._date(token.text)
        if token.kind == "elapsed":
            return self._elapsed(token.text)
        if token.kind == "noon":
            return self._noon(token.text)
        if token.kind == "digit":
            return self._fraction(n)
        return token.text if token.kind in ("lit", ".", ",", "/", "%") else ""

    def _date(self, part: str) -> str:
        letter = part[0]
        if letter in "gerGER":
            return self._era(part)
        if letter == "a":
            return _DAYS[self._day.weekday()] + ("曜日" if len(part) == 4 else "")
        if letter == "m" and len(part) > 2:
            name = _MONTHS[self._day.month - 1]
            return name[0] if len(part) == 5 else name if len(part) == 4 else name[:3]
        if letter == "d" and len(part) > 2:
            name = _ENGLISH_DAYS[self._day.weekday()]
            return name if len(part) == 4 else name[:3]
        number = self._number(letter)
        if letter == "y":
            return f"{number % 100:02d}" if len(part) < 3 else str(number)
        return f"{number:02d}" if len(part) == 2 else str(number)

    def _number(self, letter: str) -> int:
        hour = (self._hour - 1) % 12 + 1 if self._has_noon else self._hour
        day = 29 if self._is_leap_day else self._day.day
        month = 2 if self._is_leap_day else self._day.month
        return {
            "y": self._day.year, "m": month, "d": day, "h": hour, "n": self._minute,
            "s": self._second,
        }[letter]  # fmt: skip

    def _era(self, part: str) -> str:
        first, name, letter = next(
            (era for era in ERAS if self._day >= era[0]), (date(1, 1, 1), "", "")
        )
        year = self._day.year - first.year + 1
        is_gan = year == 1 and self._section.first_year_is_gan and bool(name)
        words = {"g": letter, "gg": name[:1], "ggg": name}
        years = {"e": "元" if is_gan else str(year), "ee": "元" if is_gan else f"{year:02d}"}
        return {**words, **years, "r": years["ee"], "rr": name + years["ee"]}[part]

    def _elapsed(self, part: str) -> str:
        unit = {"h": 3600, "m": 60, "s": 1}[part[0]]
        return f"{int(self._since.total_seconds()) // unit:0{len(part)}d}"

    def _noon(self, part: str) -> str:
        is_late = self._hour >= 12
        if self._section.is_local:
            return "午後" if is_late else "午前"
        words = part.upper().split("/")
        return words[1 if is_late else 0]

    def _fraction(self, n: int) -> str:
        tokens = self._section.tokens
        start = n
        while start and tokens[start - 1].kind == "digit":
            start -= 1
        milliseconds = f"{self._since.microseconds // 1000:03d}" + "0" * 9
        return milliseconds[n - start]


def _fraction_digits(tokens: tuple[Token, ...]) -> int:
    """How many digits of fractions of a second are shown."""
    return sum(token.kind == "digit" for token in tokens)
