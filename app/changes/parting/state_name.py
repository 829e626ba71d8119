"""The name of a state of a plan: what leaves the program can find back to where it came from.

A merge puts entries of others between those of one log. So the name of a state holds, beside the
id of its last entry, a digest over the ids of all of them: where that fits, the log up to there is
the very log that led to the state.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, islice
from typing import Final

from app.changes.change import StaleChangeError, apply
from app.changes.history import Entry
from app.plan.plan import Plan

_MOST_CARRIED: Final = 2000
"""How many entries that were never saved may lie between an export and the saving after it."""
State = tuple[Plan, Sequence[Entry]]
"""A plan with its log, oldest entry first."""


@dataclass(frozen=True, slots=True)
class StateName:
    """A state of the plan `plan` (its id), whose log has `entries` entries and ends in `entry`.

    `log` is the digest of their ids: of none it is empty, of each further one the SHA-256 (hex) of
    the digest before and the id. 0 and empty where a file does not say.
    """

    plan: str
    entry: str
    entries: int = 0
    log: str = ""


def name_of(plan: Plan, entries: Sequence[Entry]) -> StateName:
    """The name of the state that a log led to. Raises IndexError for an empty log."""
    digests = list(_digests("", (entry.id for entry in entries)))
    return StateName(plan.profile.id, entries[-1].id, len(entries), digests[-1])


def rewound(state: State, kept: int) -> Plan:
    """The plan as it was after the first `kept` entries of its log."""
    plan, entries = state
    for entry in reversed(entries[kept:]):
        plan = apply(plan, entry.changes.inverted())
    return plan


def state_called(name: StateName, state: State) -> tuple[Plan, int] | None:
    """The state of that name and how many entries of the log are older; None if it is not there.

    Where a merge has put entries of others in front of its last ones, it is made anew. Where it
    has made one entry of several, the state is the one in front of them: what all have in common.
    """
    plan, entries = state
    if name.plan != plan.profile.id:
        return None
    digests = list(_digests("", (entry.id for entry in entries)))
    for place, entry in enumerate(entries):
        if name.entry == entry.id and name.log in ("", digests[place + 1]):
            return rewound(state, place + 1), place + 1
        if name.entry in (entry.id, *entry.source.entries):
            return _carried(name, state, place, digests)
    return None


def _carried(
    name: StateName, state: State, place: int, digests: Sequence[str]
) -> tuple[Plan, int] | None:
    """The same if the last entries of the named state were carried behind those of others."""
    own: list[str] = []
    for first, id in islice(_backwards(state[1], place, name.entry), _MOST_CARRIED):
        own.insert(0, id)
        before = name.entries - len(own)
        if before <= 0:
            return None
        if before <= first and [*_digests(digests[before], own)][-1] == name.log:
            return _again(rewound(state, before), state[1][first : place + 1]), before
    return None


def _backwards(entries: Sequence[Entry], place: int, last: str) -> Iterator[tuple[int, str]]:
    """The ids of the entries up to a place, and those that they stand for, the latest first.

    It begins with the id `last`, and says of each in which place it was found.
    """
    ids = [*entries[place].source.entries, entries[place].id]
    yield from ((place, id) for id in reversed(ids[: ids.index(last) + 1]))
    for first in range(place - 1, -1, -1):
        yield from ((first, id) for id in (entries[first].id, *entries[first].source.entries[::-1]))


def _again(plan: Plan, entries: Iterable[Entry]) -> Plan:
    """The plan with these edits made again, as far as they are edits of their own."""
    for entry in entries:
        if entry.source.entries:
            break
        try:
            plan = apply(plan, entry.changes)
        except StaleChangeError:
            break
    return plan


def _digests(before: str, ids: Iterable[str]) -> Iterator[str]:
    """The digest before, and after each id."""
    return accumulate(
        ids, lambda digest, id: sha256((digest + id).encode()).hexdigest(), initial=before
    )
