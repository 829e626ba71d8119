"""Verbs that bring back what was there before."""

from collections.abc import Iterable
from dataclasses import replace

from app.changes.change import WHOLE, Change, ChangeSet, added, field_change
from app.changes.diff import diff
from app.plan.entities import Entity, Initiative
from app.plan.kinds import INITIATIVE, kind_of
from app.plan.parts import parts_of
from app.plan.plan import Plan, plan_of
from app.plan.references import Key, key_of, parent_of, without_absent


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
        back = [change.before, *_removed_with(change.before, edit)]
        missing = [e for e in back if plan.find(*key_of(e)) is None]
        return ChangeSet(label, tuple(map(added, missing)))
    if current is None or isinstance(change.before, Entity):
        return ChangeSet(label)
    return ChangeSet(label, field_change(current, change.field, change.before))


def restore_initiative(plan: Plan, initiative: str, then: Plan) -> ChangeSet:
    """Make an initiative with all its parts what it was in `then`.

    One that is gone comes back; other initiatives stay. Categories and stages that the plan
    no longer has are left as they are now, and parts that would refer to something that it no
    longer has stay away. Empty if `then` has no such initiative.
    """
    label = "取組を履歴から復元"
    earlier = then.initiatives.get(initiative)
    if earlier is None:
        return ChangeSet(label)
    current = plan.initiatives.get(initiative)
    parts = parts_of(then, INITIATIVE, initiative)
    wanted = [_fitting(plan, earlier), *_standing(plan, parts)]
    now = [current, *parts_of(plan, INITIATIVE, initiative)] if current else []
    return diff(_alone(plan, now), _alone(plan, wanted), label)


def _removed_with(entity: Entity, edit: Iterable[Change]) -> list[Entity]:
    """The parts of an entity, at any depth, that an edit removed."""
    removed = [c.before for c in edit if isinstance(c.before, Entity) and c.after is None]
    found, owners = list[Entity](), {key_of(entity)}
    while more := [e for e in removed if parent_of(e) in owners and e not in found]:
        found += more
        owners |= set(map(key_of, more))
    return found


def _standing(plan: Plan, parts: Iterable[Entity]) -> list[Entity]:
    """The parts as they can stand in the plan, in the order of `parts_of`."""
    kept: list[Entity] = []
    lost: set[Key | None] = set()
    for entity in parts:
        standing = None if parent_of(entity) in lost else without_absent(plan, entity)
        if standing is None:
            lost.add(key_of(entity))
        else:
            kept.append(standing)
    return kept


def _fitting(plan: Plan, earlier: Initiative) -> Initiative:
    """The initiative as it was, in categories and a stage that the plan has."""
    current = plan.initiatives.get(earlier.id)
    fitting = without_absent(plan, earlier) or earlier
    stage = earlier.stage
    if stage not in plan.profile.stages:
        stage = current.stage if current else next(iter(plan.profile.stages), "")
    categories = fitting.categories or (current.categories if current else ())
    return replace(fitting, categories=categories, stage=stage)


def _alone(plan: Plan, entities: Iterable[Entity]) -> Plan:
    """A plan of nothing but these entities."""
    rows: dict[str, list[Entity]] = {}
    for entity in entities:
        rows.setdefault(kind_of(entity), []).append(entity)
    return plan_of(plan.profile, rows)
