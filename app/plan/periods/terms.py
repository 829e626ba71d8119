"""Terms (期): the runs of fiscal years inside a plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.plan.entities import Profile
from app.plan.periods.fiscal_year import fiscal_year_name, fiscal_year_of


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its ordinal (1 = 第1期) and its fiscal years."""

    ordinal: int
    years: range

    @property
    def name(self) -> str:
        """第1期（令和4年度～令和5年度）."""
        ends = (self.years.start, self.years.stop - 1)
        years = "～".join(dict.fromkeys(map(fiscal_year_name, ends)))
        return f"第{self.ordinal}期（{years}）"


def terms(profile: Profile) -> tuple[Term, ...]:
    """All terms of a plan, in order."""
    first, result = profile.first_fiscal_year, []
    for ordinal, length in enumerate(profile.term_years, start=1):
        result.append(Term(ordinal, range(first, first + length)))
        first += length
    return tuple(result)


def term_of(profile: Profile, fiscal_year: int) -> Term | None:
    """The term that holds a fiscal year, None outside the plan."""
    return next((term for term in terms(profile) if fiscal_year in term.years), None)


def read_term_years(text: str) -> tuple[int, ...] | None:
    """(2, 2) for 2・2, each from 1 to 20; None if it says no lengths."""
    lengths = tuple(int(n) for n in re.findall(r"\d+", text))
    return lengths if lengths and all(1 <= n <= 20 for n in lengths) else None


def plan_years(profile: Profile) -> str:
    """令和4年度から令和11年度まで: the fiscal years of a plan, "" if it has no terms."""
    last = profile.first_fiscal_year + sum(profile.term_years) - 1
    ends = (fiscal_year_name(profile.first_fiscal_year), fiscal_year_name(last))
    return f"{ends[0]}から{ends[1]}まで" if profile.term_years else ""


def current_term(profile: Profile) -> Term | None:
    """The term the plan is in: the one that people set, the last if it has fewer; None if none."""
    all_terms = terms(profile)
    return all_terms[min(max(profile.term, 1), len(all_terms)) - 1] if all_terms else None


def term_when_issued(issued: str | None, first_fiscal_year: int, term_years: Sequence[int]) -> int:
    """The term, from 1, of a plan of which nobody has said it: the one it was issued in.

    If it was issued outside all of them the nearest, and the first if it was not issued. Plan
    files of schema 103 and JSON files without `term` are read so; the rule stays as it is.
    """
    fiscal_year = fiscal_year_of(issued)
    if fiscal_year is None:
        return 1
    ends = [first_fiscal_year + sum(term_years[:count]) for count in range(1, len(term_years) + 1)]
    return next((n for n, end in enumerate(ends, start=1) if fiscal_year < end), len(ends)) or 1
