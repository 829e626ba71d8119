"""The part of a plan that one department works on, and what stays inside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.changes.change import Change, ChangeSet, StaleChangeError, apply
from app.changes.diff import diff
from app.errors import KeikakuError
from app.plan.entities import Entity, Initiative
from app.plan.plan import Plan
from app.plan.references import PARENT_KIND
from app.plan.table import Table


def part_of(plan: Plan, departments: Sequence[str]) -> Plan:
    """The plan with the initiatives of these departments only, and all pillars and categories.

    Raises KeikakuError where a department has none.
    """
    own = _initiatives(plan, departments)
    for department in departments:
        if not _initiatives(plan, [department]):
            raise KeikakuError(
                f"担当課が「{department}」の取組はありません。課の名前を確かめてください。"
            )
    return replace(
        plan,
        initiatives=Table(plan.initiatives[id] for id in plan.initiatives if id in own),
        years=Table(year for year in plan.years.values() if year.parent in own),
        kpis=Table(kpi for kpi in plan.kpis.values() if kpi.parent in own),
        relistings=Table(again for again in plan.relistings.values() if again.parent in own),
    )


def within(base: Plan, theirs: Plan, departments: Sequence[str]) -> tuple[Plan, ChangeSet]:
    """`theirs` without what lies outside the part, and the changes that were left out.

    Inside are the initiatives of the departments, in `base` or newly in `theirs`, with their
    years, targets and relistings. Raises KeikakuError where the inner changes need outer ones.
    """
    own = _initiatives(base, departments) | {
        id for id in _initiatives(theirs, departments) if id not in base.initiatives
    }
    inside: list[Change] = []
    outside: list[Change] = []
    for change in diff(base, theirs):
        is_own = _initiative_of(change, base, theirs) in own
        (inside if is_own else outside).append(change)
    try:
        return apply(base, inside), ChangeSet("範囲の外", tuple(outside))
    except StaleChangeError as error:
        raise KeikakuError(
            "提出されたファイルの変更に食い違いがあるため、統合できません。計画は元のままです。"
        ) from error


def _initiatives(plan: Plan, departments: Iterable[str]) -> set[str]:
    wanted = set(departments)
    return {id for id, card in plan.initiatives.items() if wanted & set(card.departments)}


def _initiative_of(change: Change, base: Plan, theirs: Plan) -> str | None:
    """The initiative that a change belongs to, None for one of the plan's structure."""
    if change.entity == "initiative":
        return change.id
    if PARENT_KIND.get(change.entity) != "initiative":
        return None
    sides = (theirs.find(change.entity, change.id), base.find(change.entity, change.id))
    entity: Entity | None = next((side for side in sides if side), None)
    assert not isinstance(entity, Initiative)
    return entity.parent if entity else None
