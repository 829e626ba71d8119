"""Swimlanes (列の分け方): the board split into rows by pillar, category or department."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.plan.board.cards import pillar_word
from app.plan.entities import Initiative
from app.plan.plan import Plan

NO_SPLIT: Final = ""
SPLITS: Final[Mapping[str, str]] = {
    NO_SPLIT: "なし",
    "pillar": "柱",
    "category": "区分",
    "department": "担当課",
}
"""The ways to split the board, and their words."""


@dataclass(frozen=True, slots=True)
class Swimlane:
    """One row of the board. `key` is an id or, of a department, its name; empty for none."""

    key: str
    name: str


def swimlane_of(plan: Plan, initiative: Initiative, split: str) -> str:
    """The key of the row in which an initiative stands: each in exactly one.

    It is that of its home pillar, its home category or its first department, which leads; a
    further department finds it with the filter.
    """
    if split == NO_SPLIT:
        return ""
    if split == "pillar":
        pillar = plan.home_pillar(initiative)
        return pillar.id if pillar else ""
    if split == "category":
        return initiative.categories[0] if initiative.categories else ""
    return initiative.departments[0] if initiative.departments else ""


def swimlanes(plan: Plan, split: str) -> tuple[Swimlane, ...]:
    """The rows that have an initiative, in the plan's order; those that belong nowhere last.

    Without a split it is one row, which has no name.
    """
    if split == NO_SPLIT:
        return (Swimlane("", ""),)
    used = dict.fromkeys(swimlane_of(plan, i, split) for i in plan.initiatives.under())
    names = dict(_names(plan, split, used))
    rows = [Swimlane(key, name) for key, name in names.items() if key in used]
    return (*rows, Swimlane("", f"{SPLITS[split]}なし")) if "" in used else tuple(rows)


def _names(plan: Plan, split: str, used: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Every row there could be, with its word."""
    pillars = plan.pillars.under()
    if split == "pillar":
        return [(pillar.id, pillar.name) for pillar in pillars]
    if split == "category":
        return [
            (category.id, f"{pillar_word(plan, pillar.id)}：{category.name}")
            for pillar in pillars
            for category in plan.categories.under(pillar.id)
        ]
    return [(key, key) for key in used if key]
