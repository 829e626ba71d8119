"""Forms of towns that nobody has seen: labels anywhere, in other words, years in any direction."""

import pytest

from tests.app.intake.grids import Rows, grid, left, only, taken

WANTED = {
    "name": "図書の配達",
    "departments": ("図書係",),
    "overview": "・本を家まで届ける。",
}
LAYOUTS: dict[str, Rows] = {
    "labels at the left": [
        ["事業の名称*", "図書の配達"],
        ["担当部署*", "図書係"],
        ["事業の概要*", "・本を家まで届ける。"],
    ],
    "labels above": [
        ["取組名*", "所管課*"],
        ["図書の配達", "図書係"],
        ["取組概要*", "<"],
        ["・本を家まで届ける。", "<"],
    ],
    "labels in the same cell": [
        ["【施策名】図書の配達", "【所管】図書係"],
        ["【取組の概要】\n・本を家まで届ける。", "<"],
    ],
    "labels with a colon": [
        ["事業名：図書の配達"],
        ["担当課：図書係"],
        ["概要：・本を家まで届ける。"],
    ],
    "numbered labels with blanks": [
        ["１　事　業　名*", "図書の配達"],
        ["２．担 当 課*", "図書係"],
        ["（３）事業概要*", "・本を家まで届ける。"],
    ],
    "a row inserted between": [
        ["事業名*", "図書の配達"],
        ["", ""],
        ["主管課名*", "図書係"],
        ["", ""],
        ["概要・目的*", "<"],
        ["・本を家まで届ける。", "<"],
    ],
    "name and department side by side": [
        ["プロジェクト名*", "図書の配達", "主担当課*", "図書係"],
        ["事業概要及び目的*", "・本を家まで届ける。", "<", "<"],
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_is_understood_wherever_its_labels_stand(layout: str) -> None:
    intake = taken(grid(LAYOUTS[layout]))
    found = only(intake)
    assert {name: found.get(name) for name in WANTED} == WANTED
    assert not intake.doubts


YEARS: dict[str, Rows] = {
    "a column a year": [
        ["事業名*", "図書の配達", "<"],
        ["担当課*", "図書係", "<"],
        ["", "令和６年度*", "R7年度（2025年度）*"],
        ["取組内容*", "・仕様を決める", "・配り始める"],
        ["年度目標*", "・決まる", "・月10件"],
    ],
    "a row a year": [
        ["事業名*", "図書の配達", "<"],
        ["担当課*", "図書係", "<"],
        ["年度*", "取組内容*", "年度目標*"],
        ["令和6年度*", "・仕様を決める", "・決まる"],
        ["令和7年度*", "・配り始める", "・月10件"],
    ],
    "labels under each year": [
        ["事業名*", "図書の配達", "担当課*", "図書係"],
        ["1年目（令和6年度）*", "<", "2年目（令和7年度）*", "<"],
        ["【取組事項】\n・仕様を決める", "<", "【取組事項】\n・配り始める", "<"],
        ["【年次目標】\n・決まる", "<", "【年次目標】\n・月10件", "<"],
    ],
}


@pytest.mark.parametrize("layout", YEARS)
def test_years_are_understood_in_any_direction(layout: str) -> None:
    found = only(taken(grid(YEARS[layout])))
    assert {name: text for name, text in found.items() if name.startswith("20")} == {
        "2024 actions": "・仕様を決める",
        "2024 goals": "・決まる",
        "2025 actions": "・配り始める",
        "2025 goals": "・月10件",
    }


def test_a_schedule_with_years_inside_one_cell_is_parted() -> None:
    rows = [
        ["施策名*", "図書の配達"],
        ["課題*", "来られない人がいます。"],
        ["工程表*", "令和6年度　仕様\n令和7年度以降\n　・配る\n　・広げる"],
        ["KPI*", "令和8年度末　配達 120件\n令和9年度末　配達 150件"],
    ]
    intake = taken(grid(rows))
    found = only(intake)
    assert found["2024 tasks"] == "仕様"
    assert found["2025 tasks"] == "　・配る\n　・広げる"
    assert found["kpi 令和8年度末"] == "配達 120件"
    assert found["kpi 令和9年度末"] == "配達 150件"
    (_, later) = intake.made.plan.years.under(intake.made.plan.initiatives.under()[0].id)
    assert later.open_ended


def test_the_home_pillar_is_the_shaded_one_and_the_line_above_names_the_category() -> None:
    rows = [
        ["No.2-1【くらし：本】", "<", "<", "新規"],
        ["事業名*", "図書の配達", "3つの柱*", "くらし*"],
        ["^", "^", "^", "しごと"],
        ["^", "^", "^", "まなび"],
        ["担当課*", "図書係", "現状*", "準備中"],
    ]
    intake = taken(grid(rows))
    found = only(intake)
    assert found["category"] == ("くらし", "本")
    assert (found["number"], found["status"]) == ("2-1", "準備中")
    assert {p.name for p in intake.made.plan.pillars.values()} >= {"くらし", "しごと", "まなび"}
    assert intake.made.plan.initiatives.under()[0].new_label == "新規"


def test_several_forms_below_one_another_are_several_initiatives() -> None:
    one = [["No.1", "<"], ["事業名*", "図書の配達"], ["担当課*", "図書係"], ["概要*", "配る。"]]
    two = [["No.2", "<"], ["事業名*", "移動図書館"], ["担当課*", "図書係"], ["概要*", "回る。"]]
    plan = taken(grid([*one, ["", ""], *two])).made.plan
    assert [(c.number, c.name, c.texts["overview"]) for c in plan.initiatives.under()] == [
        ("1", "図書の配達", "配る。"),
        ("2", "移動図書館", "回る。"),
    ]


def test_text_in_several_cells_below_a_label_stays_together() -> None:
    rows = [
        ["事業名*", "図書の配達", "担当課*", "図書係"],
        ["【取組の背景】", "<", "<", "<"],
        ["・遠い。", "<", "<", "<"],
        ["・坂が多い。", "<", "<", "<"],
        ["【達成目標】", "<", "<", "<"],
        ["・届く。", "<", "<", "<"],
    ]
    intake = taken(grid(rows))
    assert only(intake)["background"] == "・遠い。\n・坂が多い。"
    assert only(intake)["final_goals"] == "・届く。"
    assert left(intake) == []


def test_heads_within_a_text_stay_in_it() -> None:
    rows = [
        ["事業名*", "図書の配達"],
        ["担当課*", "図書係"],
        ["取組の背景*", "《背景》\n・遠い。\n《課題》\n・人が足りない。"],
    ]
    assert only(taken(grid(rows)))["background"] == "《背景》\n・遠い。\n《課題》\n・人が足りない。"


def test_a_label_that_one_form_lacks_is_known_from_the_others_and_told() -> None:
    def form(name: str, label: str) -> Rows:
        text = f"{label}・{name}のため。"
        return [["事業名*", name], ["担当課*", "図書係"], [text, "<"], ["【目標】\n・届く。", "<"]]

    grids = [grid(form(n, "【取組の背景】\n"), n) for n in ("図書の配達", "移動図書館", "朗読")]
    intake = taken(*grids, grid(form("点字", ""), "点字"))
    texts = [c.texts["background"] for c in intake.made.plan.initiatives.under()]
    assert texts[-1] == "・点字のため。"
    assert ["点字" in place for doubt in intake.doubts for place in doubt.places] == [True]


@pytest.mark.parametrize("title", ["記入例", "図書_旧", "様式（原本）", "提出要領"])
def test_examples_and_old_copies_are_left_out_and_listed(title: str) -> None:
    rows = [["事業名*", "図書の配達"], ["担当課*", "図書係"], ["概要*", "配る。"]]
    good = [["事業名*", "移動図書館"], ["担当課*", "図書係"], ["概要*", "回る。"]]
    intake = taken(grid(good, "1"), grid(rows, title))
    assert [c.name for c in intake.made.plan.initiatives.under()] == ["移動図書館"]
    assert set(left(intake)) == {"事業名", "図書の配達", "担当課", "図書係", "概要", "配る。"}


def test_an_empty_form_is_no_initiative() -> None:
    rows = [["事業名*", ""], ["担当課*", ""], ["概要*", ""]]
    good = [["事業名*", "移動図書館"], ["担当課*", "図書係"], ["概要*", "回る。"]]
    assert len(taken(grid(rows, "空"), grid(good, "1")).made.plan.initiatives) == 1


def test_two_forms_of_one_name_with_other_words_are_told() -> None:
    one = [["事業名*", "図書の配達"], ["担当課*", "図書係"], ["概要*", "配る。"]]
    two = [["事業名*", "図書の配達"], ["担当課*", "図書係"], ["概要*", "届ける。"]]
    intake = taken(grid(one, "1"), grid(two, "2"))
    assert only(intake)["overview"] == "配る。"
    assert [doubt.text for doubt in intake.doubts] == ["届ける。"]


def test_a_text_that_nothing_claims_is_listed_with_its_place() -> None:
    rows = [
        ["事業名*", "図書の配達"],
        ["担当課*", "図書係"],
        ["概要*", "配る。"],
        ["", ""],
        ["電話して確かめること", ""],
    ]
    intake = taken(grid(rows, "1-1"))
    (rest,) = intake.leftovers
    assert rest.place == "「みなと町.xlsx」の「1-1」A5"
    assert rest.cell.text == "電話して確かめること"


def test_a_long_current_state_is_a_text_and_a_short_one_a_status() -> None:
    def form(state: str) -> Rows:
        return [["施策名*", "図書の配達"], ["現状*", state], ["課題*", "遠い。"]]

    assert only(taken(grid(form("着手中"))))["status"] == "着手中"
    long = "市民は窓口まで来なければ本を借りられません。"
    assert only(taken(grid(form(long))))["current_state"] == long


def test_a_table_of_indicators_inside_a_form_is_read_row_by_row() -> None:
    rows = [
        ["事業名*", "窓口の予約", "<", "<", "<"],
        ["所属*", "市民部", "市民課", "担当者*", "山田"],
        ["評価指標*", "指標名*", "単位*", "現状値*", "R8目標*"],
        ["^", "待ち時間", "分", "30", "10"],
        ["^", "予約率", "％", "0", "70"],
        ["備考*", "補助金を使う。", "<", "<", "<"],
    ]
    intake = taken(grid(rows))
    plan = intake.made.plan
    (card,) = plan.initiatives.under()
    assert card.departments == ("市民部", "市民課")
    assert dict(card.texts) == {"contact": "山田", "remarks": "補助金を使う。"}
    assert [kpi.text for kpi in plan.kpis.under(card.id)] == [
        "待ち時間 分 現状値 30 目標値（R8） 10",
        "予約率 ％ 現状値 0 目標値（R8） 70",
    ]
    assert left(intake) == []


def test_results_of_past_years_are_kept_with_their_years() -> None:
    rows = [
        ["取組名*", "図書の配達", "担当課*", "図書係"],
        ["年度*", "取組実績*", "評価*", "今後の方向性*"],
        ["令和5年度*", "10件届けた。", "Ｂ", "継続"],
        ["令和6年度*", "20件届けた。", "Ａ", "拡充"],
    ]
    intake = taken(grid(rows))
    found = only(intake)
    assert {name: text for name, text in found.items() if name.startswith("20")} == {
        "2023 results": "10件届けた。",
        "2023 evaluation": "Ｂ",
        "2023 direction": "継続",
        "2024 results": "20件届けた。",
        "2024 evaluation": "Ａ",
        "2024 direction": "拡充",
    }


def test_a_year_that_no_era_names_is_kept_and_told() -> None:
    rows = [
        ["事業名*", "図書の配達", "担当課*", "図書係"],
        ["1年目*", "<", "2年目*", "<"],
        ["【取組事項】\n・試す", "<", "【取組事項】\n・配る", "<"],
    ]
    intake = taken(grid(rows))
    assert only(intake)["actions"] == "・試す\n・配る"
    assert [doubt.text for doubt in intake.doubts] == ["・試す", "・配る"]


def test_the_line_above_may_stand_apart_and_end_in_a_badge() -> None:
    one = [["事業名*", "図書の配達"], ["担当課*", "図書係"], ["概要*", "配る。"]]
    line = [["No.2【くらし：本】　新規掲載", "<"], ["", ""]]
    two = [["事業名*", "移動図書館"], ["担当課*", "図書係"], ["概要*", "回る。"]]
    plan = taken(grid([*one, ["", ""], *line, *two])).made.plan
    assert [(c.number, c.name, c.new_label) for c in plan.initiatives.under()] == [
        (None, "図書の配達", None),
        ("2", "移動図書館", "新規掲載"),
    ]


def test_a_label_without_text_takes_nothing_from_its_neighbour() -> None:
    rows = [
        ["事業名*", "<", "図書の配達", "<"],
        ["担当課*", "<", "図書係", "<"],
        ["令和6年度*", "<", "令和7年度*", "<"],
        ["【取組事項】", "<", "**【取組事項】**\n・配る", "<"],
    ]
    found = only(taken(grid(rows)))
    assert {name: text for name, text in found.items() if name.startswith("20")} == {
        "2025 actions": "・配る"
    }
