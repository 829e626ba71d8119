"""Two states of a plan compared."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

import pytest

from app.changes.change import apply
from app.changes.comparing.comparison import (
    WORDS,
    Comparison,
    changed_counts,
    compare_plans,
    paired_by_words,
)
from app.edits.card import move_cards
from app.edits.department import rename_department
from app.edits.initiative import remove_initiatives
from app.edits.text import set_fact, set_text, set_year_text
from app.plan.plan import Plan
from resources import resource
from storage.interchange.interchange import read_interchange


@pytest.fixture
def plan() -> Plan:
    return read_interchange(resource("sample/sample.json").read_bytes()).plan


def ids(plan: Plan) -> list[str]:
    return [i.id for i in plan.initiatives.under()]


def told(found: Comparison) -> list[tuple[str, list[str]]]:
    """Each initiative that differs, and how a person calls that."""
    return [(one.initiative.id, [WORDS[how] for how in one.hows]) for one in found.initiatives]


def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert compare_plans(plan, plan).initiatives == ()


def test_changed_fields_are_named_with_their_year_and_both_sides(plan: Plan) -> None:
    first = ids(plan)[0]
    year = plan.years.under(first)[0]
    after = apply(plan, set_year_text(plan, first, year.fiscal_year, "actions", "新しい取組事項"))
    [one] = compare_plans(plan, after).initiatives
    [field] = one.fields
    assert (field.part, field.field, field.fiscal_year) == (
        "year_plan",
        "texts.actions",
        year.fiscal_year,
    )
    assert (field.before, field.after) == (year.texts["actions"], "新しい取組事項")
    assert one.hows == ("content",)


def test_each_kind_of_change_has_its_word(plan: Plan) -> None:
    first, second, third, *_ = ids(plan)
    after = apply(plan, set_text(plan, first, "final_goals", "80人"))
    after = apply(after, remove_initiatives(after, [second]))
    after = apply(after, move_cards(after, [third], after.profile.stages[-1]))
    found = compare_plans(plan, after)
    assert told(found) == [
        (first, ["目標値変更"]),
        (second, ["削除"]),
        (third, ["進捗の変更"]),
    ]
    assert changed_counts(found.initiatives) == {"removed": 1, "goal": 1, "progress": 1}
    back = compare_plans(after, plan)
    assert told(back)[1] == (second, ["新規"])


def test_a_moved_card_is_no_change_of_an_edition(plan: Plan) -> None:
    first = ids(plan)[0]
    after = apply(plan, move_cards(plan, [first], plan.profile.stages[-1]))
    assert compare_plans(plan, after).without_progress().initiatives == ()


def test_what_was_removed_stands_where_it_stood(plan: Plan) -> None:
    everything = ids(plan)
    gone = [everything[0], everything[4], everything[5]]
    after = apply(plan, remove_initiatives(plan, gone))
    shown = apply(after, set_text(after, everything[3], "overview", "別の概要"))
    found = [one.initiative.id for one in compare_plans(plan, shown).initiatives]
    assert found == [gone[0], everything[3], gone[1], gone[2]]


def test_a_renamed_department_names_every_initiative_that_has_it(plan: Plan) -> None:
    old = plan.initiatives[ids(plan)[0]].departments[0]
    has_it = [i.id for i in plan.initiatives.under() if old in i.departments]
    after = apply(plan, rename_department(plan, old, "新しい課", date(2024, 4, 1)))
    found = compare_plans(plan, after)
    assert sorted(one.initiative.id for one in found.initiatives) == sorted(has_it)
    assert {how for one in found.initiatives for how in one.hows} == {"department"}


def test_a_plan_typed_anew_is_paired_by_names_and_asked_about_others(plan: Plan) -> None:
    data = resource("sample/sample.json").read_text("utf-8")
    for id in plan.initiatives:
        data = data.replace(id, str(uuid5(NAMESPACE_URL, id)))
    other = read_interchange(data.encode()).plan
    assert not set(other.initiatives) & set(plan.initiatives)
    first = ids(other)[0]
    name = other.initiatives[first].name
    other = apply(other, set_fact(other, first, "name", f"{name}（拡充）"))
    certain, likely = paired_by_words(plan, other)
    assert set(certain.values()) | set(likely.values()) == set(other.initiatives)
    assert list(likely.values()) == [first]
    assert plan.initiatives[next(iter(likely))].name == name
    found = compare_plans(plan, other, certain | likely)
    assert told(found) == [(first, ["名称変更"])]
