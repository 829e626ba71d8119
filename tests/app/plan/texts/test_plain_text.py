"""Text is cleaned at the door of what nobody can print, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan.texts.plain_text import cleaned, composed, guarded


@pytest.mark.parametrize(
    ("text", "clean", "count"),
    [
        ("・始める\n・続ける", "・始める\n・続ける", 0),
        ("a\tb", "a\tb", 0),
        ("𠮷野 髙﨑 ①Ⅲ㈱ 葛\U000e0100", "𠮷野 髙﨑 ①Ⅲ㈱ 葛\U000e0100", 0),
        ("か\u3099 が", "か\u3099 が", 0),
        ("a\x0bb", "a\nb", 1),
        ("a\r\nb\rc", "a\nb\nc", 2),
        ("a\x00\x07b\x7f", "ab", 3),
        ("a\ufffe\uffffb", "ab", 2),
        ("\ud83d絵\ude00", "絵", 2),
        ("a\x85b\x9f", "a\nb", 2),
    ],
)
def test_cleaning(text: str, clean: str, count: int) -> None:
    assert cleaned(text) == (clean, count)


@given(st.text(st.characters()))
def test_what_is_clean_can_be_kept_and_stays(text: str) -> None:
    clean, count = cleaned(text)
    assert cleaned(clean) == (clean, 0)
    assert clean.encode().decode() == clean
    assert (clean == text) is (count == 0)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+窓口", "-窓口", "=HYPERLINK(0)"])
def test_what_a_spreadsheet_takes_for_a_formula_is_made_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "窓口", "-5", "+12.5%", "-1,200", "1-1", "・=ではない", "▲5"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("one", "other"), [("か\u3099す", "がす"), ("a\r\nb\rc", "a\nb\nc"), ("e\u0301", "é")]
)
def test_what_reads_the_same_is_compared_as_the_same(one: str, other: str) -> None:
    assert composed(one) == composed(other)


@pytest.mark.parametrize("kanji", ["塚", "晴", "神", "福", "𠮷", "\U0002f80c", "猪\ufa16"])
def test_a_kanji_is_never_compared_as_another(kanji: str) -> None:
    assert composed(f"か\u3099{kanji}か\u3099") == f"が{kanji}が"
