"""The verb that copies initiatives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final
from uuid import uuid4

from app.changes.change import Change, ChangeSet, added
from app.plan.board.cards import card_order, lane
from app.plan.entities import Entity, Initiative, child_id
from app.plan.kinds import KPI, YEAR_PLAN
from app.plan.plan import Plan

COPIED: Final = "（写し）"
_PARTS: Final = (YEAR_PLAN, KPI)
"""What goes along. A copy stands in the index once: 再掲 do not."""


def copy_initiatives(plan: Plan, ids: Sequence[str]) -> ChangeSet:
    """Copy initiatives with their years and KPIs, each to the place behind its original.

    A copy has a name that says so and no number: a number is printed once.
    """
    changes: list[Change] = []
    for id in ids:
        copy = _copied(plan, plan.initiatives[id])
        changes.append(added(copy))
        for kind in _PARTS:
            changes += map(added, _parts(plan.table(kind).under(id), id, copy.id))
    return ChangeSet("取組を複製" if len(ids) == 1 else f"取組{len(ids)}件を複製", tuple(changes))


def _copied(plan: Plan, original: Initiative) -> Initiative:
    title, line_end, further = original.name.partition("\n")
    siblings = plan.initiatives.under(original.parent)
    places = {i.id: i.position for i in siblings}
    cards = {card.id: card_order(card)[0] for card in lane(plan, original.stage)}
    on_board = original.board_position is not None
    return replace(
        original,
        id=str(uuid4()),
        position=_behind(places, original.id),
        board_position=_behind(cards, original.id) if on_board else None,
        number=None,
        name=f"{title}{COPIED}{line_end}{further}",
    )


def _behind(places: Mapping[str, float], id: str) -> float:
    """A place between one and the next, at the end if there is none."""
    following = (after for before, after in pairwise(places) if before == id)
    after = next(following, None)
    here = places[id]
    return here + 1 if after is None else (here + places[after]) / 2


def _parts(parts: Sequence[Entity], original: str, copy: str) -> Iterator[Entity]:
    taken: dict[str, Entity] = {}
    for part in parts:
        local = part.id.removeprefix(f"{original}/") if part.id.startswith(original) else part.id
        made = replace(part, id=child_id(copy, local, taken), parent=copy)
        taken[made.id] = made
        yield made
