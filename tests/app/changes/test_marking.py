"""Marking changed characters."""

from hypothesis import given
from hypothesis import strategies as st

from app.changes.marking import pieces


def test_only_what_changed_is_marked() -> None:
    found = [(piece.kind, piece.text) for piece in pieces("窓口で待つ", "窓口で待たない")]
    assert found == [("same", "窓口で待"), ("gone", "つ"), ("new", "たない")]


@given(st.text("あいう\n", max_size=30), st.text("あいう\n", max_size=30))
def test_no_character_is_lost(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.kind != "new") == before
    assert "".join(p.text for p in found if p.kind != "gone") == after


def test_a_very_long_text_is_marked_line_by_line() -> None:
    before = "\n".join(f"・項目{n}を行う。" for n in range(1000))
    found = pieces(before, before.replace("項目7を", "項目七を"))
    assert [p.text for p in found if p.kind == "new"] == ["・項目七を行う。\n"]
