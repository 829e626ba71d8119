"""What two states of one plan have in common, found from their logs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.changes.change import ChangeSet, StaleChangeError, apply
from app.changes.diff import diff
from app.changes.history import Entry, Source, new_id
from app.changes.merge import Merge, merge
from app.changes.parting.state_name import State, StateName, rewound, state_called
from app.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Parted:
    """Where two logs parted: the plan as it was then, and how many entries of ours are older.

    `imported` is the side that goes on from an export of that plan, empty for none.
    """

    plan: Plan
    ours: int
    imported: Literal["", "ours", "theirs"] = ""


def parted(
    ours: State, theirs: State, names: tuple[StateName | None, StateName | None] = (None, None)
) -> Parted | None:
    """Where two logs parted; None if they never met.

    `names` are the states that the two were exported from, if they were imported.
    """
    if ours[0].profile.id != theirs[0].profile.id:
        return None
    if shared := shared_entries(ours[1], theirs[1]):
        return Parted(rewound(theirs, shared), shared)
    our_name, their_name = names
    if their_name and (found := state_called(their_name, ours)):
        return Parted(*found, "theirs")
    if our_name and (found := state_called(our_name, theirs)):
        return Parted(found[0], 0, "ours")
    return None


def shared_entries(ours: Sequence[Entry], theirs: Sequence[Entry]) -> int:
    """How many entries the two logs begin with in common."""
    pairs = zip(ours, theirs, strict=False)
    different = (n for n, (a, b) in enumerate(pairs) if a.id != b.id)
    return next(different, min(len(ours), len(theirs)))


def rebase(base: Plan, mine: State, since: int, theirs: State) -> tuple[list[Entry], Merge]:
    """The entries that bring my edits (my log after its first `since` entries) onto their state.

    Edits that still fit are carried over one by one; otherwise they become one entry. Where
    both sides changed a field, mine is taken and theirs stands in a conflict.
    """
    plan, entries = mine
    merged = merge(base, plan, theirs[0])
    wanted = apply(plan, merged.changes)
    own = entries[since:]
    if not own:
        return [], Merge(ChangeSet("統合"), ())
    last = theirs[1][-1].sequence
    carried = [_renumbered(entry, last + 1 - own[0].sequence, own) for entry in own]
    if _result(theirs[0], carried) == wanted:
        return carried, merged
    decisions = tuple(decision for entry in own for decision in entry.changes.decisions)
    whole = ChangeSet("統合", diff(theirs[0], wanted).changes, decisions)
    stands_for = tuple(id for entry in own for id in (*entry.source.entries, entry.id))
    final = replace(
        own[-1], id=new_id(), sequence=last + 1, action="do", changes=whole, target=None,
        source=Source(stands_for, _names(own)),
    )  # fmt: skip
    return ([final] if whole.changes or decisions else []), merged


def _names(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for entry in entries for name in entry.source.names))


def _renumbered(entry: Entry, shift: int, own: Sequence[Entry]) -> Entry:
    is_own = entry.target is not None and entry.target >= own[0].sequence
    target = entry.target + shift if entry.target is not None and is_own else entry.target
    return replace(entry, sequence=entry.sequence + shift, target=target)


def _result(plan: Plan, entries: Sequence[Entry]) -> Plan | None:
    try:
        for entry in entries:
            plan = apply(plan, entry.changes)
    except StaleChangeError:
        return None
    return plan
