"""Single changes taken out of an edit, with what cannot stand without them."""

import pytest

from app.changes.change import WHOLE, ChangeSet, added, apply, field_change, removed
from app.changes.diff import diff
from app.changes.exclusion import exclude_changes, roots
from app.plan.entities import Category, Initiative, Pillar, Profile, YearPlan
from app.plan.integrity import problems
from app.plan.plan import Plan
from app.plan.table import Table


@pytest.fixture
def plan() -> Plan:
    cards = [
        Initiative(id=id, position=n, categories=("a1",), stage="予定", name=id)
        for n, id in enumerate("ij")
    ]
    return Plan(
        Profile(id="p", stages=("予定", "完了")),
        pillars=Table([Pillar(id="a", name="暮らし")]),
        categories=Table([Category(id="a1", parent="a", name="窓口")]),
        initiatives=Table(cards),
        years=Table([YearPlan(id="i/2022", parent="i", fiscal_year=2022)]),
    )


def test_a_refused_field_stays_as_it_was(plan: Plan) -> None:
    first, second = (field_change(plan.initiatives[id], "name", "新") for id in "ij")
    left = exclude_changes(plan, ChangeSet("統合", (*first, *second)), first)
    assert left.changes == second


def test_what_comes_with_a_refused_initiative_is_refused_too(plan: Plan) -> None:
    new = Initiative(id="k", categories=("b1",), stage="予定", name="新しい取組")
    edit = ChangeSet(
        "統合",
        (
            added(Category(id="b1", parent="a", name="新しい区分")),
            added(new),
            added(YearPlan(id="k/2022", parent="k", fiscal_year=2022)),
            *field_change(plan.initiatives["i"], "name", "新"),
        ),
    )
    assert [change.id for change in roots(edit)] == ["b1", "k", "i"]
    assert [c.id for c in exclude_changes(plan, edit, [edit.changes[1]])] == ["b1", "i"]
    assert [c.id for c in exclude_changes(plan, edit, [edit.changes[0]])] == ["i"]


def test_an_initiative_whose_removal_is_refused_keeps_its_years(plan: Plan) -> None:
    going = [removed(plan.years["i/2022"]), removed(plan.initiatives["i"])]
    edit = ChangeSet("統合", tuple(going))
    assert exclude_changes(plan, edit, going[1:]).changes == ()


def test_a_category_stays_while_somebody_uses_it(plan: Plan) -> None:
    moved = [c for id in "ij" for c in field_change(plan.initiatives[id], "categories", ("b1",))]
    edit = ChangeSet(
        "統合",
        (
            added(Category(id="b1", parent="a", name="新しい区分")),
            *moved,
            removed(plan.categories["a1"]),
        ),
    )
    left = exclude_changes(plan, edit, moved[:1])
    assert [(change.id, change.field) for change in left] == [("b1", WHOLE), ("j", "categories")]


def test_whatever_is_refused_the_rest_stands(plan: Plan) -> None:
    new = Initiative(id="k", categories=("b1",), stage="完了", name="新しい取組")
    target = Plan(
        plan.profile,
        pillars=plan.pillars,
        categories=Table([Category(id="b1", parent="a", name="別の区分")]),
        initiatives=Table([new]),
        years=Table([YearPlan(id="k/2023", parent="k", fiscal_year=2023)]),
    )
    edit = diff(plan, target)
    for number in range(2 ** len(edit)):
        refused = [c for place, c in enumerate(edit) if number >> place & 1]
        after = apply(plan, exclude_changes(plan, edit, refused))
        assert not list(problems(after))
