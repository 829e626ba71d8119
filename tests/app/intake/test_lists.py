"""Lists with a row an initiative: heads of two rows, merged groups, totals, notes."""

import pytest

from app.intake.grid import Grid
from tests.app.intake.grids import Rows, grid, left, taken

HEADS: Rows = [
    [
        "施策の柱",
        "区分",
        "整理番号",
        "取組の名称",
        "所管課",
        "令和６年度",
        "<",
        "令和７年度",
        "<",
        "備考",
    ],
    ["^", "^", "^", "^", "^", "実施内容", "目標", "実施内容", "目標", "^"],
]
ROWS: Rows = [
    ["くらし", "本", "1-1", "図書の配達", "図書係、文化課", "仕様", "決定", "配る", "10件", "重点"],
    ["^", "^", "1-2", "移動図書館", "図書係", "回る", "", "", "", ""],
    ["しごと", "道具", "2-1", "電子決裁", "総務課", "試す", "", "使う", "全課", ""],
    ["^", "^", "2-2", "図書の配達（再掲）", "", "", "", "", "", ""],
    ["合計", "<", "", "3件", "", "", "", "", "", ""],
    ["※再掲は数えていません。", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
]


def flat(rows: Rows) -> Rows:
    """The rows as a CSV file has them: merged cells empty but for the first."""
    return [["" if text in ("<", "^") else text for text in row] for row in rows]


@pytest.mark.parametrize(
    "document",
    [grid([*HEADS, *ROWS]), grid(flat([*HEADS, *ROWS]), is_flat=True)],
    ids=["merged", "flat"],
)
def test_a_list_is_read_by_its_heads(document: Grid) -> None:
    intake = taken(document)
    plan = intake.made.plan
    first, second, third = plan.initiatives.under()
    assert [first.name, second.name, third.name] == ["図書の配達", "移動図書館", "電子決裁"]
    assert first.departments == ("図書係", "文化課")
    assert first.texts["remarks"] == "重点"
    years = [(y.fiscal_year, dict(y.texts)) for y in plan.years.under(first.id)]
    assert years == [
        (2024, {"actions": "仕様", "goals": "決定"}),
        (2025, {"actions": "配る", "goals": "10件"}),
    ]
    home = plan.home_category(second)
    assert home
    assert (plan.pillars[home.parent].name, home.name) == ("くらし", "本")
    (again,) = plan.relistings.under(first.id)
    assert (plan.categories[again.category].name, again.number) == ("道具", "2-2")
    assert set(left(intake)) == {"合計", "3件", "※再掲は数えていません。"}


def test_marks_of_years_and_titles_above_several_lists() -> None:
    head = ["No.", "区分", "取組名", "R6年度", "R7年度以降", "ページ"]
    rows = [
        ["１ くらしを変える", "<", "<", "<", "<", "<"],
        head,
        ["1", "本", "図書の配達", "●", "→", "P.3"],
        ["", "", "", "", "", ""],
        ["２ しごとを変える", "<", "<", "<", "<", "<"],
        head,
        ["2", "道具", "【新規】電子決裁", "", "●", "P.4"],
    ]
    intake = taken(grid(rows))
    plan = intake.made.plan
    first, second = plan.initiatives.under()
    assert [p.name for p in plan.pillars.under()] == ["くらしを変える", "しごとを変える"]
    assert [(y.fiscal_year, y.mark, y.open_ended) for y in plan.years.under(first.id)] == [
        (2024, "start", False),
        (2025, "continue", True),
    ]
    assert (second.name, second.new_label) == ("電子決裁", "新規")
    assert left(intake) == []


def test_an_indicator_takes_several_rows() -> None:
    rows = [
        ["事業名", "担当課", "概要", "成果指標", "単位", "現状値", "目標値"],
        ["図書の配達", "図書係", "配る。", "配達", "件", "0", "120"],
        ["^", "^", "^", "利用者", "人", "5", "60"],
        ["移動図書館", "図書係", "回る。", "巡回", "回", "12", "24"],
    ]
    plan = taken(grid(rows)).made.plan
    first, second = plan.initiatives.under()
    assert [kpi.text for kpi in plan.kpis.under(first.id)] == [
        "配達 件 現状値 0 目標値 120",
        "利用者 人 現状値 5 目標値 60",
    ]
    assert len(plan.kpis.under(second.id)) == 1


def test_a_list_and_forms_are_brought_together() -> None:
    form = [["事業名*", "図書の配達"], ["担当課*", "図書係"], ["背景*", "遠いため。"]]
    rows = [
        ["番号", "事業名", "担当課", "概要"],
        ["1", "図書の 配達", "図書係", "配る。"],
        ["2", "朗読", "図書係", "読む。"],
    ]
    intake = taken(grid(form, "個票"), grid(rows, "一覧"))
    first, second = intake.made.plan.initiatives.under()
    assert (first.number, dict(first.texts)) == (
        "1",
        {"background": "遠いため。", "overview": "配る。"},
    )
    assert second.name == "朗読"
    assert not intake.doubts
