"""Making what changed between two states to a third one that says the same as the first.

A plan that was exported and imported again says what it said, but its rows are numbered anew and
remember the keys of the file. What was changed meanwhile is taken, and nothing of that.
"""

from app.changes.change import WHOLE, Change, apply
from app.changes.diff import diff
from app.plan.entities import Entity
from app.plan.plan import Plan

_POSITION = "position"


def transferred(before: Plan, after: Plan, onto: Plan) -> Plan:
    """`onto` with what changed from `before` to `after`; `before` and `onto` say the same.

    Where rows were added, or stand in another order, all rows beside them take the places of
    `after`.
    """
    found: dict[tuple[str, str], Entity | None] = {}
    ranked: dict[tuple[str, str], None] = {}
    for change in diff(before, after):
        key = change.entity, change.id
        current = found[key] if key in found else onto.find(*key)
        found[key] = _changed(current, change)
        if change.field in (WHOLE, _POSITION):
            entity = after.find(*key) or before.find(*key)
            ranked[change.entity, entity.parent if entity else ""] = None
    for kind, parent in ranked:
        for id, entity in after.table(kind).items():
            current = found.get((kind, id), onto.find(kind, id))
            if entity.parent == parent and current is not None:
                found[kind, id] = current.with_value(_POSITION, entity.position)
    return apply(
        onto, [Change(*key, WHOLE, onto.find(*key), entity) for key, entity in found.items()]
    )


def _changed(current: Entity | None, change: Change) -> Entity | None:
    if change.field == WHOLE:
        return change.after if isinstance(change.after, Entity) else None
    if current is None or isinstance(change.after, Entity):
        return current
    return current.with_value(change.field, change.after)
