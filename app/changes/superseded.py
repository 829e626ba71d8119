"""Conflicts that the logs settle: one side has said what the other says, and gone on from there.

A department sends its answer a second time, or a file that was merged is merged again later: both
sides differ from the base, and yet nobody has to be asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.changes.change import WHOLE, Change, Value, field_change
from app.changes.history import Entry, History
from app.changes.merge import Conflict, Merge, equivalent
from app.plan.entities import Entity
from app.plan.plan import Plan


def settled_by_logs(
    found: Merge, plan: Plan, ours: Sequence[Entry], theirs: Sequence[Entry]
) -> Merge:
    """The merge without conflicts in which one side goes on from what the other says.

    `plan` is ours. Where theirs goes on from ours it is taken; where ours goes on from theirs
    it stays. What was undone counts as never said.
    """
    left: list[Conflict] = []
    taken: list[Change] = []
    for conflict in found.conflicts:
        if _goes_on(conflict, ours, conflict.theirs):
            continue
        if _goes_on(conflict, theirs, conflict.ours):
            taken += _taking(plan, conflict)
        else:
            left.append(conflict)
    changes = replace(found.changes, changes=(*found.changes.changes, *taken))
    return Merge(changes, tuple(left))


def _goes_on(conflict: Conflict, log: Sequence[Entry], value: Value) -> bool:
    """Whether a side said `value` after it said what the base says."""
    if conflict.field == WHOLE:
        return False
    since: list[Value] = []
    for said in _said(conflict, log):
        since = [] if equivalent(said, conflict.base) else [*since, said]
    # The last of them is what that side says now.
    return any(equivalent(said, value) for said in since[:-1])


def _said(conflict: Conflict, log: Iterable[Entry]) -> Iterator[Value]:
    """All that a field was, oldest first."""
    for entry in History(log).in_force:
        for change in entry.changes:
            if (change.entity, change.id, change.field) == _place(conflict):
                yield from (change.before, change.after)


def _place(conflict: Conflict) -> tuple[str, str, str]:
    return conflict.entity, conflict.id, conflict.field


def _taking(plan: Plan, conflict: Conflict) -> tuple[Change, ...]:
    entity = plan.find(conflict.entity, conflict.id)
    if entity is None or isinstance(conflict.theirs, Entity):
        return ()
    return field_change(entity, conflict.field, conflict.theirs)
