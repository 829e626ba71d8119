"""Merging: named situations, and an oracle that no statement of either side is lost silently."""

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given

from app.changes.change import WHOLE, apply
from app.changes.merge import Merge, equivalent, merge
from app.plan.entities import (
    STAGES,
    Category,
    Entity,
    Initiative,
    Pillar,
    Profile,
    Relisting,
    YearPlan,
)
from app.plan.integrity import problems
from app.plan.kinds import KINDS
from app.plan.plan import Plan
from app.plan.table import Table
from tests.app.plans import plans

_UNSAID = {"position", "board_position", "keys", "vocabulary_keys", "file_keys"}
_SETS = {"departments", "desired_states", "statuses"}


def plan_with(*initiatives: Initiative, years: tuple[YearPlan, ...] = ()) -> Plan:
    return Plan(
        Profile(id="plan", stages=STAGES),
        Table([Pillar(id="p1")]),
        Table([Category(id="c1", parent="p1"), Category(id="c2", parent="p1")]),
        Table(initiatives),
        Table(years),
    )


def initiative(**fields: object) -> Initiative:
    texts = MappingProxyType({"overview": "もと"})
    values = {"id": "i1", "stage": STAGES[0], "categories": ("c1",), "texts": texts, **fields}
    return Initiative(**values)  # type: ignore[arg-type]


def with_overview(text: str) -> Plan:
    return plan_with(initiative(texts=MappingProxyType({"overview": text})))


def merged(base: Plan, ours: Plan, theirs: Plan) -> tuple[Plan, Merge]:
    result = merge(base, ours, theirs)
    return apply(ours, result.changes), result


def test_what_only_they_changed_is_taken() -> None:
    base = with_overview("もと")
    plan, result = merged(base, base, with_overview("相手の文"))
    assert plan.initiatives["i1"].texts["overview"] == "相手の文"
    assert not result.conflicts


def test_a_field_changed_on_both_sides_keeps_ours_and_asks() -> None:
    plan, result = merged(with_overview("もと"), with_overview("自分"), with_overview("相手"))
    assert plan.initiatives["i1"].texts["overview"] == "自分"
    (conflict,) = result.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("もと", "自分", "相手")
    assert conflict.field == "texts.overview"


def test_the_same_change_on_both_sides_is_no_conflict_even_in_another_unicode_form() -> None:
    composed, decomposed = "ガス\n", "カ\u3099ス\r\n"
    plan, result = merged(with_overview("もと"), with_overview(composed), with_overview(decomposed))
    assert plan.initiatives["i1"].texts["overview"] == composed
    assert not result.conflicts


def test_a_kanji_that_was_corrected_is_taken() -> None:
    plan, result = merged(with_overview("大塚"), with_overview("大塚"), with_overview("大\ufa10"))
    assert plan.initiatives["i1"].texts["overview"] == "大\ufa10"
    assert not result.conflicts


def test_departments_merge_one_by_one() -> None:
    base = plan_with(initiative(departments=("市民課", "税務課")))
    ours = plan_with(initiative(departments=("市民課", "税務課", "広報課")))
    theirs = plan_with(initiative(departments=("情報課", "市民課")))
    plan, result = merged(base, ours, theirs)
    assert plan.initiatives["i1"].departments == ("市民課", "広報課", "情報課")
    assert not result.conflicts


def test_they_removed_what_we_edited_it_stays_and_is_asked() -> None:
    base, ours = with_overview("もと"), with_overview("自分")
    plan, result = merged(base, ours, plan_with())
    assert plan.initiatives["i1"].texts["overview"] == "自分"
    assert [(c.field, c.theirs) for c in result.conflicts] == [(WHOLE, None)]


def test_they_removed_an_initiative_of_which_we_edited_a_year_all_of_it_stays() -> None:
    year = YearPlan(id="i1/2022", parent="i1", fiscal_year=2022)
    other = YearPlan(id="i1/2023", parent="i1", fiscal_year=2023)
    base = plan_with(initiative(), years=(year, other))
    ours = plan_with(initiative(), years=(replace(year, label="自分"), other))
    plan, result = merged(base, ours, plan_with())
    assert plan == ours
    assert {(c.entity, c.field) for c in result.conflicts} == {
        ("initiative", WHOLE),
        ("year_plan", WHOLE),
    }


def test_we_removed_what_they_edited_it_comes_back_with_its_years_and_is_asked() -> None:
    year = YearPlan(id="i1/2022", parent="i1", fiscal_year=2022)
    base = plan_with(initiative(), years=(year,))
    theirs = plan_with(initiative(name="相手の名"), years=(year,))
    plan, result = merged(base, plan_with(), theirs)
    assert plan.initiatives["i1"].name == "相手の名"
    assert "i1/2022" in plan.years
    assert [(c.field, c.ours) for c in result.conflicts] == [(WHOLE, None)]


def test_a_category_they_still_use_comes_back() -> None:
    base = plan_with()
    ours = replace(base, categories=base.categories.changed({"c2": None}))
    theirs = plan_with(initiative(categories=("c2",)))
    plan, result = merged(base, ours, theirs)
    assert "c2" in plan.categories
    assert ("category", "c2") in {(c.entity, c.id) for c in result.conflicts}


