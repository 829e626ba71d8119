"""Sheets as a document: how they share pages, what a viewer shows beside them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.documents.pages.drawing import Page
from app.documents.pages.typesetting import text_width
from app.documents.sheets import sheets_document
from app.forms.fitting.layout import MM
from app.forms.form import Form
from app.plan.plan import Plan
from app.plan.table import Table
from tests.app.forms.faces import FACES
from tests.app.forms.forms import built_in, filled_plan, form


def grown(held: Plan, count: int) -> Plan:
    """The plan with its one initiative so many times."""
    first = held.initiatives["i"]
    copies = [
        replace(first, id=f"i{n}", number=f"1-{n}", position=float(n)) for n in range(1, count + 1)
    ]
    return replace(held, initiatives=Table(copies))


def pages(form: Form, held: Plan) -> list[Page]:
    return list(sheets_document(form, held, held.initiatives.under(), FACES).pages)


def test_short_sheets_share_a_page_and_none_is_split() -> None:
    found = pages(built_in("kaminoyama"), grown(filled_plan(), 9))
    starts = [[name for name, _ in page.anchors] for page in found]
    assert [name for page in starts for name in page] == [f"i{n}" for n in range(1, 10)]
    assert max(map(len, starts)) > 1
    for page in found:
        tables = [box for box in page.boxes if box.line > 1]
        assert len(tables) == len(page.anchors)
        for upper, lower in pairwise(tables):
            assert upper.y + upper.height < lower.y


def with_lines(*counts: int) -> Plan:
    """Initiatives i1, i2 … whose overview has so many lines."""
    held = grown(filled_plan(), len(counts))
    texts = ({"overview": "\n".join(["・窓口"] * count)} for count in counts)
    cards = zip(held.initiatives.under(), texts, strict=True)
    return replace(held, initiatives=Table(replace(card, texts=own) for card, own in cards))


@given(st.lists(st.sampled_from([1, 3, 9, 20, 40, 100, 300]), min_size=1, max_size=8))
@example([20, 20, 20])
@example([3, 40, 3, 100, 3])
def test_sheets_that_share_pages_stay_inside_the_margins_and_apart(counts: list[int]) -> None:
    own = form(
        '[[band]]\ncolumns = [1]\nrows = ["a"]\n[cell.a]\nfield = "overview"',
        "flow = true\ngap = 2",
    )
    found, gap = pages(own, with_lines(*counts)), 2 * MM
    margins = own.page.margins
    assert sum(len(page.texts) for page in found) == sum(counts)
    for page in found:
        tables = [(box.y, box.y + box.height) for box in page.boxes if box.line > 1]
        assert tables[0][0] >= margins.top * MM - 0.1
        assert tables[-1][1] <= page.height - margins.bottom * MM + 0.1
        for (_, foot), (top, _) in pairwise(tables):
            assert foot + gap <= top + 0.1
        for text in page.texts:
            assert any(top <= text.y - text.size * 0.7 and text.y <= foot for top, foot in tables)


def test_what_stands_above_a_sheet_has_room_where_sheets_share_a_page() -> None:
    own = form(
        '[above]\nleft = ["No.{number}"]\nbadge = "{new_label}"\n'
        '[[band]]\ncolumns = [1]\nrows = ["a"]\n[cell.a]\nfield = "overview"',
        "flow = true\ngap = 0",
    )
    (page,) = pages(own, grown(filled_plan(new_label="新規"), 3))
    tables = [box for box in page.boxes if box.line > 1]
    for text in (text for text in page.texts if text.text.startswith(("No.", "新規"))):
        over = [t for t in tables if t.y < text.y and text.y - text.size < t.y + t.height]
        assert not over, text.text


@pytest.mark.parametrize("length", [4, 40, 90])
@pytest.mark.parametrize("key", ["matsue", "kashima"])
def test_what_stands_above_a_sheet_ends_before_the_badge_and_the_edge(
    key: str, length: int
) -> None:
    held = filled_plan(new_label="新規")
    pillars = Table([replace(each, name="柱" * length) for each in held.pillars.values()])
    categories = Table([replace(each, name="区" * length) for each in held.categories.values()])
    (page, *_) = pages(built_in(key), replace(held, pillars=pillars, categories=categories))
    above = [text for text in page.texts if text.node.kind == "heading"]
    (badge,) = (text for text in page.texts if text.text == "新規" and text.bold)
    words = "".join(text.text for text in above)
    assert words.startswith("No.")
    assert "柱" * length in words
    assert "区" * length in words
    assert {text.size >= built_in(key).font.smallest for text in above} == {True}
    table = min(box.y for box in page.boxes if box.line > 1 and box.color == "000000")
    for text in above:
        beside = badge.x - badge.size / 2 if text.y == badge.y else page.width
        assert text.x + text_width(text.text, text.size, FACES) < beside
        assert text.y < table
    assert badge.x + text_width("新規", badge.size, FACES, bold=True) < page.width


def test_a_page_is_called_by_the_first_number_on_it() -> None:
    found = pages(built_in("matsue"), grown(filled_plan(), 2))
    assert [page.label for page in found] == ["1-1", "1-2"]


def test_bookmarks_go_by_pillar_and_category() -> None:
    held = grown(filled_plan(), 2)
    document = sheets_document(built_in("matsue"), held, held.initiatives.under(), FACES)
    assert [(b.level, b.title, b.anchor) for b in document.bookmarks] == [
        (0, "暮らし", "i1"), (1, "窓口", "i1"),
        (2, "1-1 待たない窓口", "i1"), (2, "1-2 待たない窓口", "i2"),
    ]  # fmt: skip


def test_no_initiatives_no_pages() -> None:
    held = filled_plan()
    assert not list(sheets_document(built_in("matsue"), held, [], FACES).pages)


def test_a_prolonged_sound_stands_upright_in_a_vertical_label() -> None:
    own = form(
        '[[band]]\ncolumns = [1, 9]\nrows = ["h a"]\n'
        '[cell.h]\nlabel = "データ"\nvertical = true\n[cell.a]\nfield = "overview"'
    )
    (page,) = pages(own, filled_plan())
    assert [(t.text, t.turned) for t in page.texts[:3]] == [
        ("デ", False), ("ー", True), ("タ", False),
    ]  # fmt: skip
