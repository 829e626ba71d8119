"""Verbs on whole initiatives: adding, removing, setting one fact of many."""

from collections.abc import Sequence
from itertools import chain
from uuid import uuid4

from app.changes.change import Change, ChangeSet, added, field_change, removed
from app.errors import KeikakuError
from app.plan.entities import Initiative, Scalar
from app.plan.kinds import INITIATIVE
from app.plan.lists.departments import typed_departments
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import in_removal_order


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
    """Take initiatives out of the plan with all their parts."""
    changes: list[Change] = []
    for id in ids:
        parts = in_removal_order(parts_of(plan, INITIATIVE, id))
        changes += [*map(removed, parts), removed(plan.initiatives[id])]
    return ChangeSet("取組を削除", tuple(changes))


def set_facts(plan: Plan, ids: Sequence[str], field: str, value: Scalar) -> ChangeSet:
    """Set one field of several initiatives to the same value."""
    changes = [c for id in ids for c in field_change(plan.initiatives[id], field, value)]
    return ChangeSet(f"{len(changes)}件をまとめて変更", tuple(changes))


def replace_department(plan: Plan, ids: Sequence[str], old: str, new: str) -> ChangeSet:
    """Put the department `new` in the place of `old`; an empty `new` takes it away."""
    changes: list[Change] = []
    given = typed_departments(plan, (new,))
    for id in ids:
        initiative = plan.initiatives[id]
        replaced = (given if name == old else (name,) for name in initiative.departments)
        kept = tuple(dict.fromkeys(chain.from_iterable(replaced)))
        changes += field_change(initiative, "departments", kept)
    return ChangeSet(f"{len(changes)}件の担当課を変更", tuple(changes))


def toggle_state(plan: Plan, id: str, state: str) -> ChangeSet:
    """Add a desired state to an initiative as its last, or take it away where it has it."""
    initiative = plan.initiatives[id]
    states = initiative.desired_states
    changed = tuple(s for s in states if s != state) if state in states else (*states, state)
    return ChangeSet("達成すべき状態を変更", field_change(initiative, "desired_states", changed))
