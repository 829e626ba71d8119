"""Filling in fields from plain text."""

import pytest

from app.changes.change import apply
from app.edits.field import fill_in, fill_in_year
from app.edits.text import set_year_text
from app.errors import KeikakuError
from app.plan.entities import Initiative, Profile, Scalar, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table

CARD = Initiative(id="a", name="窓口", stage="着手", status="運用中", texts={"overview": "前の文"})
PLAN = Plan(
    Profile(id="p", stages=("着手", "完了"), statuses=("運用中",)),
    initiatives=Table([CARD]),
    years=Table(
        [
            YearPlan(id="a/2022", parent="a", position=1, fiscal_year=2022, texts={"actions": "x"}),
            YearPlan(id="a/2026", parent="a", position=2, fiscal_year=2026),
        ]
    ),
)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("departments", "住民課、 税務課\n\n", ("住民課", "税務課")),
        ("departments", "", ()),
        ("desired_states", "早く、楽に\n近く", ("早く、楽に", "近く")),
        ("number", "", None),
        ("number", "1-1", "1-1"),
        ("status", "", None),
        ("status_note", "R6から", "R6から"),
        ("name", "窓口\n（予約）", "窓口\n（予約）"),
        ("stage", "完了", "完了"),
    ],
)
def test_facts(field: str, text: str, value: Scalar) -> None:
    assert apply(PLAN, fill_in(PLAN, "a", field, text)).initiatives["a"].get(field) == value


def test_a_text_that_only_the_form_has() -> None:
    edit = fill_in(PLAN, "a", "background", "・なぜ", known=["background"])
    assert apply(PLAN, edit).initiatives["a"].texts["background"] == "・なぜ"
    with pytest.raises(KeikakuError, match=r"使える欄: .*overview"):
        fill_in(PLAN, "a", "background", "・なぜ")


@pytest.mark.parametrize(("field", "text"), [("stage", "保留"), ("stage", ""), ("status", "保留")])
def test_what_is_not_on_the_list_is_refused(field: str, text: str) -> None:
    with pytest.raises(KeikakuError, match="次から選んでください"):
        fill_in(PLAN, "a", field, text)


def test_any_status_where_the_plan_has_no_list() -> None:
    free = Plan(Profile(id="p", stages=("着手",)), initiatives=Table([CARD]))
    assert apply(free, fill_in(free, "a", "status", "保留")).initiatives["a"].status == "保留"


def test_a_missing_year_is_put_where_it_belongs() -> None:
    edited = apply(PLAN, fill_in_year(PLAN, "a", 2024, "actions", "・始める"))
    edited = apply(edited, fill_in_year(edited, "a", 2021, "mark", "start"))
    edited = apply(edited, fill_in_year(edited, "a", 2028, "mark", "随時"))
    years = edited.years.under("a")
    assert [year.fiscal_year for year in years] == [2021, 2022, 2024, 2026, 2028]
    assert years[2].texts == {"actions": "・始める"}
    assert (years[0].mark, years[4].mark) == ("start", "随時")


def test_an_emptied_mark_is_none() -> None:
    edited = apply(PLAN, fill_in_year(PLAN, "a", 2022, "mark", "start"))
    assert apply(edited, fill_in_year(edited, "a", 2022, "mark", "")) == PLAN


@pytest.mark.parametrize("year", [0, 5, 1867, 3000])
def test_a_year_that_cannot_be_is_refused(year: int) -> None:
    with pytest.raises(KeikakuError, match="西暦の4桁"):
        set_year_text(PLAN, "a", year, "actions", "x")
