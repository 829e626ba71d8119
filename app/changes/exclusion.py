"""Taking single changes out of an edit, with what cannot stand without them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.changes.change import WHOLE, Change, ChangeSet, apply
from app.plan.entities import Entity
from app.plan.kinds import KINDS
from app.plan.plan import Plan
from app.plan.references import Key, key_of, parent_of, refers_to


def exclude_changes(plan: Plan, edit: ChangeSet, refused: Collection[Change]) -> ChangeSet:
    """The edit without the refused changes.

    What comes or goes with a refused entity is refused too, and so is what would then refer to
    something that is not there: a year of an initiative that is not added, say.
    """
    gone = {_key(change) for change in refused if change.field == WHOLE}
    while more := {_key(c) for c in edit if _owner(c) in gone} - gone:
        gone |= more
    left = [c for c in edit if c not in refused and _owner(c) not in gone]
    while loose := _loose(plan, left):
        left = [change for change in left if change not in loose]
    return replace(edit, changes=tuple(left))


def roots(edit: ChangeSet) -> list[Change]:
    """The changes of an edit without those that come or go with an entity of the same edit."""
    whole = {_key(change) for change in edit if change.field == WHOLE}
    return [change for change in edit if _owner(change) not in whole]


def _key(change: Change) -> Key:
    return change.entity, change.id


def _owner(change: Change) -> Key | None:
    """The parent of an entity that comes or goes."""
    sides = (change.after, change.before)
    entity = next((side for side in sides if isinstance(side, Entity)), None)
    return parent_of(entity) if entity else None


def _loose(plan: Plan, changes: Sequence[Change]) -> list[Change]:
    """The changes that cannot stand."""
    whole = {_key(c): c.after for c in changes if c.field == WHOLE}
    adrift = [c for c in changes if not whole.get(_key(c), plan.find(*_key(c)))]
    loose = [change for change in adrift if change.field != WHOLE]
    if loose:
        return loose
    after = apply(plan, changes)
    broken: set[Key] = set()
    for kind in KINDS:
        for entity in after.table(kind).values():
            missing = [key for key in refers_to(entity) if after.find(*key) is None]
            broken.update((key_of(entity), *missing) if missing else ())
    return [c for c in changes if _key(c) in broken and _says_where(c)]


def _says_where(change: Change) -> bool:
    """Whether a change is of an entity as a whole, or of what it refers to."""
    return change.field in (WHOLE, "parent", *KINDS[change.entity].references)
