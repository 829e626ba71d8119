"""The official sheets as a document: fitted sheets drawn on pages, with an outline."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.pages.drawing import Bookmark, Document, Page
from app.documents.pages.page_builder import PageBuilder, paper_of
from app.documents.pages.structure import Node
from app.documents.sheet_page import SheetNodes, SheetPage
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.layout import MM, FittedSheet, frame_of
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.sheet import Sheet, fill
from app.plan.entities import Initiative
from app.plan.plan import Plan

SHEET: Final = "sheet"
# Room that no pen needs to fill between two sheets that share a page.
_FIT_TOLERANCE: Final = 0.01


def fit_all(
    form: Form, plan: Plan, initiatives: Iterable[Initiative], metrics: FontMetrics
) -> Iterator[FittedSheet]:
    """The sheets of the initiatives, laid out one at a time."""
    fitter = Fitter(metrics)
    return (fitter.fit(fill(form, plan, initiative)) for initiative in initiatives)


def sheets_document(
    form: Form, plan: Plan, initiatives: Iterable[Initiative], metrics: FontMetrics
) -> Document:
    """The sheets of the initiatives as pages, bookmarked by pillar and category."""
    chosen = tuple(initiatives)
    return Document(
        title=" ".join(filter(None, (plan.profile.title, plan.profile.subtitle))),
        pages=_SheetPages(form, plan, chosen, metrics),
        bookmarks=tuple(_bookmarks(plan, chosen)),
    )


@dataclass(frozen=True, slots=True)
class _SheetPages:
    """The pages of sheets, laid out and drawn while they are gone through."""

    form: Form
    plan: Plan
    initiatives: tuple[Initiative, ...]
    metrics: FontMetrics

    def __iter__(self) -> Iterator[Page]:
        fitted = fit_all(self.form, self.plan, self.initiatives, self.metrics)
        return sheet_pages(self.form, fitted, self.metrics)

    def __length_hint__(self) -> int:
        """About how many pages they are: how many is known when all are laid out."""
        return len(self.initiatives)


@dataclass(frozen=True, slots=True)
class SheetLeaf:
    """A page of sheets, and which begin on it: each with the top of its table (pt)."""

    page: PageBuilder
    begun: tuple[tuple[Sheet, float], ...]


def sheet_leaves(
    form: Form, fitted: Iterable[FittedSheet], metrics: FontMetrics, parent: Node | None = None
) -> Iterator[SheetLeaf]:
    """The pages of fitted sheets; a form that flows puts several sheets on a page.

    Each sheet is a section of `parent`.
    """
    drawing = SheetPage(form, metrics)
    paper, frame = paper_of(form.page), frame_of(form)
    leaf, used = PageBuilder(paper, metrics, SHEET), 0.0
    begun: list[tuple[Sheet, float]] = []
    for sheet in fitted:
        nodes = SheetNodes(sheet.sheet, parent)
        for number, page in enumerate(sheet.pages):
            shares, lower = form.page.flow and number == 0, page.top - frame.top
            high = lower + page.height
            if used and not (shares and used + high <= frame.height + _FIT_TOLERANCE):
                yield SheetLeaf(leaf, tuple(begun))
                leaf, begun, used = PageBuilder(paper, metrics, SHEET), [], 0.0
            drawing.draw(leaf, page, nodes, used, is_first=number == 0)
            if number == 0:
                begun.append((sheet.sheet, page.top + used))
            used += high + form.page.gap * MM + frame.above
    if used:
        yield SheetLeaf(leaf, tuple(begun))


def sheet_pages(form: Form, fitted: Iterable[FittedSheet], metrics: FontMetrics) -> Iterator[Page]:
    """The pages of fitted sheets, finished; every other one mirrored if the form is."""
    margins = form.page.margins
    across = (margins.right - margins.left) * MM
    for number, leaf in enumerate(sheet_leaves(form, fitted, metrics), start=1):
        for sheet, top in leaf.begun:
            leaf.page.anchor(sheet.initiative, top)
        leaf.page.label = next((sheet.number for sheet, _ in leaf.begun if sheet.number), "")
        turned = form.page.mirrored and number % 2 == 0
        yield leaf.page.page({}, number, (across if turned else 0.0, 0.0))


def _bookmarks(plan: Plan, initiatives: Sequence[Initiative]) -> Iterator[Bookmark]:
    heading: tuple[str, str] = ("", "")
    for initiative in initiatives:
        pillar, category = plan.home_pillar(initiative), plan.home_category(initiative)
        place = (pillar.id if pillar else "", category.id if category else "")
        if pillar and place[0] != heading[0]:
            yield Bookmark(pillar.name, 0, initiative.id)
        if category and place != heading:
            yield Bookmark(category.name, 1, initiative.id)
        heading = place
        number = f"{initiative.number} " if initiative.number else ""
        yield Bookmark(number + initiative.title, 2 if category else 0, initiative.id)
