"""Marking changed words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.changes.comparing.marking import pieces


def marked(before: str, after: str) -> str:
    """Both texts in one: [gone] and <new>."""
    signs = {"same": "{}", "gone": "[{}]", "new": "<{}>"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("窓口で待つ", "窓口で待たない", "窓口で待[つ]<たない>"),
        ("30%以上にする。", "60%以上にする。", "[30%]<60%>以上にする。"),
        ("利用者80人を目指す", "利用者120人を目指す", "利用者[80人]<120人>を目指す"),
        ("令和6年度に導入", "令和7年度に導入", "令和[6年度]<7年度>に導入"),
        ("▲870時間", "▲1,000時間", "[▲870時間]<▲1,000時間>"),
        ("手続を電子化する", "手続をオンライン化する", "手続を[電子化]<オンライン化>する"),
        ("着手していること", "評価・見直し", "[着手していること]<評価・見直し>"),
        ("窓口を増やす。", "窓口を増やす。（案）", "窓口を増やす。<（案）>"),
        ("人財育成を進める", "人材育成を進める", "[人財]<人材>育成を進める"),
        ("事業者等選定委員会で決める", "事業者選定委員会で決める", "事業者[等]選定委員会で決める"),
        ("", "新しい文", "<新しい文>"),
        ("消える文", "", "[消える文]"),
        ("ＡＩを使う", "AIを使う", "[ＡＩ]<AI>を使う"),
    ],
)
def test_words_are_marked_as_a_clerk_would(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_line_that_came_or_went_is_marked_whole() -> None:
    before = "・窓口を調べる。\n・業者を選ぶ。\n・職員に説明する。"
    without = "・窓口を調べる。\n・職員に説明する。"
    assert marked(before, without) == "・窓口を調べる。\n[・業者を選ぶ。\n]・職員に説明する。"
    assert marked(without, before) == "・窓口を調べる。\n<・業者を選ぶ。\n>・職員に説明する。"


def test_a_changed_line_is_told_from_a_new_one() -> None:
    before = "・予約の仕組みを調べる。\n・窓口の数を決める。"
    after = "・予約の仕組みを選ぶ。\n・関係課と話し合う。\n・窓口の数を決める。"
    assert marked(before, after) == (
        "・予約の仕組みを[調べる]<選ぶ>。\n<・関係課と話し合う。\n>・窓口の数を決める。"
    )


def test_a_sentence_gives_a_handful_of_pieces() -> None:
    before = "市民の皆さんの手続きの負担を軽くするため、窓口の予約をスマートフォンで受け付ける。"
    after = (
        "市民の手続の負担を減らすため、全ての窓口の予約をスマートフォンとパソコンで受け付けます。"
    )
    found = pieces(before, after)
    assert len([piece for piece in found if piece.kind != "same"]) <= 10
    assert all(len(p.text) >= 2 for p in found[1:-1] if p.kind == "same" and "\n" not in p.text)


@given(st.text("あいう漢字カナ12%・\n", max_size=30), st.text("あいう漢字カナ12%・\n", max_size=30))
def test_no_character_is_lost(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.kind != "new") == before
    assert "".join(p.text for p in found if p.kind != "gone") == after
    assert (before == after) == all(p.kind == "same" for p in found)


def test_a_very_long_text_is_marked_line_by_line() -> None:
    before = "\n".join(f"・項目{n}を行う。" for n in range(1000))
    found = pieces(before, before.replace("項目7を", "項目七を"))
    assert [p.text for p in found if p.kind == "new"] == ["項目七"]
