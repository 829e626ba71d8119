"""Verbs on whole initiatives: adding, copying out of the plan, removing."""

from collections.abc import Sequence
from uuid import uuid4

from app.changes.change import Change, ChangeSet, added, removed
from app.errors import KeikakuError
from app.plan.entities import Entity, Initiative
from app.plan.plan import Plan


def add_initiative(
    plan: Plan, category: str, stage: str = "", name: str = "新しい取組", number: str | None = None
) -> ChangeSet:
    """Add an initiative at the end of its category; without a stage it starts in the first.

    Raises KeikakuError where the category or the stages are missing.
    """
    if category not in plan.categories:
        raise KeikakuError("取組を入れる区分がありません。先に柱と区分を作ってください。")
    if not plan.profile.stages:
        raise KeikakuError("計画に段階がありません。計画の設定で段階を決めてください。")
    last = max((i.position for i in plan.initiatives.under()), default=0.0)
    initiative = Initiative(
        id=str(uuid4()),
        position=last + 1,
        categories=(category,),
        number=number,
        name=name,
        stage=stage or plan.profile.stages[0],
    )
    return ChangeSet("取組を追加", (added(initiative),))


def remove_initiatives(plan: Plan, ids: Sequence[str]) -> ChangeSet:
    """Take initiatives out of the plan with their years, targets and relistings."""
    changes: list[Change] = []
    for id in ids:
        children: list[Entity] = [
            *plan.years.under(id), *plan.kpis.under(id), *plan.relistings.under(id)
        ]  # fmt: skip
        changes += [removed(child) for child in children]
        changes.append(removed(plan.initiatives[id]))
    return ChangeSet("取組を削除", tuple(changes))
