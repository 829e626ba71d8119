"""Verbs on the official form of a plan."""

from app.changes.change import ChangeSet, field_change
from app.plan.plan import Plan


def set_form(plan: Plan, key: str, file: str | None = None) -> ChangeSet:
    """Give the plan another form: a built-in one by its `key`, or one of its own.

    `file` is the TOML of a form that the plan is to carry; `key` is the one it names.
    """
    profile = plan.profile
    changes = field_change(profile, "form", key) + field_change(profile, "form_file", file)
    return ChangeSet("様式を変更", changes)
