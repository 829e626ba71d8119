"""Fiscal years as documents write them: 令和5年度, R6年度以降, 2年目（令和6年度）実施内容."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from app.plan.periods.fiscal_year import FISCAL_YEARS, read_fiscal_year

_ERA: Final = r"(?:令和|平成|昭和|[RHSrhs]\.?)\s*(?:元|\d{1,2})|(?:19|20)\d\d"
_YEAR: Final = re.compile(
    rf"(?P<era>{_ERA})\s*(?:年度?)?\s*(?:[(（](?:{_ERA})\s*(?:年度?)?[)）])?\s*(?P<open>以降|以後|～|~|〜)?"
)
_ORDINAL: Final = re.compile(r"第?\s*\d{1,2}\s*年(?:目|次)(?:度)?")
# What may stand around the year in the head of a column.
_AROUND: Final = re.compile(
    r"^(?:実施|取組|計画|予定|見込|見込み|目標|内容|事項|の|における|実績|決算|予算|年度|当初|事業|工程|主な|具体的な|新規|以降|以後|"
    r"[()（）\[\]【】「」・:：/／\s]|\d{1,2}年目|第\d{1,2}年次?)*$"
)
_DUE: Final = re.compile(
    rf"^(?P<due>(?:{_ERA})\s*年?度?\s*(?:\d{{1,2}}月)?(?:末|中|当初|以降|まで)?"
    r"(?:時点|頃|まで|に)?)(?:[\s:：　]+|$|[(（](?=\D))"
)


@dataclass(frozen=True, slots=True)
class YearWord:
    """A fiscal year as found; None if only 1年目 stands there (`ordinal`). `label` as written."""

    fiscal_year: int | None
    label: str
    is_open: bool = False
    ordinal: int | None = None


def year_head(text: str) -> YearWord | None:
    """The year that the head of a column or row names, None if the text is no such head."""
    plain = unicodedata.normalize("NFKC", text).replace("\n", "").strip()
    if len(plain) > 40:
        return None
    ordinal = _ORDINAL.search(plain)
    rest = _ORDINAL.sub("", plain, count=1) if ordinal else plain
    found = _YEAR.search(rest)
    year = _year(found["era"]) if found else None
    if found and year is None:
        return None
    around = rest[: found.start()] + rest[found.end() :] if found else rest
    if not (found or ordinal) or not _AROUND.match(around):
        return None
    if found and not ordinal and found[0].strip().isdecimal() and len(found[0].strip()) < 4:
        return None
    number = int(re.sub(r"\D", "", ordinal[0])) if ordinal else None
    is_open = bool(found and found["open"]) or "以降" in around
    label = found[0].strip() if found else plain
    return YearWord(year, label, is_open, number)


def _year(words: str) -> int | None:
    year = read_fiscal_year(re.sub(r"[\s.]", "", words))
    return year if year in FISCAL_YEARS else None


def year_lines(text: str) -> list[tuple[YearWord | None, str]]:
    """A text cut at the lines that begin with a year: (year, what follows).

    The year is None before the first.
    """
    parts: list[tuple[YearWord | None, list[str]]] = [(None, [])]
    for line in text.split("\n"):
        year, rest = _leading_year(line)
        if year:
            parts.append((year, [rest] if rest.strip() else []))
        else:
            parts[-1][1].append(line)
    return [(year, "\n".join(lines)) for year, lines in parts if year or "".join(lines).strip()]


_LEADING: Final = re.compile(
    rf"^[\s　・◆■●○【\[(（]*(?P<era>{_ERA})\s*(?:年度?)\s*(?P<open>以降|以後|～|~|〜)?"
    r"[】\])）]?(?:[\s　:：]+|$)"
)


def _leading_year(line: str) -> tuple[YearWord | None, str]:
    plain = unicodedata.normalize("NFKC", line)
    found = _LEADING.match(plain)
    year = _year(found["era"]) if found else None
    if not found or year is None:
        return None, line
    # Width changes no length here but for what is left of the match, so cut the original alike.
    rest = line[len(found[0]) :] if len(plain) == len(line) else plain[found.end() :]
    label = found[0].strip(" 　・◆■●○【】[]()（）:：\n")
    return YearWord(year, label, bool(found["open"])), rest


def due_lines(text: str) -> list[tuple[str | None, int | None, str]]:
    """Targets of a text, one a line that begins with a date: (due, fiscal year, text)."""
    found: list[tuple[str | None, int | None, list[str]]] = []
    for line in text.split("\n"):
        match = _DUE.match(unicodedata.normalize("NFKC", line).lstrip(" ・●○■"))
        if match:
            start = len(line) - len(line.lstrip(" 　・●○■"))
            due = line[start : start + len(match["due"])].strip()
            rest = line[start + len(match["due"]) :].lstrip(" 　:：")
            found.append((due, due_year(due), [rest] if rest.strip() else []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            found.append((None, None, [line]))
    return [(due, year, "\n".join(lines).strip("\n")) for due, year, lines in found]


def due_year(due: str) -> int | None:
    """The fiscal year of 令和8年度末, None if there is none in it."""
    found = re.search(_ERA, unicodedata.normalize("NFKC", due))
    return _year(found[0]) if found else None
