"""Index tables and posters that take more than one page."""

from collections import Counter
from dataclasses import replace

import pytest

from app.documents.book.book import index_document
from app.documents.pages.drawing import Document, Page
from app.documents.poster.poster import board_document
from app.plan.entities import Category, Initiative, Pillar, Profile
from app.plan.plan import Plan
from app.plan.table import Table
from tests.app.forms.faces import FACES
from tests.app.forms.forms import built_in


def long_plan(count: int, second: int = 1) -> Plan:
    """One pillar with two categories; the last `second` initiatives stand in the second one."""
    return Plan(
        Profile(id="p", first_fiscal_year=2024, term_years=(2,), stages=("着手", "完了")),
        Table([Pillar(id="p1", name="暮らし")]),
        Table(
            [
                Category(id="c1", parent="p1", position=1, name="窓口"),
                Category(id="c2", parent="p1", position=2, name="子育て"),
            ]
        ),
        Table(
            Initiative(
                id=f"i{n}", position=n, number=f"N{n}", name=f"取組その{n}", stage="着手",
                categories=("c1" if n < count - second else "c2",),
            )
            for n in range(count)
        ),
    )  # fmt: skip


def words(page: Page) -> list[str]:
    return [text.text for text in page.texts]


def test_heads_and_the_category_stand_on_every_page_of_a_long_index() -> None:
    document = index_document(built_in("matsue"), long_plan(60), FACES)
    assert len(document.pages) >= 3
    for number, page in enumerate(document.pages):
        assert {"No.", "区分", "取組名", "実施年度", "R6年度", "掲載ページ"} <= set(words(page))
        assert "窓" in words(page) or "窓口" in words(page)
        assert any("（つづき）" in text for text in words(page)) == (number > 0)
    assert numbers_of(document) == {f"N{n}": 1 for n in range(60)}


def test_no_category_leaves_one_row_alone_at_the_foot_of_a_page() -> None:
    # The second category begins on every line that a page has.
    for first in range(1, 59):
        document = index_document(built_in("matsue"), long_plan(60, 60 - first), FACES)
        rows = [[n for word in words(page) if (n := number_in(word))] for page in document.pages]
        assert [row for page in rows for row in page] == [f"N{n}" for n in range(60)]
        assert f"N{first}" not in [page[-1] for page in rows[:-1]]


def test_rows_of_an_index_stay_inside_the_margins() -> None:
    form = built_in("matsue")
    for page in index_document(form, long_plan(60), FACES).pages:
        foot = page.height - form.page.margins.bottom / 25.4 * 72
        assert all(box.y + box.height <= foot + 0.1 for box in page.boxes if box.line)


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_a_poster_flows_to_further_pages_and_loses_no_card(paper: str) -> None:
    plan = long_plan(700)
    document = board_document(plan, FACES, paper)
    assert len(document.pages) > 1
    assert numbers_of(document) == {f"N{n}": 1 for n in range(700)}
    for page in document.pages:
        assert all(text.size >= 6 and 0 < text.y <= page.height for text in page.texts)
        assert all(
            b.y + b.height <= page.height and b.x + b.width <= page.width for b in page.boxes
        )
        assert "② 完了" in words(page)


def test_few_cards_are_set_large_on_one_page() -> None:
    (page,) = board_document(long_plan(6), FACES).pages
    names = [text.size for text in page.texts if text.text.startswith("取組その")]
    assert min(names) >= 10


def test_a_category_longer_than_its_row_makes_the_row_higher() -> None:
    plan = long_plan(2)
    long = replace(plan.categories["c2"], name="とても長い名前の区分ととても長い名前の区分")
    document = index_document(
        built_in("matsue"),
        replace(plan, categories=plan.categories.changed({"c2": long})),
        FACES,
    )
    shown = "".join(words(document.pages[0]))
    assert all(character in shown for character in long.name)
    rows = [box.height for box in document.pages[0].boxes if box.height > 40]
    assert rows


def numbers_of(document: Document) -> Counter[str]:
    found = (number_in(word) for page in document.pages for word in words(page))
    return Counter(filter(None, found))


def number_in(word: str) -> str:
    """The word, if it is the number of an initiative."""
    return word if word[:1] == "N" and word[1:].isdecimal() else ""
