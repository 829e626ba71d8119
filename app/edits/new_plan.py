"""Beginning a plan: what it has before anybody has written into it."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final
from uuid import uuid4

from app.errors import KeikakuError
from app.plan.board.stages import stages_for
from app.plan.entities import Profile
from app.plan.periods.fiscal_year import FISCAL_YEARS
from app.plan.plan import Plan

STATUSES: Final = ("調査・研究中", "着手中", "運用中")
"""The statuses that a plan begins with; each city may write its own list."""
TERM_YEARS: Final = (5,)
"""The terms that are proposed: one of five fiscal years."""


def new_plan(
    municipality: str,
    title: str,
    form: str,
    first_fiscal_year: int,
    term_years: Sequence[int] = TERM_YEARS,
) -> Plan:
    """An empty plan. Its stages are named after its length in years; `form` is a form's key.

    Raises KeikakuError for a year or terms that no plan can have.
    """
    if first_fiscal_year not in FISCAL_YEARS or not term_years or min(term_years) < 1:
        raise KeikakuError(
            "最初の年度か各期の年数が正しくないため、計画は作っていません。入れ直してください。"
        )
    return Plan(
        Profile(
            id=str(uuid4()),
            municipality=municipality,
            title=title,
            form=form,
            first_fiscal_year=first_fiscal_year,
            term_years=tuple(term_years),
            stages=stages_for(sum(term_years)),
            statuses=STATUSES,
            # Its book has no chapters yet whose number an index could bear.
            texts=MappingProxyType({"chapter": ""}),
        )
    )
