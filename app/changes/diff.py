"""What turns one plan into another, as a ChangeSet."""

from app.changes.change import Change, ChangeSet, added, field_change, removed
from app.plan.entities import Entity
from app.plan.kinds import KINDS
from app.plan.plan import Plan


def diff(before: Plan, after: Plan, label: str = "変更") -> ChangeSet:
    """The edit that turns `before` into `after`: applying it gives a plan equal to `after`."""
    changes: list[Change] = []
    for kind in KINDS:
        old, new = before.table(kind), after.table(kind)
        changes += [removed(old[key]) for key in old if key not in new]
        for key, entity in new.items():
            if key not in old:
                changes.append(added(entity))
            elif old[key] != entity:
                changes += _entity_diff(old[key], entity)
    return ChangeSet(label, tuple(changes))


def _entity_diff(before: Entity, after: Entity) -> list[Change]:
    names = dict.fromkeys(before.field_names() + after.field_names())
    return [change for name in names for change in field_change(before, name, after.get(name))]
