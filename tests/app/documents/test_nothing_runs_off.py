"""In no document does a text run off the paper or over another one, however long it is.

Every paper of every sample and of the published plans, as they are and with very long texts in
any field: each text inside the margins, no two over each other, each character on some page.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.binding import BookOptions, bound
from app.documents.book.front_matter import MATTER, full_title, matter, plan_years, term_years
from app.documents.book.index_rows import category_words, head_words, index_rows, state_lines
from app.documents.making import document_of
from app.documents.order import Choices, Order, Output
from app.documents.outputs import OUTPUTS
from app.documents.pages.page_builder import Paper, paper_of
from app.forms.fields import filled
from app.forms.fitting.layout import MM
from app.forms.marks import unmarked
from app.forms.sheet import Sheet, fill
from app.plan.board.cards import card_of
from app.plan.periods.fiscal_year import month_name
from app.plan.plan import Plan
from storage.form_files import form_for
from tests.app.documents.long_plans import (
    FILES,
    SENTENCE,
    SMALL,
    Change,
    long_plans,
    plan_of,
    with_book_texts,
    with_first,
    with_profile,
)
from tests.app.documents.papers import overlaps, said, strays
from tests.app.forms.faces import FACES

DAY = date(2024, 1, 2)
PAPERS = tuple({output.make: output for output in reversed(OUTPUTS) if output.has_pages}.values())
CHOICES = st.builds(
    Choices, both_sides=st.booleans(), binding=st.sampled_from(["", "left", "top"]),
    paper=st.sampled_from(["A3", "A4"]),
)  # fmt: skip


def assert_all_is_read(order: Order) -> None:
    """Every text stands inside the margins of its page and apart; none is lost."""
    document = document_of(replace(order, day=DAY), form_for(order.plan), FACES)
    pages = list(document.pages)
    for place, page in enumerate(pages, start=1):
        # The pages of the index alone lie as they do in the book.
        number = int(page.label) if order.output.thing == "index" else place
        assert strays(page, margins(order, number), FACES) == [], f"page {number}"
        assert overlaps(page, FACES) == [], f"page {number}"
    heard = said(pages)
    for text in expected(order):
        words = as_read(text)
        assert any(words in each for each in heard), f"{words[:30]} … ({len(words)} characters)"


def as_read(text: str) -> str:
    """A text without bold marks and blanks."""
    return "".join(unmarked(text).plain.split())


def margins(order: Order, number: int) -> Paper:
    """What the texts of a page must stay inside of."""
    form = form_for(order.plan)
    if order.output.thing == "board":
        short, long = (297.0, 420.0) if order.choices.paper == "A3" else (210.0, 297.0)
        return _paper(long * MM, short * MM, 10 * MM)
    if order.output.thing == "sheets":
        page, mirrors = form.page, "left" if form.page.mirrored else ""
    else:
        options = BookOptions(order.choices.both_sides, order.choices.binding)
        page = bound(form, options).page
        mirrors = order.choices.binding if order.choices.both_sides else ""
    paper, around = paper_of(page), page.margins
    if number % 2 == 0 and mirrors == "left":
        shift = (around.right - around.left) * MM
        paper = replace(paper, left=paper.left + shift, right=paper.right + shift)
    if number % 2 == 0 and mirrors == "top":
        shift = (around.bottom - around.top) * MM
        paper = replace(paper, top=paper.top + shift, bottom=paper.bottom + shift)
    return paper


def _paper(width: float, height: float, margin: float) -> Paper:
    return Paper(width, height, margin, margin, width - margin, height - margin)


def expected(order: Order) -> Iterator[str]:
    """What an output says of its plan."""
    plan = order.plan
    match order.output.thing:
        case "sheets":
            yield from on_sheets(plan)
        case "index":
            yield from in_index(plan)
        case "board":
            yield from on_board(plan)
        case "book":
            yield from in_front(plan)
            yield from in_index(plan)
            yield from on_sheets(plan)


def on_sheets(plan: Plan) -> Iterator[str]:
    form = form_for(plan)
    for initiative in plan.initiatives.under():
        sheet: Sheet = fill(form, plan, initiative)
        yield from (cell.text for cell in sheet.cells)
        yield from (sheet.above, sheet.above_center, sheet.above_right, sheet.badge)


def in_index(plan: Plan) -> Iterator[str]:
    style = form_for(plan).index
    rows = index_rows(plan, style)
    for pillar in plan.pillars.under():
        words = head_words(plan, pillar, style)
        yield from (filled(style.head, words), filled(style.vision, words), style.legend)
        yield from state_lines(style, pillar)
        for row in rows[pillar.id]:
            yield from (t for t in row.texts if t != category_words(style, row.category))
        if any(column.field == "category" for column in style.columns):
            yield from {category_words(style, row.category) for row in rows[pillar.id]}


def on_board(plan: Plan) -> Iterator[str]:
    yield from (full_title(plan), plan.profile.edition or "", *plan.profile.stages)
    yield from (pillar.name for pillar in plan.pillars.under())
    for initiative in plan.initiatives.under():
        card = card_of(plan, initiative)
        yield from (card.number, card.name, card.departments, card.status)


def in_front(plan: Plan) -> Iterator[str]:
    profile = plan.profile
    yield from (profile.municipality, profile.title, profile.subtitle or "")
    yield from (profile.edition or "", month_name(profile.issued), plan_years(plan))
    yield term_years(plan)
    for name in MATTER:
        yield from matter(plan, name).split("\n")
    for pillar in plan.pillars.under():
        yield from (pillar.name, pillar.vision or "", *pillar.desired_states)


@pytest.mark.parametrize("output", PAPERS, ids=lambda output: output.thing)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_runs_off_the_papers_of_a_plan_as_it_is(file: Path, output: Output) -> None:
    assert_all_is_read(Order(plan_of(file), output))


@pytest.mark.parametrize("output", PAPERS, ids=lambda output: output.thing)
@pytest.mark.parametrize(
    "change",
    [
        with_book_texts({"preface": SENTENCE * 65}),
        with_book_texts({"preface": SENTENCE * 65 + "\n" + "あ" * 4000, "closing": SENTENCE * 200}),
        with_book_texts({"history": "\n".join(f"令和{n}年　改訂" for n in range(1, 60))}),
        with_book_texts({"how_to_read": SENTENCE * 100}),
        with_first("pillars", desired_states=tuple(f"{n}{SENTENCE * 3}" for n in range(14))),
        with_first("pillars", vision=SENTENCE * 30),
        with_first("pillars", name=SENTENCE * 10),
        with_first("categories", name="とても長い名前の区分" * 60),
        with_first("initiatives", name=SENTENCE * 75),
        with_first("initiatives", number="1-" * 500, status="運用" * 400),
        with_first("initiatives", departments=tuple(f"長い名前の課その{n}" for n in range(99))),
        with_profile(title=SENTENCE * 10, subtitle=SENTENCE * 20, edition=SENTENCE * 10),
        with_profile(municipality="とても長い名前の市" * 100),
    ],
    ids=lambda _: "long",
)  # fmt: skip
def test_what_ran_off_the_paper_once_goes_on(output: Output, change: Change) -> None:
    assert_all_is_read(Order(change(SMALL[FILES[-1]]), output))


@pytest.mark.parametrize("output", PAPERS, ids=lambda output: output.thing)
@given(plan=long_plans(), choices=CHOICES)
@settings(max_examples=max(6, settings.default.max_examples // 4))
def test_nothing_runs_off_the_paper_whatever_is_written(
    output: Output, plan: Plan, choices: Choices
) -> None:
    assert_all_is_read(Order(plan, output, choices=choices))
