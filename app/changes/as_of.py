"""The plan as it stood on a day, from the log."""

from collections.abc import Sequence
from datetime import date

from app.changes.change import apply
from app.changes.history import Entry
from app.plan.plan import Plan


def entries_until(entries: Sequence[Entry], day: date) -> tuple[Entry, ...]:
    """The log up to the last entry that was made on this day (local time) or before it.

    What was merged in counts from the moment it came in. Clocks of several PCs may disagree:
    an entry in front of that last one is taken to be as old, whatever it says.
    """
    places = range(len(entries), 0, -1)
    last = next((n for n in places if entries[n - 1].at.astimezone().date() <= day), 0)
    return tuple(entries[:last])


def plan_until(plan: Plan, entries: Sequence[Entry], kept: int) -> Plan:
    """The plan after the first `kept` entries of its log; `plan` is what all of them led to.

    Raises StaleChangeError where the log is not that of the plan.
    """
    undone = (entry.changes.inverted() for entry in reversed(entries[kept:]))
    return apply(plan, (change for edit in undone for change in edit))
