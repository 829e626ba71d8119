"""What was read of each initiative, kept as long as nothing of it has changed."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from app.plan.entities import Category, Initiative, Pillar
from app.plan.kinds import KINDS
from app.plan.parts import initiative_of
from app.plan.plan import Plan
from app.plan.references import Key

T = TypeVar("T")


class PerInitiativeCache(Generic[T]):
    """Reads each initiative once; reads it again when it, or where it stands, has changed."""

    def __init__(self, read: Callable[[Plan, Initiative], T]) -> None:
        """`read` asks for nothing but an initiative, its parts, its home category and pillar."""
        self._read = read
        self._plan: Plan | None = None
        self._known: dict[str, T] = {}

    def of(self, plan: Plan, initiative: Initiative) -> T:
        """What `read` says of an initiative of the plan."""
        if plan is not self._plan:
            if self._plan is not None:
                self._forget(self._plan, plan)
            self._plan = plan
        if initiative.id not in self._known:
            self._known[initiative.id] = self._read(plan, initiative)
        return self._known[initiative.id]

    def _forget(self, before: Plan, after: Plan) -> None:
        for id in initiatives_between(before, after):
            self._known.pop(id, None)


def initiatives_between(before: Plan, after: Plan) -> set[str]:
    """The initiatives (ids) of which something differs: they, a part, or where they stand.

    Costs a look at each row of the tables that an edit has made anew.
    """
    found: set[str] = set()
    moved: set[str] = set()
    for kind, id in _changed(before, after):
        if KINDS[kind].cls is Pillar:
            moved.update(c.id for plan in (before, after) for c in plan.categories.under(id))
        elif KINDS[kind].cls is Category:
            moved.add(id)
        else:
            owners = (initiative_of(plan, kind, id) for plan in (before, after))
            found.update(filter(None, owners))
    if moved:
        found.update(i.id for i in after.initiatives.values() if moved & set(i.categories[:1]))
    return found


def _changed(before: Plan, after: Plan) -> Iterator[Key]:
    """Kind and id of the entities that are not the same in both."""
    for kind in before.tables.keys() | after.tables.keys():
        old, new = before.table(kind), after.table(kind)
        if old is not new:
            yield from ((kind, id) for id, row in new.items() if old.get(id) is not row)
            yield from ((kind, id) for id in old if id not in new)
