"""The official sheets as a document: fitted sheets drawn on pages, with an outline."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.documents.pages.drawing import Bookmark, Box, Document, Page, Rule, Text
from app.documents.pages.typesetting import ASCENT, text_width, vertical_texts
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.layout import MM, FittedPage, FittedSheet, PlacedCell, frame_of
from app.forms.fitting.lines import Line
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.marks import segments
from app.forms.sheet import Sheet, fill
from app.plan.entities import Initiative
from app.plan.plan import Plan

_BADGE: Final = "C00000"
_ALIGN_SHARE: Final = {"left": 0.0, "center": 0.5, "right": 1.0}
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


def sheet_pages(
    form: Form, fitted: Iterable[FittedSheet], metrics: FontMetrics, first: int = 1
) -> Iterator[Page]:
    """The pages of fitted sheets; a form that flows puts several sheets on a page.

    `first` is the number of the first page, for a form whose margins change sides.
    """
    drawn = _Drawing(form, metrics, first)
    for sheet in fitted:
        for number, page in enumerate(sheet.pages):
            if not drawn.has_room(page, is_first=number == 0):
                yield drawn.page()
            drawn.add(page, sheet.sheet, is_first=number == 0)
    if drawn.is_begun:
        yield drawn.page()


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


def _moved(page: Page, right: float) -> Page:
    """The page with all that stands on it moved to the right."""
    return replace(
        page,
        boxes=tuple(replace(box, x=box.x + right) for box in page.boxes),
        rules=tuple(replace(r, x1=r.x1 + right, x2=r.x2 + right) for r in page.rules),
        texts=tuple(replace(text, x=text.x + right) for text in page.texts),
    )


class _Drawing:
    """Collects what is drawn on one page at a time."""

    def __init__(self, form: Form, metrics: FontMetrics, number: int) -> None:
        self._form, self._metrics, self._number = form, metrics, number
        self._frame = frame_of(form)
        self._width, self._height = (side * MM for side in form.page.size)
        self._start()

    def _start(self) -> None:
        self._boxes: list[Box] = []
        self._outlines: list[Box] = []
        self._rules: list[Rule] = []
        self._texts: list[Text] = []
        self._anchors: list[tuple[str, float]] = []
        self._label = ""
        self._used = 0.0

    @property
    def is_begun(self) -> bool:
        """Whether anything stands on the page."""
        return bool(self._outlines)

    def has_room(self, page: FittedPage, is_first: bool) -> bool:
        """Whether a sheet's page still fits here; two share a page only where the form flows."""
        if not self.is_begun:
            return True
        if not (self._form.page.flow and is_first):
            return False
        return self._used + page.height <= self._frame.height + _FIT_TOLERANCE

    def add(self, page: FittedPage, sheet: Sheet, is_first: bool) -> None:
        """Draw a sheet's page below what stands on the page already."""
        shift = self._used
        self._draw_above(page, shift)
        # A label comes right before the field that stands under it.
        label: PlacedCell | None = None
        for placed in page.cells:
            self._draw_cell(placed, label, shift)
            label = placed
        self._outlines.append(
            Box(
                self._frame.left, page.top + shift, self._frame.width, page.height,
                line=self._form.look.frame,
            )
        )  # fmt: skip
        if is_first:
            self._anchors.append((sheet.initiative, page.top + shift))
            self._label = self._label or sheet.number
        self._used += page.height + self._form.page.gap * MM + self._frame.above

    def page(self) -> Page:
        """The page as it stands; the next one begins empty."""
        margins = self._form.page.margins
        turned = self._form.page.mirrored and self._number % 2 == 0
        page = Page(
            self._width,
            self._height,
            boxes=(*self._boxes, *self._outlines),
            rules=tuple(self._rules),
            texts=tuple(self._texts),
            anchors=tuple(self._anchors),
            label=self._label,
        )
        self._start()
        self._number += 1
        return _moved(page, (margins.right - margins.left) * MM) if turned else page

    def _draw_above(self, page: FittedPage, shift: float) -> None:
        size = page.above_size
        baseline = page.top + shift - size * 0.55
        end = self._frame.left + self._frame.width
        for place, text in enumerate(page.above):
            free = self._frame.width - text_width(text, size, self._metrics) if place else 0.0
            if text and place == 2 and page.badge:
                free -= text_width(page.badge, size, self._metrics, bold=True) + 2 * size
            if text:
                x = self._frame.left + free * place / 2
                self._texts.append(Text(x, baseline, size, text))
        if page.badge:
            width = text_width(page.badge, size, self._metrics, bold=True)
            x = end - width - size * 0.5
            box = Box(
                x - size * 0.4,
                baseline - size,
                width + size * 0.8,
                size * 1.3,
                line=1.0,
                color=_BADGE,
            )
            self._outlines.append(box)
            self._texts.append(Text(x, baseline, size, page.badge, bold=True, color=_BADGE))

    def _draw_cell(self, placed: PlacedCell, label: PlacedCell | None, shift: float) -> None:
        y = placed.y + shift
        cell = placed.cell
        if cell.tinted:
            self._boxes.append(
                Box(placed.x, y, placed.width, placed.height, fill=self._form.look.tint)
            )
        self._draw_border(placed, label, y)
        if cell.spec.vertical:
            self._draw_downwards(placed, y)
            return
        above, below = placed.padding
        room = placed.height - above - below - len(placed.lines) * placed.line_height
        top = y + above
        if cell.spec.anchor == "middle" or (cell.head and not cell.spec.field):
            top += max(0.0, room / 2)
        baseline = top + (placed.line_height - placed.size) / 2 + placed.size * ASCENT
        for line in placed.lines:
            self._draw_line(placed, line, baseline)
            baseline += placed.line_height

    def _draw_downwards(self, placed: PlacedCell, y: float) -> None:
        start, end = placed.span
        text = placed.flow.text.plain[start:end]
        box = (placed.x, y, placed.width, placed.height)
        self._texts += vertical_texts(text, box, placed.size, self._metrics, placed.cell.bold)

    def _draw_border(self, placed: PlacedCell, label: PlacedCell | None, y: float) -> None:
        """Frame a cell; a field that stands under its own label is framed with it."""
        cell = placed.cell
        if cell.head and cell.spec.field:
            return
        rise = label.height if cell.joined and label else 0.0
        line, left, top = self._form.look.line, placed.x, y - rise
        right, bottom = left + placed.width, y + placed.height
        if not line:
            return
        if not cell.spec.no_line:
            self._boxes.append(Box(left, top, right - left, bottom - top, line=line))
            return
        sides = {
            "left": Rule(left, top, left, bottom, line),
            "right": Rule(right, top, right, bottom, line),
            "top": Rule(left, top, right, top, line),
            "bottom": Rule(left, bottom, right, bottom, line),
        }
        self._rules += [rule for side, rule in sides.items() if side not in cell.spec.no_line]

    def _draw_line(self, placed: PlacedCell, line: Line, baseline: float) -> None:
        flow, unit = placed.flow, placed.size / 1000
        padding = self._form.font.padding * MM
        x = placed.x + padding + line.indent * unit
        free = placed.width - 2 * padding - flow.width(line.start, line.end) * unit
        x += max(0.0, free * _ALIGN_SHARE[placed.cell.spec.align])
        for start, end, bold in segments(flow.text, line.start, line.end):
            text = flow.text.plain[start:end]
            self._texts.append(Text(x, baseline, placed.size, text, bold))
            x += flow.width(start, end) * unit
