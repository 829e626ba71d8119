"""Numbers by rule, and the order in which a plan is printed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.changes.change import apply
from app.edits.initiative import remove_initiatives
from app.edits.relist import relist, remove_relistings
from app.edits.renumber import preview, renumber
from app.errors import KeikakuError
from app.plan.entities import Category, Initiative, Pillar, Profile
from app.plan.lists.listing import listings, number_key, printed_order
from app.plan.numbering import NumberingRule, learned_rule, numbers, read_rule
from app.plan.plan import Plan
from app.plan.table import Table
from tests.app.plans import plans
from ui.change_words import labels_of

RULES = st.builds(
    NumberingRule,
    scheme=st.sampled_from(["category", "pillar", "straight"]),
    counts_relistings=st.booleans(),
    keeps_gaps=st.booleans(),
)


def town(*numbers: str | None) -> Plan:
    """Two pillars; initiatives a, b, c … stand in turn under 窓口, 子育て and 庁内."""
    homes = ["p1-1", "p1-2", "p2-1"]
    return Plan(
        Profile(id="p", stages=("着手",)),
        Table([Pillar(id="p1", position=1), Pillar(id="p2", position=2)]),
        Table(
            [
                Category(id="p1-1", parent="p1", position=1, number=1, name="窓口"),
                Category(id="p1-2", parent="p1", position=2, number=2, name="子育て"),
                Category(id="p2-1", parent="p2", position=1, number=1, name="庁内"),
            ]
        ),
        Table(
            Initiative(
                id="abcdefgh"[n], position=n, number=number, name=f"取組{n}", stage="着手",
                categories=(homes[n % 3],),
            )
            for n, number in enumerate(numbers)
        ),
    )  # fmt: skip


def printed(plan: Plan) -> dict[str, str | None]:
    return {i.id: i.number for i in plan.initiatives.under()}


def test_each_scheme_numbers_in_printed_order() -> None:
    plan = town(None, None, None, None, None, None)
    made = {
        scheme: [numbers(plan, NumberingRule(scheme))["initiative", id] for id in "adbecf"]
        for scheme in ("category", "pillar", "straight")
    }
    assert made == {
        "category": ["1-1", "1-2", "2-1", "2-2", "1-1", "1-2"],
        "pillar": ["1-1", "1-2", "1-3", "1-4", "2-1", "2-2"],
        "straight": ["1", "2", "3", "4", "5", "6"],
    }


def test_gaps_stay_free_or_are_closed() -> None:
    plan = town("1-1", "2-1", "1-1", "1-4", None, "1-2")
    kept = numbers(plan, NumberingRule(keeps_gaps=True))
    closed = numbers(plan, NumberingRule())
    assert [kept["initiative", id] for id in "adbecf"] == [
        "1-1", "1-4", "2-1", "2-2", "1-1", "1-2",
    ]  # fmt: skip
    assert closed["initiative", "d"] == "1-2"


@pytest.mark.parametrize("rule", [
    NumberingRule(scheme, again, gaps)
    for scheme in ("category", "pillar", "straight") for again in (False, True)
    for gaps in (False, True)
])  # fmt: skip
def test_the_habit_is_read_off_the_numbers_of_a_plan(rule: NumberingRule) -> None:
    plan = relisted_town()
    plan = apply(plan, renumber(plan, replace(rule, keeps_gaps=False)))
    if rule.keeps_gaps:
        # The first of a row leaves: its number stays free, those after it keep theirs.
        plan = apply(plan, remove_initiatives(plan, ["a"]))
    assert learned_rule(plan) == rule


def relisted_town() -> Plan:
    """Three initiatives a category, the first of the last one listed again in the first."""
    plan = town(*[None] * 8)
    return apply(plan, relist(plan, "c", "p1-1"))


def test_a_plan_without_numbers_begins_with_the_first_rule() -> None:
    assert learned_rule(town(None, None)) == NumberingRule()


def test_a_reprint_with_another_number_stays_where_numbers_are_kept() -> None:
    plan = relisted_town()
    plan = apply(plan, renumber(plan, NumberingRule("straight")))
    misprint = replace(plan.relistings["c/p1-1"], number="再掲 99")
    plan = plan.changed({"relisting": {misprint.id: misprint}})
    assert ("relisting", "c/p1-1") not in numbers(plan, NumberingRule("straight", keeps_gaps=True))
    assert numbers(plan, NumberingRule("straight"))["relisting", "c/p1-1"] == "再掲 7"


def test_of_two_equal_numbers_the_first_stays() -> None:
    plan = town("1-3", None, None, "1-3")
    kept = numbers(plan, NumberingRule(keeps_gaps=True))
    assert (kept["initiative", "a"], kept["initiative", "d"]) == ("1-3", "1-4")


def in_one_category(*numbers: str | None) -> Plan:
    """Initiatives i0, i1, i2 … with these numbers, all under 窓口, the first category."""
    cards = (
        Initiative(id=f"i{n}", position=n, number=number, stage="着手", categories=("p1-1",))
        for n, number in enumerate(numbers)
    )
    return replace(town(), initiatives=Table(cards))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("1-1", "1-3", None), ["1-1", "1-3", "1-4"]),
        (("1-5", None, "1-2", None), ["1-5", "1-6", "1-2", "1-7"]),
        ((None, "1-1", "9", "1-1"), ["1-2", "1-1", "1-3", "1-4"]),
    ],
)
def test_what_is_new_follows_after_the_last_number(
    old: tuple[str | None, ...], new: list[str]
) -> None:
    made = numbers(in_one_category(*old), NumberingRule(keeps_gaps=True))
    assert [made["initiative", f"i{n}"] for n in range(len(old))] == new


@given(st.lists(st.sampled_from([None, *(f"1-{n}" for n in range(1, 6))]), max_size=8))
def test_numbers_that_fit_stay_and_none_is_given_twice(old: list[str | None]) -> None:
    made = numbers(in_one_category(*old), NumberingRule(keeps_gaps=True))
    assert len(set(made.values())) == len(old)
    first = {number: n for n, number in reversed(list(enumerate(old))) if number}
    assert {number: made["initiative", f"i{n}"] for number, n in first.items()} == {
        number: number for number in first
    }


def test_a_relisting_takes_a_number_or_repeats_that_of_its_sheet() -> None:
    plan = town("1-1", "2-1", "1-1")
    plan = apply(plan, relist(plan, "c", "p1-1", "1-2"))
    counted = numbers(plan, NumberingRule(counts_relistings=True))
    repeated = numbers(plan, NumberingRule("straight"))
    assert counted["relisting", "c/p1-1"] == "1-2"
    assert repeated["relisting", "c/p1-1"] == "再掲 3"


def test_a_relisting_stands_where_its_number_belongs() -> None:
    plan = town("1-1", None, "1-1", "1-3")
    plan = apply(plan, relist(plan, "c", "p1-1", "1-2"))
    plan = apply(plan, relist(plan, "b", "p1-1", "再掲 9"))
    row = [(x.number, x.is_again) for x in listings(plan)["p1-1"]]
    assert row == [("1-1", False), ("1-2", True), ("1-3", False), ("再掲 9", True)]
    assert [i.id for i in printed_order(plan)] == ["a", "d", "b", "c"]


def test_ten_comes_after_nine() -> None:
    assert number_key("2-10") > number_key("2-9")  # type: ignore[operator]
    assert number_key("再掲 3") is None


def test_renumbering_is_one_edit_that_is_taken_back_whole() -> None:
    plan = town("9", None, "7", "1-2")
    edit = renumber(plan, NumberingRule())
    after = apply(plan, edit)
    assert printed(after) == {"a": "1-1", "b": "2-1", "c": "1-1", "d": "1-2"}
    assert read_rule(after.profile.numbering) == NumberingRule()
    assert apply(after, edit.inverted()) == plan


def test_the_preview_names_old_new_and_where_the_old_one_is_spoken_of() -> None:
    plan = town("9", "2-1")
    text = "・Ｎｏ．９の窓口と合わせて行う。\n・No.99は別の取組"
    card = replace(plan.initiatives["b"], texts={"overview": text})
    plan = replace(plan, initiatives=plan.initiatives.changed({"b": card}))
    (change,) = preview(plan, NumberingRule(), {"overview": "事業概要"})
    assert (change.name, change.before, change.after) == ("取組0", "9", "1-1")
    assert change.mentions == ("「取組1」の事業概要",)


def speaking(plan: Plan, text: str) -> Plan:
    """The plan with a text in its last but one initiative."""
    card = replace(plan.initiatives["b"], texts={"overview": text})
    return replace(plan, initiatives=plan.initiatives.changed({"b": card}))


def test_what_speaks_of_a_number_speaks_of_the_new_one() -> None:
    plan = speaking(town("9", "2-1"), "・Ｎｏ．９の窓口と合わせる。\n・No.99は別の取組（9－1参照）")
    edit = renumber(plan, NumberingRule())
    text = apply(plan, edit).initiatives["b"].texts["overview"]
    assert text == "・Ｎｏ．１－１の窓口と合わせる。\n・No.99は別の取組（9－1参照）"
    assert apply(apply(plan, edit), edit.inverted()) == plan


def test_what_the_plan_says_outside_of_its_initiatives_follows_too() -> None:
    plan = town("9", "2-1")
    state = "No.9が使える"
    pillar = replace(plan.pillars["p1"], name="くらし", vision="No.9から", desired_states=(state,))
    category = replace(plan.categories["p1-1"], name="窓口（No.9）")
    card = replace(plan.initiatives["b"], desired_states=(state,))
    plan = replace(
        plan,
        profile=replace(plan.profile, texts={"preface": "No.9をご覧ください。"}),
        pillars=plan.pillars.changed({"p1": pillar}),
        categories=plan.categories.changed({"p1-1": category}),
        initiatives=plan.initiatives.changed({"b": card}),
    )
    after = apply(plan, renumber(plan, NumberingRule()))
    assert after.profile.texts["preface"] == "No.1-1をご覧ください。"
    assert after.pillars["p1"].vision == "No.1-1から"
    assert after.categories["p1-1"].name == "窓口（No.1-1）"
    # An initiative names a state of its pillar by its words.
    assert after.initiatives["b"].desired_states == after.pillars["p1"].desired_states
    assert after.pillars["p1"].desired_states == ("No.1-1が使える",)
    (change,) = preview(plan, NumberingRule(), labels_of(plan))
    assert change.mentions == (
        "冊子の文のはじめに", "柱「くらし」のビジョン", "柱「くらし」の達成すべき状態",
        "区分「窓口（No.9）」の名前", "「取組1」の達成すべき状態",
    )  # fmt: skip


def test_a_number_that_two_have_borne_stays_in_the_texts_and_is_named() -> None:
    plan = speaking(town("9", "2-1", "9"), "・No.9と合わせる。")
    changed = preview(plan, NumberingRule())
    assert [(c.before, c.follows, len(c.mentions)) for c in changed] == [("9", False, 1)] * 2
    after = apply(plan, renumber(plan, NumberingRule()))
    assert after.initiatives["b"].texts["overview"] == "・No.9と合わせる。"


def test_numbers_that_change_places_are_followed_at_once() -> None:
    plan = speaking(town("3", "2", "1"), "・No.1とNo.3を合わせる。")
    after = apply(plan, renumber(plan, NumberingRule("straight")))
    assert after.initiatives["b"].texts["overview"] == "・No.3とNo.1を合わせる。"


def test_an_initiative_is_not_listed_twice_under_a_category() -> None:
    plan = town("1-1", "2-1")
    plan = apply(plan, relist(plan, "a", "p2-1"))
    for category in ("p1-1", "p2-1", "nowhere"):
        with pytest.raises(KeikakuError, match="元のまま"):
            relist(plan, "a", category)
    assert not apply(plan, remove_relistings(plan, ["a/p2-1"])).relistings


def test_a_rule_of_a_newer_program_is_refused() -> None:
    assert read_rule("") is None
    with pytest.raises(KeikakuError, match="spiral"):
        read_rule("spiral")


@given(RULES)
def test_a_rule_comes_back_from_the_text_the_plan_keeps(rule: NumberingRule) -> None:
    assert read_rule(rule.text) == rule


@given(plans(), RULES)
def test_numbering_twice_changes_nothing_more(plan: Plan, rule: NumberingRule) -> None:
    once = apply(plan, renumber(plan, rule))
    assert renumber(once, rule).changes == ()
    assert preview(once, rule) == ()


@given(plans(), RULES)
def test_no_number_is_given_twice_among_what_is_counted_together(
    plan: Plan, rule: NumberingRule
) -> None:
    made = numbers(plan, replace(rule, scheme="straight", counts_relistings=True))
    assert len(set(made.values())) == len(made)
