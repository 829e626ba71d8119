"""Why a search found an initiative."""

from app.changes.change import apply
from app.edits.text import set_text
from app.plan.search import words
from tests.ui.desktop.plans import sample_plan
from ui.change_words import labels_of
from ui.found_words import found_words


def told(query: str, text: str = "", seen: str = "") -> str:
    """What is told of the first initiative, with a text as its background."""
    plan = sample_plan(1)
    plan = apply(plan, set_text(plan, "i0", "background", text)) if text else plan
    return found_words(plan, plan.initiatives["i0"], words(query), seen, labels_of(plan))


def test_the_place_is_named_and_the_words_are_quoted_around_the_hit() -> None:
    text = (
        "・市役所まで来るのに**時間がかかる**という声が、窓口の混む三月と四月に、とくに多くなる。"
    )
    assert told("時間", text) == (
        "取組の背景に「…来るのに時間がかかるという声が、窓口の混む三月と四月に、とく…」"
    )


def test_what_is_seen_needs_no_place() -> None:
    assert told("予約", seen="来庁予約") == ""
    assert told("予約 電話", seen="来庁予約") == (
        "令和5年度 年次目標（KGI）に「・電話を30％減らす。」"
    )


def test_a_word_that_is_written_otherwise_is_found_as_the_search_does() -> None:
    assert told("あんけ-と", "・アンケート") == "取組の背景に「・アンケート」"


def test_facts_and_what_stands_above_are_places_too() -> None:
    assert told("調査") == "現状に「調査・研究中」"
    assert told("届出") == "区分に「窓口・届出」"
    assert told("サービス") == "柱に「市民サービスの向上」"
