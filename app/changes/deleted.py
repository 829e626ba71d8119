"""What a plan no longer has, remembered from its log: the history still names it."""

from collections.abc import Iterable

from app.changes.change import WHOLE
from app.changes.history import Entry
from app.plan.entities import Entity
from app.plan.plan import Plan


def with_deleted(plan: Plan, entries: Iterable[Entry]) -> Plan:
    """The plan with everything back in it that was ever removed, as it was known last.

    Only to be read: categories of what is back may be back or not.
    """
    gone: dict[str, dict[str, Entity | None]] = {}
    for entry in entries:
        for change in entry.changes:
            whole = change.after if change.after is not None else change.before
            is_lost = change.field == WHOLE and plan.find(change.entity, change.id) is None
            if is_lost and isinstance(whole, Entity):
                gone.setdefault(change.entity, {})[change.id] = whole
    return plan.changed(gone)
