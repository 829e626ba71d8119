"""The book (冊子): cover, contents, how to read, index tables, all sheets, colophon.

Sheets are fitted once. All pages are drawn before any is numbered; then each number of
another page is taken from where that page really stands, so index and sheets cannot disagree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.documents.binding import (
    BookOptions,
    BookPage,
    Tab,
    bound,
    finished,
    in_order,
    page_numbers,
)
from app.documents.book.contents import contents_pages
from app.documents.book.front_matter import MATTER, full_title, matter
from app.documents.book.front_pages import colophon, cover, pillar_title, text_page
from app.documents.book.guide_page import better_example, guide_pages
from app.documents.book.index_rows import head_words
from app.documents.book.index_table import INDEX, IndexTables, index_anchor, row_anchor
from app.documents.flow.blocks import ContentsLine
from app.documents.pages.drawing import Bookmark, Document, Link, Page, Progress, no_progress
from app.documents.pages.page_builder import PageBuilder, paper_of
from app.documents.pages.structure import Node
from app.documents.sheets import sheet_leaves
from app.forms.fields import filled
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.layout import FittedSheet, frame_of
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.index_style import Guide
from app.forms.sheet import fill
from app.plan.board.cards import pillar_place, pillar_word
from app.plan.entities import Initiative, Pillar
from app.plan.lists.listing import printed_order
from app.plan.plan import Plan
from app.plan.words import pillars_words

_ELSEWHERE: Final = "その他の取組"
_USUAL: Final = BookOptions()
# How high the link back to the index is on a form without a line above its table.
_LINK_HEIGHT: Final = 18.0


def book_document(
    form: Form, plan: Plan, metrics: FontMetrics, options: BookOptions = _USUAL,
    tell: Progress = no_progress,
) -> Document:  # fmt: skip
    """The whole book."""
    book = _Book(bound(form, options), plan, metrics, options, tell)
    return Document(full_title(plan), tuple(book.pages()), tuple(book.bookmarks()))


def index_document(
    form: Form, plan: Plan, metrics: FontMetrics, options: BookOptions = _USUAL,
    tell: Progress = no_progress,
) -> Document:  # fmt: skip
    """The index tables alone, with the page numbers that the whole book has."""
    book = _Book(bound(form, options), plan, metrics, options, tell)
    pages = (replace(page, links=()) for page in book.pages(INDEX))
    tables = {index_anchor(pillar) for pillar in plan.pillars.under()}
    bookmarks = (b for b in book.bookmarks() if b.anchor in tables)
    return Document(full_title(plan), tuple(pages), tuple(replace(b, level=0) for b in bookmarks))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the book: its line in the contents, its pages, and the lines inside it."""

    entry: ContentsLine
    pages: tuple[BookPage, ...]
    inner: tuple[ContentsLine, ...] = ()
    initiatives: tuple[Initiative, ...] = ()


