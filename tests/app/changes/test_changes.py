"""Edits are values: they apply, turn round, and are found again by comparing."""

import pytest
from hypothesis import given

from app.changes.change import (
    Change,
    ChangeSet,
    StaleChangeError,
    added,
    apply,
    field_change,
    removed,
)
from app.changes.diff import diff
from app.plan.entities import Initiative, Profile, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table
from tests.app.plans import plans


@given(plans(), plans())
def test_applying_the_difference_gives_the_other_plan(before: Plan, after: Plan) -> None:
    assert apply(before, diff(before, after)) == after


@given(plans(), plans())
def test_an_edit_turned_round_takes_it_back(before: Plan, after: Plan) -> None:
    edit = diff(before, after)
    assert apply(apply(before, edit), edit.inverted()) == before
    assert edit.inverted().inverted() == edit


@given(plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert diff(plan, plan).changes == ()
    assert apply(plan, ()) == plan


@given(plans(), plans())
def test_siblings_are_in_order_after_an_edit(before: Plan, after: Plan) -> None:
    # Looking first makes the index that an edit carries over.
    before.initiatives.under()
    carried = [before.years.under(id) for id in before.initiatives]
    edited = apply(before, diff(before, after))
    assert edited.initiatives.under() == after.initiatives.under()
    for id in edited.initiatives:
        assert edited.years.under(id) == after.years.under(id)
    assert [before.years.under(id) for id in before.initiatives] == carried


CARD = Initiative(id="a", name="窓口", departments=("住民課",))
PLAN = Plan(Profile(id="p"), initiatives=Table([CARD]))


@pytest.mark.parametrize(
    "stale",
    [
        Change("initiative", "a", "name", "前の名前", "新しい名前"),
        Change("initiative", "なし", "name", None, "新しい名前"),
        Change("initiative", "a", "texts.overview", "前の文", "新しい文"),
        added(Initiative(id="a", name="同じidの取組")),
        removed(Initiative(id="a", name="別の名前")),
        removed(PLAN.profile),
    ],
)
def test_a_change_that_does_not_fit_is_refused(stale: Change) -> None:
    with pytest.raises(StaleChangeError, match="元のまま"):
        apply(PLAN, [stale])


def test_setting_what_is_there_already_is_no_edit() -> None:
    assert field_change(CARD, "departments", ("住民課",)) == ()
    assert field_change(CARD, "texts.overview", None) == ()


def test_a_text_is_a_field_of_its_own() -> None:
    written = apply(PLAN, field_change(CARD, "texts.overview", "・始める"))
    assert written.initiatives["a"].texts == {"overview": "・始める"}
    assert PLAN.initiatives["a"].texts == {}
    emptied = apply(written, field_change(written.initiatives["a"], "texts.overview", None))
    assert emptied == PLAN


def test_later_changes_see_earlier_ones() -> None:
    year = YearPlan(id="a/2024", parent="a", fiscal_year=2024)
    edit = ChangeSet("記入", (added(year), *field_change(year, "mark", "start")))
    assert apply(PLAN, edit).years["a/2024"].mark == "start"
    assert edit.touched() == (("year_plan", "a/2024"),)
    assert apply(apply(PLAN, edit), edit.inverted()) == PLAN
