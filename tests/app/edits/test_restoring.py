"""Bringing a whole initiative back."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from app.changes.change import apply
from app.edits.initiative import remove_initiatives
from app.edits.relist import relist
from app.edits.restoring import restore_initiative
from app.edits.structure import set_words
from app.edits.text import set_fact, set_text, set_year_text
from app.plan.integrity import problems
from app.plan.plan import Plan
from tests.app.plan.test_numbering import town
from tests.app.plans import plans


def edited(plan: Plan) -> Plan:
    for edit in (
        lambda plan: set_text(plan, "a", "overview", "後"),
        lambda plan: set_year_text(plan, "a", 2023, "goals", "後"),
        lambda plan: relist(plan, "a", "p2-1"),
        lambda plan: set_fact(plan, "b", "name", "ほかの取組"),
    ):
        plan = apply(plan, edit(plan))
    return plan


def test_an_initiative_is_as_it_was_and_the_others_stay() -> None:
    before = apply(town("1-1", "2-1"), set_text(town("1-1", "2-1"), "a", "overview", "前"))
    after = edited(before)
    back = apply(after, restore_initiative(after, "a", before))
    assert back.initiatives["a"] == before.initiatives["a"]
    assert (back.years.under("a"), back.relistings.under("a")) == ((), ())
    assert back.initiatives["b"].name == "ほかの取組"


def test_one_that_is_gone_comes_back_with_all_that_belongs_to_it() -> None:
    before = edited(town("1-1", "2-1"))
    gone = apply(before, remove_initiatives(before, ["a"]))
    assert apply(gone, restore_initiative(gone, "a", before)) == before


def test_what_it_stood_in_and_is_no_more_is_left_out() -> None:
    before = edited(town("1-1", "2-1"))
    renamed = apply(before, set_words(before, "stages", ("新しい段階",)))
    without = replace(renamed, categories=renamed.categories.changed({"p2-1": None}))
    without = replace(without, relistings=without.relistings.changed({"a/p2-1": None}))
    back = apply(without, restore_initiative(without, "a", before))
    assert back.initiatives["a"].stage == "新しい段階"
    assert list(problems(back)) == []


def test_one_whose_category_is_no_more_stays_where_it_is_now() -> None:
    before = town("1-1", "2-1", "1-1")
    moved = apply(before, set_fact(before, "c", "categories", ("p1-1",)))
    moved = apply(moved, set_fact(moved, "c", "name", "後"))
    without = replace(moved, categories=moved.categories.changed({"p2-1": None}))
    back = apply(without, restore_initiative(without, "c", before))
    assert (back.initiatives["c"].name, back.initiatives["c"].categories) == ("取組2", ("p1-1",))


def test_one_that_was_not_there_yet_changes_nothing() -> None:
    plan = town("1-1", "2-1")
    without = apply(plan, remove_initiatives(plan, ["b"]))
    assert restore_initiative(plan, "b", without).changes == ()


@given(plans(), st.data())
def test_what_is_restored_twice_changes_nothing_more(plan: Plan, data: st.DataObject) -> None:
    assume(plan.initiatives)
    id = data.draw(st.sampled_from(sorted(plan.initiatives)))
    gone = apply(plan, remove_initiatives(plan, [id]))
    back = apply(gone, restore_initiative(gone, id, plan))
    assert restore_initiative(back, id, plan).changes == ()
    assert list(problems(back)) == []
