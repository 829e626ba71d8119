"""Searching, filtering, counting placeholders, and what a card says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan.board.cards import card_name, pillar_word
from app.plan.entities import Category, Initiative, Kpi, Pillar, Profile, Relisting, YearPlan
from app.plan.lists.filters import Filter, Matcher
from app.plan.plan import Plan
from app.plan.search import fold, found_in, words
from app.plan.table import Table
from app.plan.texts.placeholders import placeholder_count

PLAN = Plan(
    Profile(id="p"),
    pillars=Table([Pillar(id="a", position=1, name="市民の暮らし"), Pillar(id="b", position=2)]),
    categories=Table([Category(id="a1", parent="a"), Category(id="b1", parent="b")]),
    initiatives=Table(
        [
            Initiative(id="x", position=1, categories=("a1",), name="窓口のＤＸ", status="着手中",
                       departments=("市民課",), new_label="新規掲載"),
            Initiative(id="y", position=2, categories=("b1",), name="サーバーの更新",
                       texts={"overview": "髙橋さんの\nデジタル化"}),
        ]
    ),
    years=Table([YearPlan(id="y/1", parent="y", texts={"goals": "（令和5年度中に設定）"})]),
    kpis=Table([Kpi(id="y/kpi", parent="y", due="令和7年度末", text="3割")]),
    relistings=Table([Relisting(id="x/r", parent="x", category="b1", number="再掲 7")]),
)  # fmt: skip


def found(**wanted: object) -> list[str]:
    return [i.id for i in Matcher().matching(PLAN, Filter(**wanted))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＤＸ", "dx"), ("ﾃﾞｼﾞﾀﾙ", "デジタル"), ("まどぐち", "マドグチ"), ("髙﨑", "高崎"),
     ("サーバー", "サーバ"), ("㈱", "(株)"),
     ("〜", "～"), ("葛\U000e0100", "葛"), ("窓 口", "窓口")],
)  # fmt: skip
def test_what_means_the_same_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("query", "ids"),
    [("窓口", ["x"]), ("dx", ["x"]), ("ｻｰﾊﾞ", ["y"]), ("高橋", ["y"]), ("さんのデジタル", ["y"]),
     ("更新 高橋", ["y"]), ("更新　窓口", []),
     ("7年度末 3割", ["y"]), ("再掲7", ["x"]),
     ("市民課", ["x"]), ("のＤＸ着手", []), ("", ["x", "y"])],
)  # fmt: skip
def test_a_query_finds(query: str, ids: list[str]) -> None:
    assert found(query=query) == ids


def test_filters_narrow_together() -> None:
    assert found(pillar="b") == ["x", "y"]
    assert found(pillar="b", only_new=True) == ["x"]
    assert found(category="a1") == ["x"]
    assert found(status="着手中", department="市民課") == ["x"]
    assert found(only_relisted=True) == ["x"]
    assert found(only_placeholders=True) == ["y"]


def test_a_matcher_notices_that_a_text_has_changed() -> None:
    matcher = Matcher()
    assert [i.id for i in matcher.matching(PLAN, Filter(query="更新"))] == ["y"]
    renamed = PLAN.initiatives["y"].with_value("name", "機器の入替")
    after = replace(PLAN, initiatives=PLAN.initiatives.changed({"y": renamed}))
    assert matcher.matching(after, Filter(query="更新")) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [("（令和5年度中に設定）", 1), ("(令和5年度中に設定)", 1), ("・（未定）\n（検討中）", 2),
     ("・システムを設定する", 0), ("・試行（時期は検討）を行う", 0), ("", 0)],
)  # fmt: skip
def test_placeholders_are_lines_that_only_promise(text: str, count: int) -> None:
    assert placeholder_count(text) == count


def test_a_subtitle_is_left_off_the_card_but_a_second_line_is_not() -> None:
    assert card_name(Initiative(id="i", name="空き状況公開\n（見える化事業）")) == "空き状況公開"
    assert card_name(Initiative(id="i", name="現場に\n立会うしくみ")) == "現場に立会うしくみ"
    assert card_name(Initiative(id="i", name="(係長対象)\n研修")) == "(係長対象)研修"


def test_a_pillar_has_a_short_word() -> None:
    assert pillar_word(PLAN, "a") == "市民"
    assert pillar_word(PLAN, "b") == "柱2"


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("・ﾃﾞｼﾞﾀﾙ窓口とＤＸ", "デジタル dx", ["ﾃﾞｼﾞﾀﾙ", "ＤＸ"]),
        ("𠮷田のサーバーを更新", "サーバ更新", []),
        ("𠮷田のサーバーを更新", "サーバ 更新", ["サーバ", "更新"]),
        ("アンケ－トとアンケート", "アンケート", ["アンケ－ト", "アンケート"]),
        ("窓\n口", "窓口", ["窓\n口"]),
        ("㈱の１－２", "(株)", ["㈱"]),
        ("なにもない", "", []),
    ],
)
def test_found_words_are_where_a_person_sees_them(text: str, query: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in found_in(text, words(query))] == found


@given(st.text(max_size=30), st.text(min_size=1, max_size=3))
def test_what_is_found_lies_in_the_text(text: str, query: str) -> None:
    for start, end in found_in(text, words(query)):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("長期", "⻑期計画"),
        ("青年", "⻘年会議"),
        ("行政", "⾏政"),
        ("予約", "予\u200b約"),
        ("歯科", "⻭科"),
    ],
)
def test_what_a_pdf_made_of_a_word_is_found_and_its_place_shown(query: str, text: str) -> None:
    [(start, end)] = found_in(text, words(query))
    assert fold(text[start:end]) == query
