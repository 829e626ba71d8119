"""What refers to what inside a plan, and what can be removed without a loose end."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.plan.entities import Entity, Initiative, Relisting
from app.plan.plan import Plan, kind_of

Key = tuple[str, str]
"""Kind and id of an entity."""

PARENT_KIND: Final = {
    "category": "pillar",
    "year_plan": "initiative",
    "kpi": "initiative",
    "relisting": "initiative",
}
# Users before what they use.
_REMOVAL_ORDER: Final = ("relisting", "kpi", "year_plan", "initiative", "category", "pillar")


def key_of(entity: Entity) -> Key:
    """Kind and id of an entity."""
    return kind_of(entity), entity.id


def parent_of(entity: Entity) -> Key | None:
    """The parent of a child, None for an entity that has none."""
    kind = PARENT_KIND.get(kind_of(entity))
    return (kind, entity.parent) if kind else None


def refers_to(entity: Entity) -> Iterator[Key]:
    """Everything that must be there for an entity to stand: its parent and its categories."""
    parent = parent_of(entity)
    if parent:
        yield parent
    if isinstance(entity, Initiative):
        yield from (("category", category) for category in entity.categories)
    if isinstance(entity, Relisting):
        yield "category", entity.category


def removable(plan: Plan, entities: Iterable[Entity], kept: Iterable[Entity] = ()) -> list[Entity]:
    """Those of the entities that can go together, users before what they use.

    An entity stays where something that stays refers to it; what was to go along with
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
            return sorted(going.values(), key=lambda e: _REMOVAL_ORDER.index(kind_of(e)))
        for key in staying:
            del going[key]


def _users(plan: Plan) -> dict[Key, list[Key]]:
    users: dict[Key, list[Key]] = {}
    for kind in _REMOVAL_ORDER:
        for entity in plan.table(kind).values():
            for key in refers_to(entity):
                users.setdefault(key, []).append(key_of(entity))
    return users
