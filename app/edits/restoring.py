"""Verbs that bring back what was there before."""

from collections.abc import Iterable
from dataclasses import replace

from app.changes.change import WHOLE, Change, ChangeSet, added, field_change
from app.changes.diff import diff
from app.plan.entities import Entity, Initiative
from app.plan.plan import Plan, kind_of
from app.plan.table import Table


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


def restore_initiative(plan: Plan, initiative: str, then: Plan) -> ChangeSet:
    """Make an initiative with its years, targets and relistings what it was in `then`.

    One that is gone comes back; other initiatives stay. Categories and stages that the plan
    no longer has are left as they are now. Empty where `then` has no such initiative.
    """
    label = "取組を履歴から復元"
    earlier = then.initiatives.get(initiative)
    if earlier is None:
        return ChangeSet(label)
    wanted = _part(then, initiative, [_fitting(plan, earlier)])
    again = [r for r in wanted.relistings.values() if r.category in plan.categories]
    wanted = replace(wanted, profile=plan.profile, relistings=Table(again))
    current = plan.initiatives.get(initiative)
    return diff(_part(plan, initiative, [current] if current else []), wanted, label)


def _fitting(plan: Plan, earlier: Initiative) -> Initiative:
    """The initiative as it was, in categories and a stage that the plan has."""
    current = plan.initiatives.get(earlier.id)
    there = tuple(id for id in earlier.categories if id in plan.categories)
    stage = earlier.stage
    if stage not in plan.profile.stages:
        stage = current.stage if current else next(iter(plan.profile.stages), "")
    return replace(
        earlier, categories=there or (current.categories if current else ()), stage=stage
    )


def _part(plan: Plan, id: str, initiatives: Iterable[Initiative]) -> Plan:
    """A plan of nothing but one initiative with what belongs to it."""
    return Plan(
        plan.profile,
        initiatives=Table(initiatives),
        years=Table(plan.years.under(id)),
        kpis=Table(plan.kpis.under(id)),
        relistings=Table(plan.relistings.under(id)),
    )
