"""What the check of a plan finds, and what it leaves alone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from app.changes.change import apply
from app.edits.relist import relist
from app.plan.checks.findings import CHECKS, Inspector, where
from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.plan.texts.mentions import mentions
from app.plan.texts.spellings import spelled, variants
from tests.app.plan.test_numbering import town
from tests.app.plans import plans


def found(plan: Plan, *checks: str) -> list[tuple[str, str]]:
    """Initiative and sentence of each finding of these checks."""
    findings = Inspector().findings(plan)
    return [(f.initiative, f.words) for f in findings if f.check in checks]


def saying(plan: Plan, **texts: str) -> Plan:
    """The plan with texts (overview) by the ids of initiatives."""
    cards: dict[str, Initiative | None] = {
        id: replace(plan.initiatives[id], texts={"overview": text}) for id, text in texts.items()
    }
    return replace(plan, initiatives=plan.initiatives.changed(cards))


def test_a_plan_in_order_has_nothing_to_look_at() -> None:
    assert list(Inspector().findings(town("1-1", "2-1", "1-1", "1-2"))) == []


def test_numbers_are_double_or_missing_within_a_pillar() -> None:
    plan = town("1-1", "2-1", "1-1", "1-1", "2-3", "1-4")
    assert found(plan, "number") == [
        ("a", "No.1-1が2つあります：「取組0」、「取組3」"),
        ("d", "No.1-1が2つあります：「取組0」、「取組3」"),
        ("e", "No.2-2がなく、No.2-3になっています"),
        ("f", "No.1-2からNo.1-3までがなく、No.1-4になっています"),
    ]


def test_numbers_counted_through_are_double_in_the_whole_plan() -> None:
    sentences = dict(found(town("1", "2", "3", "1"), "number"))
    assert sentences["a"] == "No.1が2つあります：「取組0」、「取組3」"


def test_a_number_out_of_its_order_is_named() -> None:
    assert found(town("1-2", "2-1", "1-1", "1-1"), "number") == [
        ("d", "No.1-1が、並び順の通りの番号ではありません")
    ]


def test_a_relisting_that_points_to_another_number_is_named() -> None:
    plan = apply(
        town("1-1", "2-1", "1-1"), relist(town("1-1", "2-1", "1-1"), "a", "p2-1", "再掲 9")
    )
    assert found(plan, "relisting") == [("a", "「庁内」の「再掲 9」が、個票の番号No.1-1と違います")]


def test_a_number_that_nobody_bears_or_several_bear_is_named() -> None:
    plan = saying(town("1-1", "2-1", "1-1"), b="・No.9-9と合わせる。\n・１－１参照、No.2-1。")
    assert found(plan, "mention") == [
        ("b", "「No.9-9」とありますが、その番号の取組はありません"),
        ("b", "「１－１」とありますが、その番号の取組がいくつもあります"),
    ]


def test_what_the_plan_says_outside_of_its_initiatives_is_checked_too() -> None:
    plan = town("1-1", "2-1", "1-1")
    pillar = replace(plan.pillars["p1"], name="暮らし", vision="（令和5年度中に設定）")
    texts = {"preface": "No.9-9をご覧ください。", "closing": "・サーバ"}
    plan = replace(
        saying(plan, a="サーバー、サーバー、サーバー、サーバー"),
        profile=replace(plan.profile, texts=texts),
        pillars=plan.pillars.changed({"p1": pillar}),
    )
    seen = [
        (f.check, where(plan, f), f.place.field, f.words)
        for f in Inspector().findings(plan)
        if f.check in ("mention", "placeholder", "spelling")
    ]
    assert seen == [
        ("mention", "計画全体", "texts.preface",
         "「No.9-9」とありますが、その番号の取組はありません"),
        ("placeholder", "柱「暮らし」", "vision", "（令和5年度中に設定）"),
        ("spelling", "計画全体", "texts.closing",
         "「サーバ」。ほかでは「サーバー」（4か所）"),
    ]  # fmt: skip


def test_a_fact_is_missing_where_most_have_it() -> None:
    plan = town("1-1", "2-1", "1-1")
    cards: dict[str, Initiative | None] = {
        id: replace(plan.initiatives[id], departments=("市民課",)) for id in "ab"
    }
    assert found(replace(plan, initiatives=plan.initiatives.changed(cards)), "missing") == [
        ("c", "担当課がありません")
    ]


def test_each_placeholder_is_named_with_its_place() -> None:
    plan = saying(town("1-1"), a="・決める。\n（令和5年度中に設定）\n(未定)")
    places = [f.place for f in Inspector().findings(plan) if f.check == "placeholder"]
    assert [(p.field, p.text) for p in places] == [
        ("texts.overview", "（令和5年度中に設定）"), ("texts.overview", "(未定)"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("usual", "rare"),
    [("サーバー", "サーバ"), ("DX", "ＤＸ"), ("人材", "人財"), ("話し合って", "話しあって"),
     ("手続き", "手続"), ("データ", "ﾃﾞｰﾀ")],
)  # fmt: skip
def test_the_rarer_way_to_write_a_word_is_named(usual: str, rare: str) -> None:
    plan = saying(town("1-1", "2-1", "1-1"), a=f"・{usual}を{usual}に。", b=f"・{rare}を")
    ((id, words),) = found(plan, "spelling")
    assert id == "b"
    assert words.endswith("（2か所）")


@pytest.mark.parametrize(
    "text", ["データとデート", "取組と取り組む", "手続きと手段", "障害復旧と障がい"]
)
def test_different_words_are_no_variants(text: str) -> None:
    counts = dict.fromkeys(spelled(text), 1)
    assert variants(counts) == {}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("No.1-2と№３、取組番号4-1", ["1-2", "3", "4-1"]),
        ("1-2参照、2－3も参照", ["1-2", "2-3"]),
        ("令和5年1-2月、10～2月、KANO.1", []),
        ("No.1-", []),
    ],
)
def test_numbers_that_a_text_speaks_of(text: str, numbers: Sequence[str]) -> None:
    assert [mention.number for mention in mentions(text)] == numbers


def test_an_edit_is_seen_by_who_has_read_before() -> None:
    inspector, plan = Inspector(), saying(town("1-1"), a="（未定）")
    assert len(list(inspector.findings(plan))) == 1
    assert list(inspector.findings(saying(plan, a="・決めた。"))) == []


@given(plans())
def test_any_plan_can_be_checked(plan: Plan) -> None:
    for finding in Inspector().findings(plan):
        assert finding.check in CHECKS
        assert not finding.initiative or finding.initiative in plan.initiatives
        assert finding.words.strip()
