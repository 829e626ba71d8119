"""An initiative on its form: which cells there are, what they say, and what they stand for."""

from dataclasses import replace

import pytest

from app.forms.fields import Target, printed_value, read_value
from app.forms.form import Form
from app.forms.sheet import Cell, Sheet, fill
from app.plan.plan import Plan
from tests.app.forms.forms import built_in, filled_plan, form, plan


def sheet(form: Form, plan: Plan) -> Sheet:
    return fill(form, plan, plan.initiatives["i"])


def texts(sheet: Sheet, name: str) -> list[str]:
    return [cell.text for cell in sheet.cells if cell.spec.name == name]


def field(sheet: Sheet, name: str, nth: int = 0) -> Cell:
    return [c for c in sheet.cells if c.spec.name == name and not c.head][nth]


def test_the_years_of_the_term_have_a_place_and_the_first_of_the_next_is_planned() -> None:
    found = sheet(built_in("matsue"), plan())
    assert texts(found, "year") == [
        "1年目（令和6年度）実施内容", "2年目（令和7年度）実施内容", "3年目（令和8年度）実施内容",
    ]  # fmt: skip
    assert texts(found, "term") == ["第1期実施計画", "第2期実施計画（予定）"]
    assert [c.columns for c in found.cells if c.spec.name == "term"] == [2, 1]


@pytest.mark.parametrize("key", ["matsue", "kashima"])
def test_a_year_before_the_term_is_named_and_not_counted(key: str) -> None:
    years = {2024: {"actions": "窓口"}, 2025: {"actions": "税"}, 2026: {"actions": "次"}}
    found = sheet(built_in(key), plan(years=years, term=2))
    assert texts(found, "year")[:4] == [
        "令和6年度実施内容", "令和7年度実施内容", "1年目（令和8年度）実施内容",
        "2年目（令和9年度）実施内容",
    ]  # fmt: skip


@pytest.mark.parametrize("issued", [None, "2024-05", "2026-03", "2027-06"])
def test_the_month_of_issue_decides_on_no_year(issued: str | None) -> None:
    one = plan(term=2)
    other = replace(one, profile=replace(one.profile, issued=issued))
    assert sheet(built_in("matsue"), other).blocks == sheet(built_in("matsue"), one).blocks


@pytest.mark.parametrize(
    ("label", "before", "inside"),
    [
        ("{ordinal}年目", "令和6年度", "1年目"),
        ("第{ordinal}年次　{fiscal_year}", "令和6年度", "第1年次　令和8年度"),
        ("{fiscal_year}（{ordinal}年目）", "令和6年度", "令和8年度（1年目）"),
        ("{ordinal}年目（{western_year}）の内容", "2024の内容", "1年目（2026）の内容"),
        ("第{term}期\n{ordinal}年目", "第1期\n令和6年度", "第2期\n1年目"),
    ],
)
def test_whatever_way_a_form_counts_years_before_the_term_are_not(
    label: str, before: str, inside: str
) -> None:
    matsue = built_in("matsue")
    year = replace(matsue.cells["year"], label=label)
    own = replace(matsue, cells={**matsue.cells, "year": year})
    found = texts(sheet(own, plan(years={2024: {"actions": "窓口"}}, term=2)), "year")
    assert found[:2] == [before, inside]


def test_a_year_beyond_has_a_place_only_where_something_is_written() -> None:
    years = {2024: {"actions": "窓口"}, 2027: {"actions": " "}, 2030: {"actions": "税"}}
    found = sheet(built_in("kashima"), plan(years=years, terms=(2,)))
    assert texts(found, "year") == [
        "1年目（令和6年度）実施内容", "2年目（令和7年度）実施内容", "7年目（令和12年度）実施内容",
    ]  # fmt: skip


def test_a_year_without_a_plan_can_be_typed_into() -> None:
    found = sheet(built_in("matsue"), plan(years={2025: {"goals": "増やす"}}))
    targets = [c.target for c in found.cells if c.spec.name == "goals" and not c.head]
    assert targets == [
        Target("year_plan", f"i/{year}", "texts.goals", year) for year in (2024, 2025, 2026)
    ]
    assert texts(found, "goals")[1::2] == ["", "増やす", ""]


