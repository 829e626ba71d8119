"""Fiscal years and dates in 和暦. A fiscal year is the western year of its April."""

import unicodedata
from datetime import date
from typing import Final

# First day and name of each era, newest first (政令 元号を改める政令).
ERAS: Final = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
FISCAL_YEARS: Final = range(1868, 3000)
"""The fiscal years that a plan may speak of: from 明治元年度 on, in four digits."""


def _era(day: date) -> tuple[str, str, int]:
    for first, name, letter in ERAS:
        if day >= first:
            return name, letter, day.year - first.year + 1
    return "西暦", "", day.year


def _fiscal_era(fiscal_year: int) -> tuple[str, str, int]:
    # An era that begins inside a fiscal year names the whole year: April 2019 to
    # March 2020 is 令和元年度 in official use, so the last day of the year decides.
    return (
        _era(date(fiscal_year, 12, 31)) if 1 <= fiscal_year <= 9999 else ("西暦", "", fiscal_year)
    )


def fiscal_year_name(fiscal_year: int) -> str:
    """令和4年度 for 2022, 令和元年度 for 2019."""
    name, _, year = _fiscal_era(fiscal_year)
    return f"{name}{'元' if year == 1 and name != '西暦' else year}年度"


def fiscal_year_short(fiscal_year: int) -> str:
    """R4 for 2022."""
    _, letter, year = _fiscal_era(fiscal_year)
    return f"{letter}{year}"


def read_fiscal_year(text: str) -> int | None:
    """2023 for 2023, R5, 令和5 or 令和5年度, in either width; None where it is no year."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    plain = plain.removesuffix("度").removesuffix("年").replace("元", "1")
    for first, name, letter in ERAS:
        for start in (name, letter):
            number = plain.removeprefix(start)
            if number != plain and number.isdecimal():
                return first.year + int(number) - 1
    return int(plain) if plain.isdecimal() and len(plain) == 4 else None


def date_name(day: date) -> str:
    """令和5年4月1日."""
    name, _, year = _era(day)
    return f"{name}{'元' if year == 1 and name != '西暦' else year}年{day.month}月{day.day}日"


def date_short(day: date) -> str:
    """R5.4.1."""
    _, letter, year = _era(day)
    return f"{letter}{year}.{day.month}.{day.day}"


def fiscal_year_of(issued: str | None) -> int | None:
    """The fiscal year in which a month `YYYY-MM` lies, None where there is none."""
    if not issued:
        return None
    year, _, month = issued.partition("-")
    if not (year.isdecimal() and month[:2].isdecimal()):
        return None
    return int(year) - (int(month[:2]) < 4)


def fiscal_year_on(day: date) -> int:
    """The fiscal year in which a day lies."""
    return day.year - (day.month < 4)


def western_year(fiscal_year: int) -> str:
    """令和4年度（2022年度）: with the western year, as on first mention."""
    return f"{fiscal_year_name(fiscal_year)}（{fiscal_year}年度）"


def western_date(day: date) -> str:
    """令和5年4月1日（2023年4月1日）."""
    return f"{date_name(day)}（{day.year}年{day.month}月{day.day}日）"


def month_name(issued: str | None) -> str:
    """令和5年6月（2023年6月） for a month `YYYY-MM`; what is no such month stays as written."""
    year, _, month = (issued or "").partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year)):
        return issued or ""
    # An era that begins inside a month has not begun on its first day.
    day = date(int(year), int(month), 1)
    return f"{date_name(day).removesuffix('1日')}（{day.year}年{day.month}月）"
