"""The departments of a plan, how much each of them has to do, and names as people type them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from app.plan.plan import Plan

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DOT: Final = "・"


def departments_of(plan: Plan) -> dict[str, int]:
    """How many initiatives each department has, in the order in which the plan names them."""
    cards = plan.initiatives.under()
    return dict(Counter(name for card in cards for name in dict.fromkeys(card.departments)))


def typed_departments(plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    """The departments that a person means by these names, each once.

    Cards and lists show two departments as 「市民課・税務課」; typed so it is these two if the plan
    knows both. A department whose own name holds ・ (人権・同和対策課) stays one. Characters that
    nobody sees make no other department.
    """
    known = departments_of(plan)
    found = (one for name in names for one in _told_apart(_INVISIBLE.sub("", name).strip(), known))
    return tuple(dict.fromkeys(name for name in found if name))


def _told_apart(name: str, known: Collection[str]) -> Iterator[str]:
    if name in known or _DOT not in name:
        yield name
        return
    split = _all_known(name.split(_DOT), known)
    yield from split or (name,)


def _all_known(parts: list[str], known: Collection[str]) -> list[str]:
    """The parts joined to known names from the left, empty if that does not come out."""
    if not parts:
        return []
    for end in range(len(parts), 0, -1):
        name = _DOT.join(parts[:end]).strip()
        rest = _all_known(parts[end:], known)
        if name in known and (rest or end == len(parts)):
            return [name, *rest]
    return []
