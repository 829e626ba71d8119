"""A new plan: nothing in it is another city's."""

import pytest

from app.changes.change import apply
from app.edits.initiative import add_initiative
from app.edits.new_plan import new_plan
from app.edits.structure import add_category, add_pillar, set_terms
from app.errors import KeikakuError
from app.plan.plan import Plan


@pytest.mark.parametrize(("lengths", "years"), [((5,), 5), ((2, 2, 2), 6), ((2, 2, 2, 2), 8)])
def test_its_stages_bear_its_own_length(lengths: tuple[int, ...], years: int) -> None:
    plan = new_plan("みなと町", "計画", "kashima", 2026, lengths)
    assert plan.profile.stages[0] == f"{years}年間で取り組むこと"
    assert len(plan.profile.stages) == 5
    assert (plan.profile.term, plan.profile.first_fiscal_year) == (1, 2026)
    assert (plan.profile.municipality, plan.profile.form) == ("みなと町", "kashima")


def test_two_new_plans_are_two() -> None:
    one, other = (new_plan("", "計画", "matsue", 2026) for _ in range(2))
    assert one.profile.id != other.profile.id


@pytest.mark.parametrize(("first", "lengths"), [(0, (5,)), (2026, ()), (2026, (2, 0))])
def test_years_that_no_plan_can_have_are_refused(first: int, lengths: tuple[int, ...]) -> None:
    with pytest.raises(KeikakuError, match="計画は作っていません"):
        new_plan("", "計画", "matsue", first, lengths)


def with_a_card(plan: Plan) -> Plan:
    plan = apply(plan, add_pillar(plan, "暮らし"))
    plan = apply(plan, add_category(plan, plan.pillars.under()[0].id, "窓口"))
    return apply(plan, add_initiative(plan, next(iter(plan.categories))))


def test_the_stage_follows_the_length_with_its_cards() -> None:
    plan = with_a_card(new_plan("", "計画", "matsue", 2026, (5,)))
    longer = apply(plan, set_terms(plan, (3, 3)))
    assert longer.profile.stages[0] == "6年間で取り組むこと"
    assert [card.stage for card in longer.initiatives.values()] == ["6年間で取り組むこと"]
    same = apply(longer, set_terms(longer, (2, 2, 2)))
    assert same.profile.stages == longer.profile.stages


def test_a_stage_that_a_city_named_itself_stays() -> None:
    plan = new_plan("", "計画", "matsue", 2026, (5,))
    own = Plan(plan.profile.with_value("stages", ("これから", "実施中", "完了")))
    assert apply(own, set_terms(own, (3, 3))).profile.stages == own.profile.stages