class _Book:
    """Draws all pages of a book, then numbers them."""

    def __init__(
        self, form: Form, plan: Plan, metrics: FontMetrics, options: BookOptions, tell: Progress
    ) -> None:
        self._form, self._plan, self._metrics, self._options = form, plan, metrics, options
        self._tell = tell
        self._paper = paper_of(form.page)
        self._order = printed_order(plan)
        self._fitter = Fitter(metrics)
        self._example: FittedSheet | None = None
        self._parts = list(self._drawn())
        pages = [page for part in self._parts for page in part.pages]
        self._pages = in_order(pages, options)
        self._numbers = page_numbers(self._pages)

    def pages(self, kind: str = "") -> Iterator[Page]:
        """The finished pages; only those of a kind where one is given."""
        title = full_title(self._plan)
        for number, page in enumerate(self._pages, start=1):
            if not kind or page.leaf.kind == kind:
                yield finished(page, number, self._numbers, title, self._form, self._options)

    def bookmarks(self) -> Iterator[Bookmark]:
        """The outline: parts, what stands inside them, and every sheet."""
        for part in self._parts:
            yield Bookmark(part.entry.title, 0, part.entry.anchor)
            if not part.initiatives:
                yield from (Bookmark(e.title, 1, e.anchor) for e in part.inner)
                continue
            heads = {entry.anchor: entry for entry in part.inner}
            for initiative in part.initiatives:
                if initiative.id in heads:
                    yield Bookmark(heads[initiative.id].title, 1, initiative.id)
                number = f"{initiative.number} " if initiative.number else ""
                yield Bookmark(number + initiative.title, 2 if heads else 1, initiative.id)

    def _drawn(self) -> Iterator[_Part]:
        plan, paper, metrics = self._plan, self._paper, self._metrics
        front = [self._text_part("preface")]
        # Drawn first: one of these sheets explains the form.
        sheets = [*map(self._pillar_part, plan.pillars.under()), self._elsewhere_part()]
        back = [
            self._guide_part(),
            self._index_part(),
            *sheets,
            self._text_part("closing"),
            self._part(
                ContentsLine("奥付", "colophon"),
                colophon(plan, paper, metrics, self._options.day),
            ),
        ]
        parts = [part for part in (*front, *back) if part]
        entries = [e for part in parts for e in (part.entry, *part.inner)]
        covers = cover(plan, paper, metrics)
        covers[0].anchor("cover")
        yield _Part(ContentsLine("表紙", "cover"), tuple(map(BookPage, covers)))
        yield from (part for part in front if part)
        contents = contents_pages(entries, paper, metrics)
        yield self._part(ContentsLine("目次", "contents"), contents, begins_odd=not any(front))
        yield from (part for part in back if part)

    def _part(
        self, entry: ContentsLine, leaves: Sequence[PageBuilder], begins_odd: bool = False
    ) -> _Part:
        """A part without tabs; its first page bears its anchor."""
        if entry.anchor not in leaves[0].anchors:
            leaves[0].anchor(entry.anchor)
        pages = [
            BookPage(leaf, begins_odd and n == 0, foot=entry.title) for n, leaf in enumerate(leaves)
        ]
        return _Part(entry, tuple(pages))

    def _text_part(self, name: str) -> _Part | None:
        text = matter(self._plan, name)
        if not text:
            return None
        leaves = text_page(name, MATTER[name], text, self._paper, self._metrics)
        return self._part(ContentsLine(MATTER[name], name), leaves, begins_odd=name == "preface")

    def _guide_part(self) -> _Part | None:
        lead = matter(self._plan, "how_to_read")
        words = {"pillars": pillars_words(self._plan)}
        guides = tuple(Guide(g.cell, filled(g.text, words)) for g in self._form.guides)
        form = replace(self._form, guides=guides)
        leaves = guide_pages(form, self._example, lead, self._paper, self._metrics)
        return self._part(ContentsLine("個票の見方", "guide"), leaves) if leaves else None

    def _index_part(self) -> _Part | None:
        pillars = self._plan.pillars.under()
        if not pillars:
            return None
        tables = IndexTables(self._form, self._plan, self._paper, self._metrics)
        inner: list[ContentsLine] = []
        pages: list[BookPage] = []
        for pillar in pillars:
            head = filled(self._form.index.head, head_words(self._plan, pillar, self._form.index))
            inner.append(ContentsLine(head, index_anchor(pillar), 1))
            for leaf in tables.leaves(pillar):
                odd = not pages
                pages.append(BookPage(leaf, odd, self._tab(pillar), f"取組一覧　{pillar.name}"))
        pages[0].leaf.anchor("indexes")
        return _Part(ContentsLine("取組一覧", "indexes"), tuple(pages), tuple(inner))

    def _pillar_part(self, pillar: Pillar) -> _Part:
        plan = self._plan
        initiatives = tuple(i for i in self._order if plan.home_pillar(i) == pillar)
        anchor = f"pillar:{pillar.id}"
        section = Node("section", anchor)
        titles = pillar_title(plan, pillar, self._paper, self._metrics, section)
        titles[0].anchor(anchor)
        pages = [
            BookPage(leaf, leaf is titles[0], self._tab(pillar), pillar.name)
            for leaf in (*titles, *self._sheet_leaves(initiatives, section))
        ]
        entry = ContentsLine(pillar.name, anchor)
        return _Part(entry, tuple(pages), tuple(self._categories(pillar, initiatives)), initiatives)

    def _elsewhere_part(self) -> _Part | None:
        """Sheets of initiatives that stand in no category."""
        initiatives = tuple(i for i in self._order if self._plan.home_pillar(i) is None)
        if not initiatives:
            return None
        leaves = list(self._sheet_leaves(initiatives, Node("section", "elsewhere")))
        part = self._part(ContentsLine(_ELSEWHERE, "elsewhere"), leaves, begins_odd=True)
        return replace(part, initiatives=initiatives)

    def _categories(
        self, pillar: Pillar, initiatives: Sequence[Initiative]
    ) -> Iterator[ContentsLine]:
        """A line for each category that has a sheet; it leads to the first of them."""
        for category in self._plan.categories.under(pillar.id):
            own = (i for i in initiatives if i.categories[0] == category.id)
            first = next(own, None)
            if first:
                yield ContentsLine(category.name, first.id, 1)

    def _sheet_leaves(
        self, initiatives: Sequence[Initiative], section: Node
    ) -> Iterator[PageBuilder]:
        """The pages of sheets; above each is a link to its row in the index."""
        frame = frame_of(self._form)
        fits = self._fits(initiatives)
        for leaf in sheet_leaves(self._form, fits, self._metrics, section):
            for sheet, y in leaf.begun:
                top = y - frame.above
                leaf.page.anchor(sheet.initiative, top)
                height, row = frame.above or _LINK_HEIGHT, row_anchor(sheet.initiative)
                leaf.page.draw(Link(frame.left, top, frame.width, height, row))
            yield leaf.page

    def _fits(self, initiatives: Sequence[Initiative]) -> Iterator[FittedSheet]:
        """The sheets laid out, one at a time; the best example of the form is kept."""
        for initiative in initiatives:
            self._tell(0, 0)
            fitted = self._fitter.fit(fill(self._form, self._plan, initiative))
            self._example = better_example(self._example, fitted)
            yield fitted

    def _tab(self, pillar: Pillar) -> Tab:
        pillars = self._plan.pillars.under()
        place = pillar_place(self._plan, pillar.id)
        word = pillar_word(self._plan, pillar.id)
        # A word that is made of the place already (柱1) says it once.
        return Tab(place, len(pillars), word if word[-1:].isdigit() else f"{place + 1}{word}")
