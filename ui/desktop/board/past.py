"""The plan as it stood on an earlier day, for the board and for what is printed of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.changes.as_of import entries_until, plan_until
from app.changes.history import Entry, History
from app.changes.time_in_stage import days_in_stage
from app.plan.entities import Initiative
from app.plan.lists.filters import Filter, Matcher
from app.plan.plan import Plan


class Past:
    """A day and the plan at its end. Raises StaleChangeError where the log is not the plan's."""

    def __init__(self, plan: Plan, entries: Sequence[Entry], day: date) -> None:
        """`plan` is the one of now, `entries` its whole log."""
        self.day = day
        self._log = entries_until(entries, day)
        self.plan = plan_until(plan, entries, len(self._log))
        self._matcher = Matcher()

    def matching(self, wanted: Filter) -> tuple[Initiative, ...]:
        """The initiatives of then that a filter lets through."""
        return self._matcher.matching(self.plan, wanted)

    def days(self) -> Mapping[str, int]:
        """How long initiatives had been in their stage on that day."""
        return days_in_stage(History(self._log).in_force, self.day)
