"""Lines break as Japanese typesetting breaks them, and no character is lost."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.forms.fitting.lines import NOT_AT_END, NOT_AT_START, Flow, can_break, composed
from tests.app.forms.faces import FACES

# Signs that breaking looks at, and anything else that people paste.
TEXTS = st.text(
    st.sampled_from(
        "あ窓口ーっ、。」「（）・→※①12R4.aB km年%…… 　\t\n𠮷\U000e0100か\u3099é\u200d😀"
    )
    | st.characters(exclude_categories=["Cs"], exclude_characters="\r"),
    max_size=120,
)
WIDTHS = st.integers(1000, 40_000)


def broken(text: str, width: float, hang: float = 0.0) -> list[str]:
    """The lines of a text as texts, at a width in 1/1000 em."""
    flow = Flow(text, FACES)
    return [flow.text.plain[line.start : line.end] for line in flow.lines(width, hang)]


@pytest.mark.parametrize("sign", "、。，．！？）」』】〉》々ーァッゃ・％")
def test_no_line_starts_with_a_sign_that_must_not_start_one(sign: str) -> None:
    assert broken("窓口予約" + sign + "を始める", 4000) == ["窓口予", f"約{sign}を始", "める"]


@pytest.mark.parametrize("sign", "（「『【〈《〔￥第")
def test_no_line_ends_with_a_sign_that_must_not_end_one(sign: str) -> None:
    assert broken("窓口予" + sign + "約を始める", 4000)[:2] == ["窓口予", f"{sign}約を始"]


def test_a_latin_word_is_not_cut_where_a_line_holds_it() -> None:
    assert broken("窓口でMicrosoftを使う", 6000) == ["窓口で", "Microsoftを", "使う"]


def test_an_address_longer_than_a_line_is_cut_rather_than_drawn_over_the_border() -> None:
    lines = broken("https://www.example.jp/a", 5000)
    assert "".join(lines) == "https://www.example.jp/a"
    assert all(len(line) <= 10 for line in lines)


@pytest.mark.parametrize("text", ["窓口は15年", "窓口は15％", "窓口は15人", "窓口は15km"])
def test_a_number_keeps_its_unit(text: str) -> None:
    assert broken(text, 4000) == ["窓口は", text.removeprefix("窓口は")]


def test_a_stop_may_hang_over_the_edge_but_only_by_what_is_allowed() -> None:
    assert broken("窓口予約。次", 4000, hang=1000) == ["窓口予約。", "次"]
    assert broken("窓口予約。次", 4000, hang=900) == ["窓口予", "約。次"]


def test_the_writers_own_line_ends_and_empty_lines_are_kept() -> None:
    assert broken("一\n\n二\n", 4000) == ["一", "", "二", ""]
    assert broken("一\r\n二\r三", 4000) == ["一", "二", "三"]
    assert broken("", 4000) == []


@pytest.mark.parametrize("bullet", ["・", "→", "※", "①", "（1）", "1．", "ア）", "● ", "　・"])
def test_a_bullet_hangs(bullet: str) -> None:
    flow = Flow(bullet + "窓口を予約できるようにする", FACES)
    first, *rest = flow.lines(8000)
    assert first.indent == 0
    assert rest
    assert {line.indent for line in rest} == {flow.width(0, len(bullet))}


def test_plain_text_does_not_hang() -> None:
    assert {line.indent for line in Flow("窓口を予約できるようにする", FACES).lines(4000)} == {0}


def test_a_blank_at_the_start_of_a_paragraph_is_kept_by_its_further_lines() -> None:
    assert [line.indent for line in Flow("　窓口を予約できる", FACES).lines(4000)] == [
        0,
        1000,
        1000,
    ]


def test_bold_is_measured_bold() -> None:
    assert Flow("**abc**d", FACES).width(0, 4) == 3 * 600 + 500
    assert Flow("abcd", FACES, bold=True).width(0, 4) == 4 * 600


@pytest.mark.parametrize("pair", ["葛\U000e0100", "か\u3099", "e\u0301", "👩\u200d💻", "👍🏽"])
def test_what_is_seen_as_one_character_is_not_torn_apart(pair: str) -> None:
    for width in range(2000, 6000, 250):
        assert any(pair in line for line in broken("市の窓" + pair + "口を", width)), width


def test_a_decomposed_character_is_as_wide_as_its_composed_self() -> None:
    assert Flow("か\u3099", FACES).width(0, 2) == Flow("が", FACES).width(0, 1)
    assert composed("か", "\u3099") == "が"
    assert composed("か", "\u309a") == ""


@given(TEXTS, WIDTHS, st.integers(0, 1000))
def test_the_lines_hold_every_character_once_and_in_order(text: str, width: int, hang: int) -> None:
    flow = Flow(text, FACES)
    lines = flow.lines(width, hang)
    assert "".join(flow.text.plain[line.start : line.end] for line in lines) == (
        flow.text.plain.replace("\n", "")
    )
    between = [flow.text.plain[a.end : b.start] for a, b in pairwise(lines)]
    assert set(between) <= {"", "\n"}


@given(TEXTS, WIDTHS, st.integers(0, 1000))
def test_the_count_is_the_number_of_lines(text: str, width: int, hang: int) -> None:
    flow = Flow(text, FACES)
    assert flow.count(width, hang) == len(flow.lines(width, hang))


def widths(flow: Flow, width: int, hang: int) -> list[tuple[float, str]]:
    """How wide each line is with its indent, but for a blank at its end, and what it says."""
    lines = flow.lines(width, hang)
    shown = [flow.text.plain[line.start : line.end] for line in lines]
    ends = [line.end - text.endswith(" ") for line, text in zip(lines, shown, strict=True)]
    wide = (one.indent + flow.width(one.start, end) for one, end in zip(lines, ends, strict=True))
    return list(zip(wide, shown, strict=True))


# At two em a character fits beside any indent: that is half of the width at most.
@given(TEXTS, st.integers(2000, 40_000), st.integers(0, 1000))
def test_no_line_is_wider_than_allowed(text: str, width: int, hang: int) -> None:
    found = widths(Flow(text, FACES), width, hang)
    assert [(wide, shown) for wide, shown in found if wide > width + hang] == []


@given(TEXTS, st.integers(1, 1999))
def test_what_is_wider_than_a_line_stands_on_it_alone(text: str, width: int) -> None:
    too_wide = [shown for wide, shown in widths(Flow(text, FACES), width, 0) if wide > width]
    # Accents and joiners have no width of their own, and stay with what they belong to.
    wide_ones = [[c for c in shown.rstrip(" ") if FACES.regular[c]] for shown in too_wide]
    assert [line for line in wide_ones if len(line) > 1] == []


def test_a_character_wider_than_its_line_is_not_dropped() -> None:
    assert broken("窓口あ", 500) == ["窓", "口", "あ"]


@given(TEXTS, WIDTHS)
def test_a_line_ends_where_it_must_not_only_where_no_other_end_was_possible(
    text: str, width: int
) -> None:
    flow = Flow(text, FACES)
    plain = flow.text.plain
    for line in flow.lines(width):
        is_own_end = line.end == len(plain) or plain[line.end] == "\n"
        if is_own_end or line.end == line.start or can_break(plain, line.end):
            continue
        assert not any(can_break(plain, at) for at in range(line.start + 1, line.end))


@given(TEXTS, WIDTHS, WIDTHS)
def test_a_wider_cell_never_needs_more_lines(text: str, one: int, other: int) -> None:
    # A hanging indent is given up in a cell that is narrower than twice the indent.
    text = re.sub(r"(?m)^\W+|^\w[.．)）]", "", text)
    flow = Flow(text, FACES)
    assume(all(line.indent == 0 for line in flow.lines(1000)))
    narrow, wide = sorted((one, other))
    assert flow.count(wide) <= flow.count(narrow)


def test_the_two_lists_do_not_share_a_sign() -> None:
    assert not NOT_AT_START & NOT_AT_END
