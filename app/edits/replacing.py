"""Replacing words all over the plan."""

from collections.abc import Iterator

from app.changes.change import Change, ChangeSet, field_change
from app.plan.entities import Scalar
from app.plan.kinds import KINDS, Writing, written_fields
from app.plan.plan import Plan


def replace_words(plan: Plan, old: str, new: str) -> ChangeSet:
    """Put `new` in the place of `old`, exactly as written, in every text of the plan.

    Which fields count as texts is said in `app.plan.kinds`: names, departments, desired states
    and visions do; numbers, stages and statuses do not.
    """
    changes = tuple(_changes(plan, old, new)) if old else ()
    return ChangeSet(f"「{old}」を「{new}」に置換", changes)


def _changes(plan: Plan, old: str, new: str) -> Iterator[Change]:
    for kind in KINDS:
        for entity in plan.table(kind).values():
            for field in written_fields(entity, Writing.REPLACED):
                yield from field_change(entity, field, _replaced(entity.get(field), old, new))


def _replaced(value: Scalar, old: str, new: str) -> Scalar:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, tuple):
        return tuple(str(item).replace(old, new) for item in value)
    return value
