"""What refers to what inside a plan, and what can be removed without a loose end."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from app.plan.entities import Entity
from app.plan.kinds import KINDS, kind_of
from app.plan.plan import Plan

E = TypeVar("E", bound=Entity)
Key = tuple[str, str]
"""Kind and id of an entity."""


def key_of(entity: Entity) -> Key:
    """Kind and id of an entity."""
    return kind_of(entity), entity.id


def parent_of(entity: Entity) -> Key | None:
    """The parent of a child, None if it has none."""
    kind = KINDS.of(type(entity))
    if not kind.parent or (kind.may_stand_alone and not entity.parent):
        return None
    return kind.parent, entity.parent


def refers_to(entity: Entity) -> Iterator[Key]:
    """Everything that must be there for an entity to stand: its parent, and what it names."""
    parent = parent_of(entity)
    if parent:
        yield parent
    for field, kind in KINDS.of(type(entity)).references.items():
        yield from ((kind, id) for id in ids_in(entity, field))


def ids_in(entity: Entity, field: str) -> tuple[str, ...]:
    """The ids that a field names: those of a list, the one of a text, none of None."""
    value = entity.get(field)
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return () if value is None else (str(value),)


def without_absent(plan: Plan, entity: E) -> E | None:
    """The entity without references to what the plan does not have; None if it needs one.

    Its parent is not looked at.
    """
    for field, kind in KINDS.of(type(entity)).references.items():
        ids = ids_in(entity, field)
        kept = tuple(id for id in ids if plan.find(kind, id) is not None)
        if kept != ids:
            empty = type(entity)(id=entity.id).get(field)
            if isinstance(empty, str):
                return None
            entity = entity.with_value(field, kept if isinstance(empty, tuple) else None)
    return entity


def in_removal_order(entities: Iterable[Entity]) -> list[Entity]:
    """The entities with users before what they use; those of one kind as they came."""
    order = {kind: -place for place, kind in enumerate(KINDS)}
    return sorted(entities, key=lambda entity: order[kind_of(entity)])


def removable(plan: Plan, entities: Iterable[Entity], kept: Iterable[Entity] = ()) -> list[Entity]:
    """Those of the entities that can go together, users before what they use.

    An entity stays if something that stays refers to it; what was to go along with
    a parent that stays, stays too. `kept` were to go, and stay for a reason of their own.
    """
    going = {key_of(entity): entity for entity in entities}
    wanted, users = {*going, *map(key_of, kept)}, _users(plan)
    while True:
        staying = [
            key
            for key, entity in going.items()
            if any(user not in going for user in users.get(key, ()))
            or ((parent := parent_of(entity)) in wanted and parent not in going)
        ]
        if not staying:
            return in_removal_order(going.values())
        for key in staying:
            del going[key]


def _users(plan: Plan) -> dict[Key, list[Key]]:
    users: dict[Key, list[Key]] = {}
    for kind in KINDS:
        for entity in plan.table(kind).values():
            for key in refers_to(entity):
                users.setdefault(key, []).append(key_of(entity))
    return users
