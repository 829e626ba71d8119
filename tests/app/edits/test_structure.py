"""Pillars, categories, stages and statuses."""

import pytest

from app.changes.change import ChangeSet, apply
from app.edits.initiative import add_initiative, remove_initiatives, replace_department
from app.edits.kpi import set_kpi
from app.edits.structure import (
    add_category,
    add_pillar,
    remove_part,
    set_field,
    set_guide,
    set_words,
    shift,
)
from app.errors import KeikakuError
from app.plan.board.stages import guide_of
from app.plan.entities import Category, Initiative, Pillar, Profile, Relisting, YearPlan
from app.plan.integrity import problems
from app.plan.plan import Plan
from app.plan.table import Table


@pytest.fixture
def plan() -> Plan:
    return Plan(
        Profile(id="p", stages=("予定", "着手", "完了"), statuses=("着手中",)),
        pillars=Table([Pillar(id="a", position=1, name="暮らし"), Pillar(id="b", position=2)]),
        categories=Table([Category(id="a1", parent="a", number=1, name="窓口")]),
        initiatives=Table(
            [Initiative(id="i", categories=("a1",), stage="着手", departments=("市民課", "税務課"))]
        ),
        years=Table([YearPlan(id="i/2022", parent="i", fiscal_year=2022)]),
        relistings=Table([Relisting(id="i/r", parent="i", category="a1")]),
    )


def after(plan: Plan, edit: ChangeSet) -> Plan:
    """The plan after an edit; taken back it is the same again, and nothing hangs in the air."""
    edited = apply(plan, edit)
    assert apply(edited, edit.inverted()) == plan
    assert list(problems(edited)) == []
    return edited


def test_a_new_pillar_and_category_come_last(plan: Plan) -> None:
    edited = after(plan, add_pillar(plan, "しごと"))
    assert [p.name for p in edited.pillars.under()] == ["暮らし", "", "しごと"]
    edited = after(plan, add_category(plan, "a", "子育て"))
    assert [(c.number, c.name) for c in edited.categories.under("a")] == [
        (1, "窓口"),
        (2, "子育て"),
    ]


def test_a_pillar_changes_places_with_its_neighbour(plan: Plan) -> None:
    edited = after(plan, shift(plan, "pillar", "b", -1))
    assert [p.id for p in edited.pillars.under()] == ["b", "a"]
    assert not shift(plan, "pillar", "a", -1).changes


def test_what_is_in_use_is_not_removed(plan: Plan) -> None:
    with pytest.raises(KeikakuError, match="取組が1件、再掲が1件"):
        remove_part(plan, "category", "a1")
    with pytest.raises(KeikakuError, match="区分の残っている柱"):
        remove_part(plan, "pillar", "a")
    assert "b" not in after(plan, remove_part(plan, "pillar", "b")).pillars


def test_a_renamed_stage_takes_its_cards_along(plan: Plan) -> None:
    edited = after(plan, set_words(plan, "stages", ("予定", "実施中", "完了")))
    assert edited.initiatives["i"].stage == "実施中"


def test_a_stage_with_cards_is_not_lost(plan: Plan) -> None:
    with pytest.raises(KeikakuError, match="段階「着手」"):
        set_words(plan, "stages", ("予定", "完了"))


def test_empty_and_double_words_are_left_out(plan: Plan) -> None:
    edited = after(plan, set_words(plan, "statuses", ("着手中", " ", "着手中", "運用中 ")))
    assert edited.profile.statuses == ("着手中", "運用中")


def test_a_vision_is_set(plan: Plan) -> None:
    edited = after(plan, set_field(plan, "pillar", "a", "vision", "みんなが楽に"))
    assert edited.pillars["a"].vision == "みんなが楽に"


def test_a_new_initiative_starts_in_the_first_stage(plan: Plan) -> None:
    edited = after(plan, add_initiative(plan, "a1"))
    new = edited.initiatives.under()[-1]
    assert (new.stage, new.categories) == ("予定", ("a1",))


def test_an_initiative_needs_a_category(plan: Plan) -> None:
    with pytest.raises(KeikakuError, match="先に柱と区分"):
        add_initiative(plan, "nowhere")


def test_an_initiative_goes_with_all_its_parts(plan: Plan) -> None:
    edited = after(plan, remove_initiatives(plan, ["i"]))
    assert (len(edited.initiatives), len(edited.years), len(edited.relistings)) == (0, 0, 0)


def test_a_department_gives_way_to_another_without_standing_twice(plan: Plan) -> None:
    edited = after(plan, replace_department(plan, ["i"], "市民課", "税務課"))
    assert edited.initiatives["i"].departments == ("税務課",)


def test_a_first_target_is_added_by_writing_it(plan: Plan) -> None:
    edited = after(plan, set_kpi(plan, "i", "i/kpi", "text", "待ち時間5分"))
    assert [(k.parent, k.text) for k in edited.kpis.values()] == [("i", "待ち時間5分")]


def test_a_stage_keeps_its_guide_under_a_new_name_and_in_another_place(plan: Plan) -> None:
    plan = after(plan, set_guide(plan, "着手", 4))
    renamed = after(plan, set_words(plan, "stages", ("予定", "実施中", "完了")))
    assert [guide_of(renamed.profile, stage) for stage in renamed.profile.stages] == [0, 4, 0]
    wider = after(plan, set_words(plan, "stages", ("着手", "予定", "点検", "完了")))
    assert [guide_of(wider.profile, stage) for stage in wider.profile.stages] == [4, 0, 0, 0]


def test_a_guide_taken_back_leaves_nothing_behind(plan: Plan) -> None:
    edited = after(plan, set_guide(plan, "着手", 4))
    assert guide_of(edited.profile, "着手") == 4
    assert after(edited, set_guide(edited, "着手", 0)) == plan
