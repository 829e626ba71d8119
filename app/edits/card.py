"""Verbs on the board: moving cards."""

from collections.abc import Sequence
from itertools import pairwise

from app.changes.change import Change, ChangeSet, field_change
from app.plan.board.cards import card_order, lane
from app.plan.entities import Initiative
from app.plan.plan import Plan


def move_cards(plan: Plan, ids: Sequence[str], stage: str, before: str | None = None) -> ChangeSet:
    """Put cards into a stage, in this order, in front of the card `before` (None: at the end).

    Where they stand there already, nothing changes.
    """
    moved = [plan.initiatives[id] for id in ids]
    standing = lane(plan, stage)
    others = [card for card in standing if card.id not in set(ids)]
    at = next((n for n, card in enumerate(others) if card.id == before), len(others))
    wanted = [*others[:at], *moved, *others[at:]]
    label = "並べ替え" if all(card.stage == stage for card in moved) else "段階を変更"
    if [card.id for card in wanted] == [card.id for card in standing]:
        return ChangeSet(label)
    places = _places_between(others[:at], others[at:], len(moved))
    changes = (
        _placed(moved, stage, places) if places else _placed(wanted, stage, range(len(wanted)))
    )
    return ChangeSet(label, changes)


def _placed(cards: Sequence[Initiative], stage: str, places: Sequence[float]) -> tuple[Change, ...]:
    return tuple(
        change
        for card, place in zip(cards, places, strict=True)
        for change in (
            *field_change(card, "stage", stage),
            *field_change(card, "board_position", float(place)),
        )
    )


def _places_between(
    above: Sequence[Initiative], below: Sequence[Initiative], count: int
) -> list[float]:
    """Places for `count` cards, none where numbers between the neighbours have run out."""
    low = card_order(above[-1])[0] if above else None
    high = card_order(below[0])[0] if below else None
    if low is None:
        low = (high - count - 1) if high is not None else 0.0
    if high is None:
        high = low + count + 1
    step = (high - low) / (count + 1)
    places = [low + step * (n + 1) for n in range(count)]
    ascending = [low, *places, high]
    return places if all(a < b for a, b in pairwise(ascending)) else []
