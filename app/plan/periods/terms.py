"""Terms (期): the runs of fiscal years inside a plan."""

from dataclasses import dataclass

from app.plan.entities import Profile
from app.plan.periods.fiscal_year import fiscal_year_of


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its ordinal (1 = 第1期) and its fiscal years."""

    ordinal: int
    years: range


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


def current_term(profile: Profile) -> Term | None:
    """The term the edition is about: the one it was issued in, else the nearest, else the first."""
    all_terms = terms(profile)
    issued = fiscal_year_of(profile.issued)
    if not all_terms or issued is None:
        return all_terms[0] if all_terms else None
    return term_of(profile, issued) or (
        all_terms[0] if issued < profile.first_fiscal_year else all_terms[-1]
    )
