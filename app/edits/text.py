"""Verbs on what an initiative says: its texts, facts and years."""

from app.changes.change import Change, ChangeSet, added, field_change
from app.errors import KeikakuError
from app.plan.entities import TEXT_PREFIX, Scalar
from app.plan.lists.departments import typed_departments
from app.plan.periods.fiscal_year import FISCAL_YEARS, fiscal_year_name
from app.plan.periods.years import new_year, year_of
from app.plan.plan import Plan


def set_fact(plan: Plan, initiative: str, field: str, value: Scalar) -> ChangeSet:
    """Set a field of the initiative itself (name, departments, status …)."""
    if field == "departments" and isinstance(value, tuple):
        value = typed_departments(plan, map(str, value))
    return ChangeSet("記入", field_change(plan.initiatives[initiative], field, value))


def set_text(plan: Plan, initiative: str, field: str, text: str) -> ChangeSet:
    """Set one of an initiative's texts (overview, background …)."""
    entity = plan.initiatives[initiative]
    return ChangeSet("記入", field_change(entity, TEXT_PREFIX + field, text))


def set_year_text(
    plan: Plan, initiative: str, fiscal_year: int, field: str, text: str
) -> ChangeSet:
    """Set one of a year's texts (actions, goals …), as `set_year_fact` does."""
    return set_year_fact(plan, initiative, fiscal_year, TEXT_PREFIX + field, text)


def set_year_fact(
    plan: Plan, initiative: str, fiscal_year: int, field: str, value: Scalar
) -> ChangeSet:
    """Set a field of the year itself (mark, label …); a year that is missing is added.

    `fiscal_year` is the western year of its April. Raises KeikakuError for one that is none.
    """
    if fiscal_year not in FISCAL_YEARS:
        raise KeikakuError(f"{fiscal_year}年度は扱えません。西暦の4桁で指定してください。")
    year = year_of(plan, initiative, fiscal_year)
    changes: tuple[Change, ...] = ()
    if year is None:
        year = new_year(plan, initiative, fiscal_year)
        changes = (added(year),)
    label = f"{fiscal_year_name(fiscal_year)}の記入"
    return ChangeSet(label, changes + field_change(year, field, value))
