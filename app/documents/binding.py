"""Putting the pages of a book in order: odd starts, margins to bind at, page numbers, edge tabs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents.order import Binding
from app.documents.pages.drawing import Box, Page
from app.documents.pages.page_builder import PageBuilder
from app.documents.pages.shades import ACCENT, SECONDARY, WHITE
from app.documents.pages.structure import ARTIFACT
from app.documents.pages.typesetting import shortened, vertical_texts
from app.forms.fitting.layout import MM
from app.forms.form import Form, Margins

# 長形の綴じ代: what a two-hole file needs.
BINDING_MM: Final = 25.0
BLANK: Final = "blank"
_FOOT: Final = 15.0
_TAB: Final = (5.0 * MM, 24.0 * MM)
_TAB_FROM_EDGE: Final = 4.0 * MM


@dataclass(frozen=True, slots=True)
class BookOptions:
    """How a book is printed. `both_sides` begins parts on odd pages and mirrors the binding.

    `day` is printed as the day it was made.
    """

    both_sides: bool = False
    binding: Binding = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """A mark at the outer edge: which place down the edge (from 0), of how many, and its word."""

    place: int
    count: int
    word: str


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page in its place; `foot` stands at its lower right, "" on a page without a foot at all."""

    leaf: PageBuilder
    begins_odd: bool = False
    tab: Tab | None = None
    foot: str | None = None


def bound(form: Form, options: BookOptions) -> Form:
    """The form with room to bind its pages. Its sheets are fitted to what is left."""
    margins = form.page.margins
    if options.binding == "left":
        margins = replace(margins, left=max(margins.left, BINDING_MM))
    elif options.binding == "top":
        margins = replace(margins, top=max(margins.top, BINDING_MM))
    # The book changes sides itself: a sheet's page is not the page of the book.
    return replace(form, page=replace(form.page, margins=margins, mirrored=False))


def in_order(pages: Sequence[BookPage], options: BookOptions) -> list[BookPage]:
    """The pages with a blank one in front of each that must begin odd and would not."""
    ordered: list[BookPage] = []
    for page in pages:
        if options.both_sides and page.begins_odd and len(ordered) % 2:
            leaf = page.leaf
            ordered.append(BookPage(PageBuilder(leaf.paper, leaf.metrics, BLANK)))
        ordered.append(page)
    return ordered


def page_numbers(pages: Sequence[BookPage]) -> dict[str, int]:
    """The page that each anchor is on; the cover is page 1, as a viewer counts."""
    return {
        anchor: number for number, page in enumerate(pages, start=1) for anchor in page.leaf.anchors
    }


def finished(
    page: BookPage, number: int, numbers: Mapping[str, int], title: str, form: Form,
    options: BookOptions,
) -> Page:  # fmt: skip
    """A page with its foot and tab, and with the numbers of other pages filled in."""
    shift = _shift(form.page.margins, number, options)
    if page.foot is not None:
        _draw_foot(page.leaf, number, title, page.foot)
    if page.tab is not None:
        _draw_tab(page.leaf, page.tab, shift, at_left=shift[0] < 0)
    return page.leaf.page(numbers, number, shift)


def _shift(margins: Margins, number: int, options: BookOptions) -> tuple[float, float]:
    """How far an even page moves so that its wide margin lies where pages are bound."""
    if number % 2 or not options.both_sides:
        return 0.0, 0.0
    if options.binding == "left":
        return (margins.right - margins.left) * MM, 0.0
    if options.binding == "top":
        return 0.0, (margins.bottom - margins.top) * MM
    return 0.0, 0.0


def _draw_foot(leaf: PageBuilder, number: int, title: str, right: str) -> None:
    paper = leaf.paper
    baseline, size = paper.bottom + _FOOT, 8.0
    leaf.write((paper.left + paper.right) / 2, baseline, 9.5, str(number), ARTIFACT, align="center")
    half = paper.inner_width * 0.45
    left, right = (shortened(text, half, size, leaf.metrics) for text in (title, right))
    leaf.write(paper.left, baseline, size, left, ARTIFACT, color=SECONDARY)
    leaf.write(paper.right, baseline, size, right, ARTIFACT, color=SECONDARY, align="right")


def _draw_tab(leaf: PageBuilder, tab: Tab, shift: tuple[float, float], at_left: bool) -> None:
    """A mark at the outer edge of the paper itself, whatever way the page is moved."""
    width, wanted = _TAB
    paper = leaf.paper
    room = paper.height - 2 * 12 * MM
    height = min(wanted, room / max(1, tab.count) - 2)
    edge = _TAB_FROM_EDGE if at_left else paper.width - _TAB_FROM_EDGE - width
    x, y = edge - shift[0], 12 * MM + tab.place * (height + 3) - shift[1]
    leaf.draw(Box(x, y, width, height, fill=ACCENT))
    leaf.draw(
        *vertical_texts(tab.word, (x, y, width, height), 8.5, leaf.metrics, ARTIFACT, True, WHITE)
    )
