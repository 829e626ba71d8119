"""Two states of a text in one: bold words are bold, their marks are not seen."""

from hypothesis import given
from hypothesis import strategies as st

from app.forms.marks import unmarked
from ui.desktop.fields.marked_text import MarkedText, bold_pieces
from ui.desktop.theme import Theme

TEXTS = st.text("窓口*\n", max_size=30)


def said(before: str, after: str) -> list[tuple[str, str, bool]]:
    return [(piece.kind, piece.text, bold) for piece, bold in bold_pieces(before, after)]


def test_a_word_that_only_became_bold_is_seen_to_change() -> None:
    assert said("窓口の予約", "**窓口**の予約") == [
        ("gone", "窓口", False),
        ("new", "窓口", True),
        ("same", "の予約", False),
    ]


def test_bold_words_stay_bold_where_another_word_changes() -> None:
    assert said("**窓口**の予約", "**窓口**の案内") == [
        ("same", "窓口", True),
        ("same", "の", False),
        ("gone", "予約", False),
        ("new", "案内", False),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_are_read_in_the_pieces(before: str, after: str) -> None:
    found = said(before, after)
    assert "".join(text for kind, text, _ in found if kind != "new") == unmarked(before).plain
    assert "".join(text for kind, text, _ in found if kind != "gone") == unmarked(after).plain


def test_no_mark_is_shown(theme: Theme) -> None:
    shown = MarkedText(theme)
    shown.show_change("**窓口**の予約", "**窓口**の案内")
    assert shown.toPlainText() == "窓口の予約案内"
