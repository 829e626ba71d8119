"""Two edits as one, if the second only goes on with the first: typing, kept again and again."""

from collections.abc import Sequence
from dataclasses import replace

from app.changes.change import WHOLE, Change, ChangeSet
from app.plan.entities import Entity


def folded(first: ChangeSet, then: ChangeSet) -> ChangeSet:
    """The edit that does what both do in turn: what was there before the first, and after the last.

    What comes to nothing is left out, so it may be empty. Undoing it undoes both.
    """
    changes = list(first.changes)
    for change in then.changes:
        place = _place_of(changes, change)
        if place is None:
            changes.append(change)
        else:
            changes[place] = _joined(changes[place], change)
    left = tuple(change for change in changes if change.before != change.after)
    return ChangeSet(first.label, left, first.decisions + then.decisions)


def _place_of(changes: Sequence[Change], change: Change) -> int | None:
    """Which of the changes goes on in this one, None for none.

    An entity that comes or goes is a border: what was changed before it stays as it is.
    """
    for place in reversed(range(len(changes))):
        one = changes[place]
        if (one.entity, one.id) == (change.entity, change.id):
            if one.field == change.field or isinstance(one.after, Entity):
                return place
            if WHOLE in (one.field, change.field):
                return None
    return None


def _joined(one: Change, then: Change) -> Change:
    if one.field == then.field:
        return replace(one, after=then.after)
    # A field of an entity that the first edit added: a year that is written into, say.
    assert isinstance(one.after, Entity)
    assert not isinstance(then.after, Entity)
    return replace(one, after=one.after.with_value(then.field, then.after))
