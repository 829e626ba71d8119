"""What hangs on what, at any depth: the parts of an entity, and the initiative of a part.

Both follow the index that each table keeps by parent, so that their cost is that of what they
give and not of the plan.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from app.plan.entities import Entity
from app.plan.kinds import INITIATIVE, KINDS
from app.plan.plan import Plan
from app.plan.references import Key, parent_of

NOTHING: Final[Mapping[Key, Entity]] = MappingProxyType({})


def parts_of(plan: Plan, kind: str, id: str) -> tuple[Entity, ...]:
    """All that hangs on an entity: its children kind by kind, each followed by its own parts."""
    found: list[Entity] = []
    for child in KINDS.children(kind):
        children = plan.table(child.name).under(id)
        if not KINDS.children(child.name):
            found += children
            continue
        for entity in children:
            found += (entity, *parts_of(plan, child.name, entity.id))
    return tuple(found)


def owners_of(
    plan: Plan, kind: str, id: str, beside: Mapping[Key, Entity] = NOTHING
) -> Iterator[Entity]:
    """An entity, then its parent, and so on up; `beside` are entities that the plan lacks.

    Those are looked up after the plan: entities that an edit is about to add, or has removed.
    It ends at the first that neither has.
    """
    key: Key | None = (kind, id)
    while key is not None:
        entity = plan.find(*key) or beside.get(key)
        if entity is None:
            return
        yield entity
        key = parent_of(entity)


def initiative_of(
    plan: Plan, kind: str, id: str, beside: Mapping[Key, Entity] = NOTHING
) -> str | None:
    """The initiative (id) that an entity is, or is a part of; None for one of the plan itself.

    `beside` as in `owners_of`. It need not be in the plan: an initiative that was removed is
    known by what was removed with it.
    """
    if kind == INITIATIVE:
        return id
    for entity in owners_of(plan, kind, id, beside):
        parent = parent_of(entity)
        if parent and parent[0] == INITIATIVE:
            return parent[1]
    return None
