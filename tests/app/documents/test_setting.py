"""Type and texts of the book: vertical labels, defaults of the plan's texts, tones in grey."""

from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.book.book import book_document
from app.documents.book.front_matter import MATTER, matter
from app.documents.pages.drawing import Text
from app.documents.pages.shades import ink_on, pillar_shade
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import (
    label_height,
    label_texts,
    shortened,
    text_width,
    vertical_units,
)
from app.plan.periods.fiscal_year import month_name
from app.plan.plan import Plan
from tests.app.forms.faces import FACES
from tests.app.forms.forms import built_in, plan

NODE = Node("cell")
LABELS = st.text(st.sampled_from("窓口・届出ー（DX）12っ"), min_size=1, max_size=24)


def with_texts(of: Plan, **texts: str) -> Plan:
    return replace(of, profile=replace(of.profile, texts=MappingProxyType(texts)))


def printed(of: Plan) -> list[Text]:
    document = book_document(built_in("matsue"), of, FACES)
    return [text for page in document.pages for text in page.texts]


def words(of: Plan) -> str:
    return "".join(text.text for text in printed(of))


def test_down_a_column_the_long_vowel_is_turned_and_two_digits_stand_together() -> None:
    assert vertical_units("第12期ー") == ["第", "12", "期", "ー"]
    texts = label_texts("サーバ", (0, 0, 30, 200), 9, 7, FACES, NODE)
    assert [(t.text, t.turned) for t in texts] == [("サ", False), ("ー", True), ("バ", False)]
    assert texts[0].y < texts[1].y < texts[2].y


def test_a_short_label_beside_one_row_lies_across() -> None:
    texts = label_texts("交通", (0, 0, 30, 13), 9, 7, FACES, NODE)
    assert [t.text for t in texts] == ["交通"]


@given(LABELS, st.floats(24, 60))
def test_a_label_stays_inside_its_box(label: str, width: float) -> None:
    height = label_height(label, width, 7, FACES) + 0.01
    texts = label_texts(label, (0, 0, width, height), 9.5, 7, FACES, NODE)
    assert sorted("".join(t.text for t in texts)) == sorted(label)
    for text in texts:
        assert text.size >= 7
        if not text.turned:
            assert -0.5 <= text.x <= width
            assert text.y - text.size * 0.88 >= -1
        assert text.y <= height


@given(st.text("あいABC・", max_size=30), st.floats(10, 200))
def test_a_shortened_text_fits_and_says_that_it_is_cut(text: str, width: float) -> None:
    short = shortened(text, width, 10, FACES)
    assert text_width(short, 10, FACES) <= width or short == "…"
    assert short == text or short.endswith("…")


def test_texts_of_the_book_are_derived_where_the_plan_has_none() -> None:
    assert "取組は1件" in matter(plan(), "preface")
    assert "みなと町" in matter(plan(), "publisher")
    texts = {"preface", "how_to_read", "closing", "history", "publisher"}
    assert set(MATTER) == texts | {"chapter"}


def test_every_paragraph_of_a_book_text_keeps_its_indentation() -> None:
    text = "\n　\n　一つ目の段落。\n\n　二つ目の段落。\n　\n"
    texts = [t for t in printed(with_texts(plan(), preface=text)) if "つ目の段落" in t.text]
    assert [t.text for t in texts] == ["　一つ目の段落。", "　二つ目の段落。"]
    assert len({t.x for t in texts}) == 1


def test_a_text_of_blanks_leaves_its_page_out_too() -> None:
    assert "はじめに" not in words(with_texts(plan(), preface="　\n \n"))


def test_a_text_of_the_plan_is_printed_and_an_empty_one_leaves_its_page_out() -> None:
    assert "市長より" in words(with_texts(plan(), preface="市長より", closing="おわりの言葉"))
    assert "おわりの言葉" in words(with_texts(plan(), closing="おわりの言葉"))
    assert "はじめに" in words(plan())
    assert "はじめに" not in words(with_texts(plan(), preface=""))
    assert "おわりに" not in words(plan())


def test_the_history_of_editions_stands_in_the_colophon() -> None:
    history = "令和4年3月　初版\n令和5年6月　改訂版"
    assert "令和4年3月　初版" in words(with_texts(plan(), history=history))


@pytest.mark.parametrize(
    ("issued", "name"),
    [
        ("2023-06", "令和5年6月（2023年6月）"),
        ("2019-05", "令和元年5月（2019年5月）"),
        ("2019-04", "平成31年4月（2019年4月）"),
        ("2023-13", "2023-13"),
        ("令和5年6月", "令和5年6月"),
        (None, ""),
    ],
)
def test_months_are_named_in_both_calendars(issued: str | None, name: str) -> None:
    assert month_name(issued) == name


def grey(color: str) -> float:
    red, green, blue = (int(color[n : n + 2], 16) for n in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_three_pillars_are_told_apart_in_grey_and_their_words_can_be_read() -> None:
    tones = [grey(pillar_shade(place)) for place in range(3)]
    assert all(abs(one - other) > 40 for one, other in combinations(tones, 2))
    for place in range(6):
        shade = pillar_shade(place)
        assert abs(grey(shade) - grey(ink_on(shade))) > 100
