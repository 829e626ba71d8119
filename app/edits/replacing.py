"""Replacing words all over the plan."""

from collections.abc import Iterator

from app.changes.change import Change, ChangeSet, field_change
from app.plan.entities import TEXT_PREFIX, Entity, Scalar
from app.plan.plan import Plan

_FIELDS = ("name", "status_note", "text", "departments", "desired_states", "vision")


def replace_words(plan: Plan, old: str, new: str) -> ChangeSet:
    """Put `new` in the place of `old`, exactly as written, in every text of the plan.

    Names, departments, desired states and visions count as texts; numbers, stages and
    statuses do not.
    """
    changes = tuple(_changes(plan, old, new)) if old else ()
    return ChangeSet(f"「{old}」を「{new}」に置換", changes)


def _changes(plan: Plan, old: str, new: str) -> Iterator[Change]:
    for kind in ("pillar", "category", "initiative", "year_plan", "kpi"):
        for entity in plan.table(kind).values():
            for field in _text_fields(entity):
                yield from field_change(entity, field, _replaced(entity.get(field), old, new))


def _text_fields(entity: Entity) -> list[str]:
    names = entity.field_names()
    return [name for name in names if name in _FIELDS or name.startswith(TEXT_PREFIX)]


def _replaced(value: Scalar, old: str, new: str) -> Scalar:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, tuple):
        return tuple(str(item).replace(old, new) for item in value)
    return value
