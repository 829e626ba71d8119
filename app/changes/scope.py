"""The part of a plan that one department works on, and what stays inside it.

What goes along and what comes back is said for each kind in `app.plan.kinds`.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.changes.change import Change, ChangeSet, StaleChangeError, apply
from app.changes.diff import diff
from app.errors import KeikakuError
from app.plan.entities import Entity, Profile
from app.plan.kinds import KINDS, Kind
from app.plan.parts import owners_of
from app.plan.plan import Plan
from app.plan.references import Key, ids_in, key_of, parent_of, without_absent
from app.plan.table import Table


def part_of(plan: Plan, departments: Sequence[str]) -> Plan:
    """The plan with what these departments work on, and what they need to read.

    What refers to something that stays at home no longer does so. Raises KeikakuError if a
    department has no initiative.
    """
    for department in departments:
        if not any(department in card.departments for card in plan.initiatives.values()):
            raise KeikakuError(
                f"担当課が「{department}」の取組はありません。課の名前を確かめてください。"
            )
    part = Plan(plan.profile)
    for kind in KINDS.values():
        if kind.cls is not Profile and kind.part != "none":
            rows = _rows(plan, part, kind, departments)
            part = Plan(part.profile, rows, tables=part.tables)
    return part


def within(base: Plan, theirs: Plan, departments: Sequence[str]) -> tuple[Plan, ChangeSet]:
    """`theirs` without what lies outside the part, and the changes that were left out.

    Inside is what belongs to the departments, in `base` or newly in `theirs`, with all its parts.
    Raises KeikakuError if the inner changes need outer ones.
    """
    own = _keys_of(base, departments)
    own |= {key for key in _keys_of(theirs, departments) if base.find(*key) is None}
    inside: list[Change] = []
    outside: list[Change] = []
    for change in diff(base, theirs):
        is_inside = _is_asked(change) and _holder(change, theirs, base) in own
        (inside if is_inside else outside).append(change)
    try:
        return apply(base, inside), ChangeSet("範囲の外", tuple(outside))
    except StaleChangeError as error:
        raise KeikakuError(
            "提出されたファイルの変更に食い違いがあるため、統合できません。計画は元のままです。"
        ) from error


def _rows(plan: Plan, part: Plan, kind: Kind, departments: Collection[str]) -> Table[Any]:
    """What a part of the plan has of a kind; it has the kinds above it already."""
    going: dict[str, Entity] = {}
    for id, entity in plan.table(kind.name).items():
        parent = parent_of(entity)
        if parent and part.find(*parent) is None:
            continue
        holder = _held_by(plan, kind.name, id)
        if kind.part == "shown" or (holder and _belongs(holder, departments)):
            going[id] = entity
    there = Plan(part.profile, Table(going.values()), tables=part.tables)
    return Table(e for entity in going.values() if (e := without_absent(there, entity)))


def _keys_of(plan: Plan, departments: Collection[str]) -> set[Key]:
    """Everything that says of itself that it belongs to one of the departments."""
    kinds = (kind.name for kind in KINDS.values() if kind.departments)
    entities = (entity for kind in kinds for entity in plan.table(kind).values())
    return {key_of(entity) for entity in entities if _belongs(entity, departments)}


def _belongs(entity: Entity, departments: Collection[str]) -> bool:
    field = KINDS.of(type(entity)).departments
    return any(name in departments for name in ids_in(entity, field))


def _is_asked(change: Change) -> bool:
    return KINDS[change.entity].part == "asked"


def _holder(change: Change, *sides: Plan) -> Key | None:
    found = (_held_by(side, change.entity, change.id) for side in sides)
    return next((key_of(holder) for holder in found if holder), None)


def _held_by(plan: Plan, kind: str, id: str) -> Entity | None:
    """What says whose an entity is: itself, or the nearest above it that does."""
    return next(_with_departments(owners_of(plan, kind, id)), None)


def _with_departments(entities: Iterator[Entity]) -> Iterator[Entity]:
    return (entity for entity in entities if KINDS.of(type(entity)).departments)
