"""The fiscal years of an initiative: finding one, beginning one."""

from app.plan.entities import YearPlan, child_id
from app.plan.plan import Plan


def year_of(plan: Plan, initiative: str, fiscal_year: int) -> YearPlan | None:
    """The initiative's plan for a fiscal year, None if it has none."""
    years = plan.years.under(initiative)
    return next((year for year in years if year.fiscal_year == fiscal_year), None)


def new_year(plan: Plan, initiative: str, fiscal_year: int) -> YearPlan:
    """An empty year of an initiative, in its place among the others."""
    siblings = plan.years.under(initiative)
    earlier = [year.position for year in siblings if year.fiscal_year < fiscal_year]
    later = [year.position for year in siblings if year.fiscal_year > fiscal_year]
    low = max(earlier, default=min(later, default=1.0) - 2.0)
    high = min((p for p in later if p > low), default=low + 2.0)
    return YearPlan(
        id=child_id(initiative, fiscal_year, plan.years),
        parent=initiative,
        position=(low + high) / 2,
        fiscal_year=fiscal_year,
    )
