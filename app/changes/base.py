"""What two states of one plan have in common, found from their logs."""

from collections.abc import Sequence
from dataclasses import replace

from app.changes.change import ChangeSet, StaleChangeError, apply
from app.changes.diff import diff
from app.changes.history import Entry
from app.changes.merge import Merge, merge
from app.errors import KeikakuError
from app.plan.plan import Plan

State = tuple[Plan, Sequence[Entry]]
"""A plan with its log, oldest entry first."""


def common_base(ours: State, theirs: State) -> Plan:
    """The plan as it was when the two logs parted. Raises KeikakuError where they never met."""
    shared = shared_entries(ours[1], theirs[1])
    if ours[0].profile.id != theirs[0].profile.id or not shared:
        raise KeikakuError(
            "同じ計画から分かれたファイルではないため、統合できません。どちらも元のままです。"
            "分かれる前のファイルがあれば、それを基準に指定してください。"
        )
    return rewound(theirs, shared)


def rewound(state: State, kept: int) -> Plan:
    """The plan as it was after the first `kept` entries of its log."""
    plan, entries = state
    for entry in reversed(entries[kept:]):
        plan = apply(plan, entry.changes.inverted())
    return plan


def shared_entries(ours: Sequence[Entry], theirs: Sequence[Entry]) -> int:
    """How many entries the two logs begin with in common."""
    pairs = zip(ours, theirs, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(ours), len(theirs)))


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
    final = replace(own[-1], sequence=last + 1, action="do", changes=whole, target=None)
    return ([final] if whole.changes or decisions else []), merged


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
