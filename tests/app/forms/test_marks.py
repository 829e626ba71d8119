"""Bold marks go and come back, and no character vanishes between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.marks import Marked, marked, segments, unmarked

# Words between marks, and marks that belong to nothing.
TEXTS = st.lists(st.sampled_from(["**", "**", "*", "あ", "a", "\n"]), max_size=16).map("".join)


@given(TEXTS)
def test_plan_text_comes_back_as_it_was_written(text: str) -> None:
    again = marked(unmarked(text))
    assert unmarked(again) == unmarked(text)
    assert again.replace("****", "") == text.replace("****", "")


@pytest.mark.parametrize(
    ("text", "plain", "bold"),
    [
        ("**太字**と細字", "太字と細字", ((0, 2),)),
        ("**太字**", "太字", ((0, 2),)),
        ("2**3は8", "2**3は8", ()),
        ("****", "****", ()),
        ("**二行\nに渡る**", "二行\nに渡る", ((0, 6),)),
        ("**a****b**", "ab", ((0, 2),)),
        ("***a**", "*a", ((1, 2),)),
        ("", "", ()),
    ],
)
def test_what_stands_between_two_marks_is_bold(
    text: str, plain: str, bold: tuple[tuple[int, int], ...]
) -> None:
    assert unmarked(text) == Marked(plain, bold)


@given(TEXTS)
def test_only_marks_are_taken_out(text: str) -> None:
    found = unmarked(text)
    assert found.plain.replace("*", "") == text.replace("*", "")
    assert len(text) - len(found.plain) == 4 * len(_pairs(text))
    assert all(0 <= low < high <= len(found.plain) for low, high in found.bold)


def _pairs(text: str) -> list[str]:
    """The bold parts, found by walking instead of by a pattern."""
    pairs, at = [], 0
    while at < len(text):
        end = text.find("**", at + 3) if text.startswith("**", at) else -1
        if text.startswith("**", at) and text[at + 2 : at + 3] != "*" and end > 0:
            pairs.append(text[at + 2 : end])
            at = end + 2
        else:
            at += 1
    return pairs


@given(TEXTS, st.data())
def test_segments_cover_a_span_without_gap(text: str, data: st.DataObject) -> None:
    found = unmarked(text)
    start = data.draw(st.integers(0, len(found.plain)))
    end = data.draw(st.integers(start, len(found.plain)))
    pieces = segments(found, start, end)
    assert [low for low, _, _ in pieces] + [end] == [start] + [high for _, high, _ in pieces]
    for low, high, bold in pieces:
        for at in range(low, high):
            assert bold == any(a <= at < b for a, b in found.bold)
