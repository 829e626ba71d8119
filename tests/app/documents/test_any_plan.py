"""Documents of plans that nobody would make on purpose: they are drawn all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.binding import BookOptions
from app.documents.book.book import book_document, index_document
from app.documents.lists.lists import list_table
from app.documents.pages.drawing import Document
from app.documents.poster.poster import board_document
from app.plan.entities import Profile
from app.plan.plan import Plan
from tests.app.forms.faces import FACES
from tests.app.forms.forms import KEYS, built_in
from tests.app.plans import plans

OPTIONS = st.builds(
    BookOptions, both_sides=st.booleans(), binding=st.sampled_from(["", "left", "top"])
)
FORMS = st.sampled_from(KEYS).map(built_in)


def anchors(document: Document) -> set[str]:
    return {name for page in document.pages for name, _ in page.anchors}


@given(plans(), FORMS, OPTIONS)
def test_a_book_has_one_sheet_for_each_initiative_and_no_dead_link(
    plan: Plan, form: object, options: BookOptions
) -> None:
    document = book_document(form, plan, FACES, options)  # type: ignore[arg-type]
    there = anchors(document)
    assert set(plan.initiatives) <= there
    assert {link.anchor for page in document.pages for link in page.links} <= there
    assert {bookmark.anchor for bookmark in document.bookmarks} <= there
    assert [page.label for page in document.pages] == [
        str(n + 1) for n in range(len(document.pages))
    ]


@given(plans(), FORMS)
def test_the_index_alone_can_be_drawn(plan: Plan, form: object) -> None:
    document = index_document(form, plan, FACES)  # type: ignore[arg-type]
    assert bool(document.pages) == bool(plan.pillars)


@pytest.mark.parametrize("paper", ["A3", "A4"])
@given(plan=plans())
def test_a_poster_shows_every_card_once_and_nothing_under_6_pt(paper: str, plan: Plan) -> None:
    document = board_document(plan, FACES, paper)
    texts = [text for page in document.pages for text in page.texts]
    assert all(text.size >= 6 for text in texts)
    counts = [
        int(t.text.removesuffix("件")) for t in document.pages[0].texts if t.text[-1:] == "件"
    ]
    assert sum(counts) == len(plan.initiatives)
    for page in document.pages:
        for text in page.texts:
            assert text.y <= page.height


@given(plans())
def test_a_list_has_a_row_for_each_initiative_and_no_two_heads_alike(plan: Plan) -> None:
    table = list_table(built_in("matsue"), plan, plan.initiatives.under())
    assert len(table.rows) == len(plan.initiatives)
    assert len(set(table.heads)) == len(table.heads)
    assert all(len(row) == len(table.heads) for row in table.rows)


def test_an_empty_plan_has_a_book_and_a_poster() -> None:
    empty = Plan(Profile(id="p"))
    assert len(book_document(built_in("matsue"), empty, FACES).pages) >= 3
    assert len(board_document(empty, FACES).pages) == 1
    assert list_table(None, empty, ()).rows == ()