def test_a_category_we_began_to_use_stays_though_they_removed_it() -> None:
    base = plan_with()
    ours = plan_with(initiative(categories=("c2",)))
    theirs = replace(base, categories=base.categories.changed({"c2": None}))
    plan, result = merged(base, ours, theirs)
    assert "c2" in plan.categories
    assert [(c.entity, c.id) for c in result.conflicts] == [("category", "c2")]


def test_what_nobody_needs_goes() -> None:
    base = with_overview("もと")
    plan, result = merged(base, base, plan_with())
    assert not plan.initiatives
    assert not result.conflicts


def test_a_second_merge_of_the_same_file_changes_nothing() -> None:
    base, ours, theirs = with_overview("もと"), with_overview("もと"), with_overview("相手")
    once, _ = merged(base, ours, theirs)
    again = merge(base, once, theirs)
    assert not again.changes
    assert not again.conflicts


@given(plans(), plans(), plans())
def test_the_result_is_a_sound_plan(base: Plan, ours: Plan, theirs: Plan) -> None:
    plan, _ = merged(base, ours, theirs)
    assert list(problems(plan)) == []


@given(plans(), plans(), plans())
def test_no_statement_of_either_side_is_lost_silently(base: Plan, ours: Plan, theirs: Plan) -> None:
    plan, result = merged(base, ours, theirs)
    asked = {(c.entity, c.id, c.field) for c in result.conflicts}
    for kind in KINDS:
        for id, entity in ours.table(kind).items():
            for field in statements(base.find(kind, id), entity):
                kept = plan.find(kind, id)
                assert kept is not None
                assert holds(kept, base.find(kind, id), entity, field), (kind, id, field)
        for id, entity in theirs.table(kind).items():
            for field in statements(base.find(kind, id), entity):
                kept = plan.find(kind, id)
                is_asked = {(kind, id, field), (kind, id, WHOLE)} & asked
                assert kept is not None
                assert holds(kept, base.find(kind, id), entity, field) or is_asked, (
                    kind,
                    id,
                    field,
                )


@given(plans(), plans())
def test_merging_nothing_new_changes_nothing(base: Plan, ours: Plan) -> None:
    assert not merge(base, ours, base).changes
    plan, result = merged(base, base, ours)
    assert not result.conflicts or plan != ours
    assert not merge(ours, ours, ours).changes


def statements(base: Entity | None, side: Entity) -> list[str]:
    """The fields in which a side says something that the base does not."""
    names = [name for name in side.field_names() if name not in _UNSAID and name != "parent"]
    if base is None:
        return [name for name in names if side.get(name) not in (None, "", (), "{}", False)]
    return [name for name in names if not equivalent(base.get(name), side.get(name))]


def holds(kept: Entity, base: Entity | None, side: Entity, field: str) -> bool:
    if field in _SETS:
        before = set(base.get(field) or ()) if base else set()
        return set(side.get(field) or ()) - before <= set(kept.get(field) or ())
    return equivalent(kept.get(field), side.get(field))


def test_merging_again_asks_nothing_new_where_ours_renamed_stages() -> None:
    base = plan_with(initiative(), initiative(id="i2", stage=STAGES[2]))
    stages = ("甲", "乙", *STAGES[2:])
    ours = plan_with(initiative(stage="甲"), initiative(id="i2", stage=STAGES[2]))
    ours = replace(ours, profile=replace(ours.profile, stages=stages))
    theirs = plan_with(initiative(stage=STAGES[1]), initiative(id="i2", stage=STAGES[1]))
    found = merge(base, ours, theirs)
    merged = apply(ours, found.changes)
    assert merged.initiatives["i2"].stage == "乙"
    assert [conflict.id for conflict in found.conflicts] == ["i1"]
    again = merge(base, merged, theirs)
    assert not again.changes.changes
    assert again.conflicts == found.conflicts


def test_what_comes_back_brings_the_category_it_is_listed_under_again() -> None:
    base = plan_with(initiative())
    removed = replace(plan_with(), categories=Table([base.categories["c1"]]))
    listed = Table([Relisting(id="i1/c2", parent="i1", category="c2")])
    theirs = replace(plan_with(initiative(name="直した")), relistings=listed)
    found = merge(replace(base, relistings=listed), removed, theirs)
    merged = apply(removed, found.changes)
    assert set(merged.categories) == {"c1", "c2"}
    assert not list(problems(merged))


def test_an_initiative_that_they_removed_and_we_edited_stays_with_its_years() -> None:
    year = YearPlan(
        id="i1/2023", parent="i1", fiscal_year=2023, texts=MappingProxyType({"actions": "・残る"})
    )
    base = plan_with(initiative(), years=(year,))
    found = merge(base, plan_with(initiative(name="直した"), years=(year,)), plan_with())
    assert not found.changes.changes
    assert [(c.entity, c.id, c.field) for c in found.conflicts] == [("initiative", "i1", WHOLE)]
