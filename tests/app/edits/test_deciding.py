"""Settling the conflicts of a merge."""

from dataclasses import replace

import pytest

from app.changes.change import WHOLE, Decision, apply
from app.changes.merge import Conflict, KeptConflict
from app.edits.deciding import Choice, decide
from app.errors import KeikakuError
from app.plan.entities import Category, Initiative, Pillar, Profile, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table


@pytest.fixture
def plan() -> Plan:
    cards = [
        Initiative(id=id, position=n, categories=("a1",), stage="着手", name=f"取組{id}")
        for n, id in enumerate("ij")
    ]
    return Plan(
        Profile(id="p", stages=("予定", "着手", "完了")),
        pillars=Table([Pillar(id="a", position=1, name="暮らし")]),
        categories=Table([Category(id="a1", parent="a", number=1, name="窓口")]),
        initiatives=Table(cards),
        years=Table([YearPlan(id="i/2022", parent="i", fiscal_year=2022)]),
    )


def test_theirs_typed_and_ours_are_one_edit(plan: Plan) -> None:
    first, second = plan.initiatives.under()[:2]
    name = Conflict("initiative", first.id, "name", "前", first.name, "相手")
    other = Conflict("initiative", second.id, "name", "前", second.name, "相手")
    stage = Conflict("initiative", first.id, "stage", "前", first.stage, "相手")
    kept = [KeptConflict(n, conflict) for n, conflict in enumerate((name, other, stage), 1)]
    taken, written, refused = kept
    choices = [
        Choice(taken, "theirs"),
        Choice(written, "typed", "合わせて"),
        Choice(refused, "ours"),
    ]
    after = apply(plan, decide(plan, choices))
    assert after.initiatives[first.id].name == "相手"
    assert after.initiatives[second.id].name == "合わせて"
    assert after.initiatives[first.id].stage == first.stage


def test_both_texts_stand_one_below_the_other_and_the_decision_is_part_of_the_edit(
    plan: Plan,
) -> None:
    card = plan.initiatives.under()[0]
    conflict = Conflict("initiative", card.id, "name", "前", card.name, "相手")
    edit = decide(plan, [Choice(KeptConflict(7, conflict), "both")])
    assert apply(plan, edit).initiatives[card.id].name == f"{card.name}\n相手"
    assert edit.decisions == (Decision(7, None, "both"),)
    assert edit.inverted().decisions == (Decision(7, "both", None),)


def test_an_initiative_that_the_chosen_side_removed_goes_with_its_years(plan: Plan) -> None:
    card = plan.initiatives.under()[0]
    conflict = Conflict("initiative", card.id, WHOLE, card, card, None)
    after = apply(plan, decide(plan, [Choice(KeptConflict(1, conflict), "theirs")]))
    assert card.id not in after.initiatives
    assert plan.years.under(card.id)
    assert not after.years.under(card.id)
    assert decide(plan, [Choice(KeptConflict(1, conflict), "ours")]).changes == ()


def test_a_category_in_use_is_not_removed(plan: Plan) -> None:
    category = plan.categories[plan.initiatives.under()[0].categories[0]]
    conflict = Conflict("category", category.id, WHOLE, category, category, None)
    with pytest.raises(KeikakuError, match="使われています"):
        decide(plan, [Choice(KeptConflict(1, conflict), "theirs")])


def test_a_pillar_that_the_chosen_side_removed_goes_with_its_categories(plan: Plan) -> None:
    plan = replace(plan, initiatives=Table([]), years=Table([]))
    pillar = plan.pillars["a"]
    conflict = Conflict("pillar", "a", WHOLE, pillar, pillar, None)
    after = apply(plan, decide(plan, [Choice(KeptConflict(1, conflict), "theirs")]))
    assert not after.pillars
    assert not after.categories
