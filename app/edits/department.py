"""The verb on departments (担当課), which a plan knows only as words of its initiatives."""

from dataclasses import replace
from datetime import date

from app.changes.change import ChangeSet
from app.edits.initiative import replace_department
from app.plan.periods.fiscal_year import date_name
from app.plan.plan import Plan


def rename_department(plan: Plan, old: str, new: str, day: date) -> ChangeSet:
    """Put a department's new name wherever the old one stands; the history names the day."""
    edit = replace_department(plan, tuple(plan.initiatives), old, new)
    return replace(edit, label=f"担当課の改称（{date_name(day)}）：{old}→{new}")
