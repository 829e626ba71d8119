"""Verbs that bring back what was there before."""

from collections.abc import Iterable

from app.changes.change import WHOLE, Change, ChangeSet, added, field_change
from app.plan.entities import Entity
from app.plan.plan import Plan, kind_of


def restore(plan: Plan, change: Change, edit: Iterable[Change] = ()) -> ChangeSet:
    """Put a field back to what it was before a change, or a removed entity back into the plan.

    `edit` are all changes of the edit: what was removed with an entity comes back with it.
    Empty where that cannot be: the entity is gone, or it was only added then.
    """
    label = "履歴から復元"
    current = plan.find(change.entity, change.id)
    if change.field == WHOLE:
        if not isinstance(change.before, Entity) or current is not None:
            return ChangeSet(label)
        removed = [c.before for c in edit if isinstance(c.before, Entity) and c.after is None]
        parts = [e for e in removed if e.parent == change.id]
        missing = [e for e in parts if plan.find(kind_of(e), e.id) is None]
        return ChangeSet(label, tuple(map(added, [change.before, *missing])))
    if current is None or isinstance(change.before, Entity):
        return ChangeSet(label)
    return ChangeSet(label, field_change(current, change.field, change.before))
