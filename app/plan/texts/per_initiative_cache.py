"""What was read of each initiative, kept as long as nothing of it has changed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from app.plan.entities import Initiative
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import key_of

T = TypeVar("T")


class PerInitiativeCache(Generic[T]):
    """Reads each initiative once; reads it again when it, or where it stands, has changed."""

    def __init__(self, read: Callable[[Plan, Initiative], T]) -> None:
        self._read = read
        self._known: dict[str, tuple[object, T]] = {}
        # What was seen to be unchanged in this plan, which never changes, is not looked at again.
        self._plan: Plan | None = None
        self._seen: dict[str, Initiative] = {}

    def of(self, plan: Plan, initiative: Initiative) -> T:
        """What `read` says of an initiative."""
        if plan is not self._plan:
            self._plan, self._seen = plan, {}
        if self._seen.get(initiative.id) is initiative:
            return self._known[initiative.id][1]
        state = (
            initiative,
            parts_of(plan, *key_of(initiative)),
            plan.home_category(initiative),
            plan.home_pillar(initiative),
        )
        known = self._known.get(initiative.id)
        if known is None or known[0] != state:
            known = (state, self._read(plan, initiative))
            self._known[initiative.id] = known
        self._seen[initiative.id] = initiative
        return known[1]
