"""What was read of each initiative, kept as long as nothing of it has changed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from app.plan.entities import Initiative
from app.plan.plan import Plan

T = TypeVar("T")


class PerInitiativeCache(Generic[T]):
    """Reads each initiative once; reads it again when it, or where it stands, has changed."""

    def __init__(self, read: Callable[[Plan, Initiative], T]) -> None:
        self._read = read
        self._known: dict[str, tuple[object, T]] = {}

    def of(self, plan: Plan, initiative: Initiative) -> T:
        """What `read` says of an initiative."""
        id = initiative.id
        state = (
            initiative,
            plan.years.under(id),
            plan.kpis.under(id),
            plan.home_category(initiative),
            plan.home_pillar(initiative),
        )
        known = self._known.get(id)
        if known is None or known[0] != state:
            known = (state, self._read(plan, initiative))
            self._known[id] = known
        return known[1]
