"""Departments as people type them."""

import pytest

from app.changes.change import apply
from app.edits.field import fill_in
from app.edits.initiative import replace_department
from app.plan.entities import Initiative, Profile
from app.plan.lists.departments import typed_departments
from app.plan.plan import Plan
from app.plan.table import Table


@pytest.fixture
def plan() -> Plan:
    return Plan(
        Profile(id="p", stages=("一",)),
        Table(
            [
                Initiative(id="i1", stage="一", departments=("市民課", "税務課")),
                Initiative(id="i2", stage="一", departments=("人権・同和対策課",)),
            ]
        ),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("市民課・税務課", ("市民課", "税務課")),
        ("人権・同和対策課", ("人権・同和対策課",)),
        ("人権・同和対策課・市民課", ("人権・同和対策課", "市民課")),
        ("子育て・若者課", ("子育て・若者課",)),
        ("市民課・新しい課", ("市民課・新しい課",)),
        ("市民\u200b課", ("市民課",)),
        ("市民課\ufeff", ("市民課",)),
        ("", ()),
    ],
)
def test_what_is_typed_as_it_is_shown_is_what_is_meant(
    plan: Plan, typed: str, meant: tuple[str, ...]
) -> None:
    assert typed_departments(plan, (typed,)) == meant


def test_two_departments_typed_as_shown_stay_two(plan: Plan) -> None:
    filled = apply(plan, fill_in(plan, "i2", "departments", "市民課・税務課"))
    assert filled.initiatives["i2"].departments == ("市民課", "税務課")
    replaced = apply(plan, replace_department(plan, ["i2"], "人権・同和対策課", "市民課・税務課"))
    assert replaced.initiatives["i2"].departments == ("市民課", "税務課")
