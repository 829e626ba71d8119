"""What the rows of an index say."""

from dataclasses import replace

from app.changes.change import apply
from app.documents.book.index_rows import circled, index_rows, slots, year_head
from app.edits.relist import relist
from app.forms.index_style import IndexColumn, IndexStyle
from app.plan.entities import Category, YearPlan
from app.plan.plan import Plan
from tests.app.forms.forms import built_in, plan

STYLE = built_in("matsue").index


def with_marks(*marks: str | None) -> Plan:
    """One initiative with these marks from fiscal year 2024 on."""
    of = plan(years={2024 + n: {} for n in range(len(marks))})
    marked = {
        year.id: replace(year, mark=mark)
        for year, mark in zip(of.years.under("i"), marks, strict=True)
    }
    return replace(of, years=of.years.changed(dict(marked)))


def texts(of: Plan, style: IndexStyle = STYLE, pillar: str = "p1") -> list[tuple[str, ...]]:
    return [row.texts for row in index_rows(of, style)[pillar]]


def test_the_years_are_those_of_the_term_and_the_rest_in_one() -> None:
    heads = [year_head(STYLE, slot.year) for slot in slots(plan(), STYLE) if slot.year]
    assert heads == ["R6年度", "R7年度", "R8年度以降"]


def test_marks_are_printed_as_signs_and_free_text_as_written() -> None:
    assert texts(with_marks("start", "continue", "試行")) == [
        ("1-1", "窓口", "待たない窓口", "●", "→", "試行", "")
    ]


def test_the_open_year_shows_the_first_mark_from_then_on() -> None:
    assert texts(with_marks(None, None, None, "start", "continue"))[0][3:6] == ("", "", "●")


def test_a_year_without_a_plan_has_no_mark() -> None:
    assert texts(plan())[0][3:6] == ("", "", "")


def test_what_is_new_and_what_is_listed_again_says_so() -> None:
    of = plan(new_label="新規掲載")
    of = apply(of, relist(of, "i", "p2-1", "1-9"))
    assert texts(of)[0][2] == "【新規掲載】待たない窓口"
    assert texts(of, pillar="p2")[0][:3] == ("1-9", "窓口", "【新規掲載】待たない窓口（再掲）")


def test_a_relisting_without_a_number_prints_that_of_its_sheet_where_the_city_does() -> None:
    of = plan(number="3")
    of = apply(of, relist(of, "i", "p2-1"))
    assert texts(of, built_in("kashima").index, "p2")[0][0] == "再掲 3"


def test_a_further_category_lists_the_initiative_again() -> None:
    of = plan(categories=("p1-1", "p3-1"))
    assert texts(of, built_in("kaminoyama").index, "p3") == [
        ("(1) 窓口", "待たない窓口（再掲）", "")
    ]


def test_columns_of_a_city_s_own() -> None:
    style = IndexStyle(columns=(IndexColumn("departments", "課"), IndexColumn("status", "現状")))
    of = plan(departments=("住民課", "税務課"), status="運用中")
    assert texts(of, style) == [("住民課\n税務課", "運用中")]


def test_numbers_in_circles_go_to_twenty() -> None:
    assert [circled(n) for n in (1, 20, 21)] == ["①", "⑳", "(21)"]


def test_a_category_of_no_initiative_has_no_row() -> None:
    of = plan()
    empty = Category(id="p1-2", parent="p1", position=2, name="空")
    of = replace(of, categories=of.categories.changed({"p1-2": empty}))
    assert len(texts(of)) == 1


def test_years_outside_the_plan_are_not_shown() -> None:
    of = plan(terms=())
    year = YearPlan(id="i/2024", parent="i", fiscal_year=2024, mark="start")
    of = replace(of, years=of.years.changed({"i/2024": year}))
    assert texts(of) == [("1-1", "窓口", "待たない窓口", "")]