def test_a_form_may_show_only_the_years_an_initiative_has() -> None:
    found = sheet(built_in("kaminoyama"), plan(years={2026: {"tasks": "拡大"}}))
    assert texts(found, "year") == ["令和8年度"]
    assert texts(sheet(built_in("kaminoyama"), plan()), "schedule_head") == []


def test_a_plan_without_terms_or_anything_else_still_has_a_sheet() -> None:
    bare = plan(
        terms=(), pillars=(), name="", number=None, departments=(), years={2024: {"actions": "始"}}
    )
    for key in ("matsue", "kashima", "kaminoyama"):
        found = sheet(built_in(key), bare)
        assert found.above == ""
        assert list(found.cells)


def test_every_pillar_is_shown_and_the_home_pillar_stands_out() -> None:
    found = [c for c in sheet(built_in("matsue"), plan()).cells if c.spec.name == "pillars"]
    assert [(c.text, c.tinted, c.bold) for c in found] == [
        ("暮らし", True, True), ("しごと", False, False), ("ひと", False, False),
    ]  # fmt: skip
    assert {c.target for c in found} == {None}


def test_a_target_has_a_row_and_none_leaves_the_band_out() -> None:
    found = sheet(built_in("kaminoyama"), plan(kpis=[("令和7年度末", "5分"), ("", "0件")]))
    assert texts(found, "kpi_text") == ["5分", "0件"]
    assert field(found, "kpi_text", 1).target == Target("kpi", "i/kpi1", "text")
    assert texts(sheet(built_in("kaminoyama"), plan()), "kpi_head") == []


def test_a_label_above_its_field_is_one_cell_with_it() -> None:
    label, text = [c for c in sheet(built_in("matsue"), filled_plan()).cells
                   if c.spec.name == "overview"]  # fmt: skip
    assert (label.text, label.head, label.bold) == ("【事業概要】", True, True)
    assert (text.text, text.joined, text.row) == ("窓口", True, label.row + 1)


def test_the_pull_down_of_the_plan_or_of_the_form() -> None:
    found = sheet(built_in("matsue"), plan(status="運用中"))
    assert field(found, "status").choices == ("調査・研究中", "着手中", "運用中")
    own = form(
        '[[band]]\ncolumns = [1]\nrows = ["a"]\n[cell.a]\nfield = "risk"\nchoices = ["高", "低"]'
    )
    assert field(sheet(own, plan()), "a").choices == ("高", "低")


def test_what_stands_above_leaves_out_what_is_empty() -> None:
    assert sheet(built_in("matsue"), plan()).above == "No.1-1 【暮らし：窓口】"
    assert sheet(built_in("matsue"), plan(number=None)).above == "【暮らし：窓口】"
    assert sheet(built_in("matsue"), plan(new_label="新規掲載")).badge == "新規掲載"
    assert sheet(built_in("matsue"), plan()).badge == ""


def test_words_stand_for_what_the_plan_says() -> None:
    own = form(
        '[above]\ncenter = ["{municipality} {title}"]\nright = ["{edition}", "様式1"]\n'
        '[[band]]\ncolumns = [1, 1]\nrows = ["a b"]\n'
        '[cell.a]\nlabel = "{pillar_number}-{category_number} {name}"\n'
        '[cell.b]\nfield = "categories"\ntext = "{pillar_number}({number}){name}/{pillar}"'
    )
    found = sheet(own, plan(name="待たない窓口\n（予約）"))
    assert (found.above_center, found.above_right) == ("みなと町 デジタル計画", "様式1")
    assert texts(found, "a") == ["1-1 待たない窓口"]
    assert texts(found, "b") == ["1(1)窓口/暮らし"]


