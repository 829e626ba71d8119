"""Which initiatives stand under which category, and in which order a plan is printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.plan.entities import Initiative, Pillar, Relisting
from app.plan.plan import Plan

_NUMBER: Final = re.compile(r"\d+(?:[-－.]\d+)*")


@dataclass(frozen=True, slots=True)
class Listed:
    """An initiative in its place under a category.

    `is_again` marks every place but its home; `relisting` is what put it there, None
    where a further category of its own did. `number` is the number printed here.
    """

    initiative: Initiative
    number: str | None
    is_again: bool = False
    relisting: Relisting | None = None


def listings(plan: Plan) -> Mapping[str, tuple[Listed, ...]]:
    """What stands under each category (by id), in order; every category has an entry.

    Initiatives stand in the plan's order. One that is listed again (再掲) stands where
    its number belongs among theirs; without such a number it follows after them.
    """
    own: dict[str, list[Listed]] = {id: [] for id in plan.categories}
    again: dict[str, list[Listed]] = {id: [] for id in plan.categories}
    for initiative in plan.initiatives.under():
        home, *further = initiative.categories or ("",)
        if home in own:
            own[home].append(Listed(initiative, initiative.number))
        for category, listed in _places_again(plan, initiative, further):
            if category in again:
                again[category].append(listed)
    return {id: tuple(_merged(own[id], again[id])) for id in plan.categories}


def printed_order(plan: Plan) -> tuple[Initiative, ...]:
    """All initiatives as a book has them: by pillar and category, then those without any."""
    groups = listings(plan)
    ordered = [
        listed.initiative
        for pillar in plan.pillars.under()
        for category in plan.categories.under(pillar.id)
        for listed in groups[category.id]
        if not listed.is_again
    ]
    known = {initiative.id for initiative in ordered}
    return (*ordered, *(i for i in plan.initiatives.under() if i.id not in known))


def home_initiatives(plan: Plan, pillar: Pillar | None) -> tuple[Initiative, ...]:
    """The initiatives whose one sheet stands under a pillar (None: under none), in order."""
    return tuple(i for i in printed_order(plan) if plan.home_pillar(i) == pillar)


def number_key(number: str | None) -> tuple[int, ...] | None:
    """A printed number such as 2-10 as something to sort by; None where it is no such number."""
    if not number or not _NUMBER.fullmatch(number.strip()):
        return None
    return tuple(int(part) for part in re.split(r"\D", number.strip()))


def _places_again(
    plan: Plan, initiative: Initiative, further: Sequence[str]
) -> Iterator[tuple[str, Listed]]:
    relistings = plan.relistings.under(initiative.id)
    for relisting in relistings:
        yield relisting.category, Listed(initiative, relisting.number, True, relisting)
    relisted = {relisting.category for relisting in relistings}
    for category in further:
        if category not in relisted:
            yield category, Listed(initiative, None, True)


def _merged(own: Sequence[Listed], again: Sequence[Listed]) -> list[Listed]:
    merged = list(own)
    for listed in sorted((a for a in again if number_key(a.number)), key=_key):
        later = (n for n, other in enumerate(merged) if _key(other) > _key(listed))
        merged.insert(next(later, len(merged)), listed)
    return merged + [a for a in again if not number_key(a.number)]


def _key(listed: Listed) -> tuple[int, ...]:
    return number_key(listed.number) or ()