def test_heads_over_all_years_and_rows_of_a_record_stay_together() -> None:
    own = form(
        '[[band]]\nover = "years"\ncolumns = [1]\nrows = ["all*", "year*"]\n'
        '[[band]]\nover = "years"\ndown = true\ncolumns = [1, 2]\nrows = ["y* a*", "y* g*"]\n'
        '[cell]\nall = { label = "計画", per = "all" }\nyear = { label = "{western_year}" }\n'
        'y = { label = "{fiscal_year_short}" }\n'
        'a = { field = "actions" }\ng = { field = "mark" }'
    )
    found = sheet(own, plan(years={2024: {"actions": "始"}, 2025: {"actions": "続"}}))
    assert [(c.text, c.columns) for c in found.blocks[0].cells] == [
        ("計画", 2), ("2024", 1), ("2025", 1),
    ]  # fmt: skip
    assert [(c.text, c.row, c.rows) for c in found.blocks[1].cells] == [
        ("R6", 0, 2), ("始", 0, 1), ("", 1, 1), ("R7", 2, 2), ("続", 2, 1), ("", 3, 1),
    ]  # fmt: skip


def test_year_marks_are_printed_as_signs() -> None:
    own = form('[[band]]\nover = "years"\ncolumns = [1]\nrows = ["m*"]\n[cell.m]\nfield = "mark"')
    held = plan(years={2024: {}, 2025: {}})
    for mark, sign in (("start", "●"), ("continue", "→"), ("試行", "試行"), (None, "")):
        year = held.years["i/2024"].with_value("mark", mark)
        marked = replace(held, years=held.years.changed({year.id: year}))
        cell = field(sheet(own, marked), "m")
        assert (cell.text, cell.target) == (sign, None)


def test_a_list_is_printed_one_item_a_line_and_read_back() -> None:
    states = ("楽になる", "・もう点がある")
    printed = printed_value(states, "・")
    assert printed == "・楽になる\n・もう点がある"
    assert read_value("desired_states", printed, "・", states) == states
    many = tuple(f"{n}課" for n in range(6))
    assert read_value("departments", printed_value(many), "", many) == many


@pytest.mark.parametrize("item", ["", "・"])
def test_items_that_were_not_touched_stay_as_they_are(item: str) -> None:
    states = ("　字下げのある状態", "楽になる　", "・点がある")
    field = "desired_states"
    printed = printed_value(states, item)
    assert read_value(field, printed, item, states) == states
    more = f"{printed}\n　{item}　増えた状態　"
    assert read_value(field, more, item, states) == (*states, "増えた状態")
    assert read_value(field, printed.replace("字下げのある", "直した"), item, states) == (
        "直した状態", *states[1:],
    )  # fmt: skip


def test_an_empty_text_stays_missing_where_there_was_none() -> None:
    assert read_value("status_note", "", "", None) is None
    assert read_value("status_note", "", "", "R6から") == ""


def test_row_labels_are_printed_beside_each_run_of_years() -> None:
    tables = """
[years]
most = 2
[[band]]
over = "years"
columns = [10, 60, 30]
rows = ["actions_head actions* background", "goals_head goals* background"]
[cell.actions_head]
label = "取組"
[cell.goals_head]
label = "目標"
[cell.actions]
field = "actions"
[cell.goals]
field = "goals"
[cell.background]
field = "background"
"""
    years = {year: {"actions": "窓口"} for year in (2024, 2025, 2026, 2027)}
    shown = sheet(form(tables), plan({"background": "理由"}, years))
    assert texts(shown, "actions_head") == ["取組", "取組"]
    assert texts(shown, "background") == ["理由"]


@pytest.mark.parametrize("typed", ["楽になる", "・楽になる", "●楽になる", "　・楽になる"])
def test_a_state_has_one_bullet_however_it_was_typed(typed: str) -> None:
    cell = field(sheet(built_in("matsue"), plan(desired_states=(typed,))), "desired_states")
    assert sum(cell.text.count(bullet) for bullet in "・●") == 1
    assert read_value("desired_states", cell.text, "・", (typed,)) == (typed,)
