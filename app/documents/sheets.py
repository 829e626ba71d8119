"""The official sheets as a document: fitted sheets drawn on pages, with an outline."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.documents.drawing import Bookmark, Box, Document, Page, Text
from app.forms.fitting import Fitter
from app.forms.form import Form
from app.forms.layout import MM, FittedPage, FittedSheet, PlacedCell, frame_of
from app.forms.lines import Line
from app.forms.marks import segments
from app.forms.metrics import FontMetrics
from app.forms.sheet import fill
from app.plan.entities import Initiative
from app.plan.plan import Plan

TINT: Final = "DDE6EC"
FRAME_LINE: Final = 1.2
CELL_LINE: Final = 0.5
_BADGE: Final = "C00000"
# Where the baseline of Japanese type stands in its em square.
_ASCENT: Final = 0.88
_ALIGN_SHARE: Final = {"left": 0.0, "center": 0.5}
# Room that no pen needs to fill between two sheets that share a page.
_FIT_TOLERANCE: Final = 0.01


def fit_all(
    form: Form, plan: Plan, initiatives: Iterable[Initiative], metrics: FontMetrics
) -> list[FittedSheet]:
    """The sheets of the initiatives, laid out."""
    fitter = Fitter(metrics)
    return [fitter.fit(fill(form, plan, initiative)) for initiative in initiatives]


def sheets_document(
    form: Form, plan: Plan, initiatives: Iterable[Initiative], metrics: FontMetrics
) -> Document:
    """The sheets of the initiatives as pages, bookmarked by pillar and category."""
    chosen = list(initiatives)
    fitted = fit_all(form, plan, chosen, metrics)
    return Document(
        title=" ".join(filter(None, (plan.profile.title, plan.profile.subtitle))),
        pages=tuple(sheet_pages(form, fitted, metrics)),
        bookmarks=tuple(_bookmarks(plan, chosen)),
    )


def sheet_pages(form: Form, fitted: Sequence[FittedSheet], metrics: FontMetrics) -> Iterator[Page]:
    """The pages of fitted sheets; a form that flows puts several sheets on a page."""
    drawn = _Drawing(form, metrics)
    for sheet in fitted:
        for number, page in enumerate(sheet.pages):
            anchor = sheet.sheet.initiative if number == 0 else ""
            if not drawn.has_room(page, anchor):
                yield drawn.page()
            drawn.add(page, anchor)
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


class _Drawing:
    """Collects what is drawn on one page at a time."""

    def __init__(self, form: Form, metrics: FontMetrics) -> None:
        self._form, self._metrics = form, metrics
        self._frame = frame_of(form)
        self._width, self._height = (side * MM for side in form.page.size)
        self._start()

    def _start(self) -> None:
        self._boxes: list[Box] = []
        self._outlines: list[Box] = []
        self._texts: list[Text] = []
        self._anchors: list[tuple[str, float]] = []
        self._label = ""
        self._used = 0.0

    @property
    def is_begun(self) -> bool:
        """Whether anything stands on the page."""
        return bool(self._outlines)

    def has_room(self, page: FittedPage, anchor: str) -> bool:
        """Whether a sheet's page still fits here; two share a page only where the form flows."""
        if not self.is_begun:
            return True
        if not (self._form.page.flow and anchor):
            return False
        return self._used + page.height <= self._frame.height + _FIT_TOLERANCE

    def add(self, page: FittedPage, anchor: str) -> None:
        """Draw a sheet's page below what stands on the page already."""
        shift = self._used
        self._draw_above(page, shift)
        # A label comes right before the field that stands under it.
        label: PlacedCell | None = None
        for placed in page.cells:
            self._draw_cell(placed, label, shift)
            label = placed
        self._outlines.append(
            Box(self._frame.left, page.top + shift, self._frame.width, page.height, line=FRAME_LINE)
        )
        if anchor:
            self._anchors.append((anchor, page.top + shift))
            self._label = self._label or page.above.partition("【")[0].removeprefix("No.").strip()
        self._used += page.height + self._form.page.gap * MM

    def page(self) -> Page:
        """The page as it stands; the next one begins empty."""
        page = Page(
            self._width,
            self._height,
            boxes=(*self._boxes, *self._outlines),
            texts=tuple(self._texts),
            anchors=tuple(self._anchors),
            label=self._label,
        )
        self._start()
        return page

    def _draw_above(self, page: FittedPage, shift: float) -> None:
        size = self._form.above.size
        baseline = page.top + shift - size * 0.55
        if page.above:
            self._texts.append(Text(self._frame.left, baseline, size, page.above))
        if page.badge:
            width = self._text_width(page.badge, bold=True) * size
            x = self._frame.left + self._frame.width - width - size * 0.5
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

    def _text_width(self, text: str, bold: bool) -> float:
        face = self._metrics.bold if bold else self._metrics.regular
        return sum(face[character] for character in text) / 1000

    def _draw_cell(self, placed: PlacedCell, label: PlacedCell | None, shift: float) -> None:
        y = placed.y + shift
        cell = placed.cell
        if cell.tinted:
            self._boxes.append(Box(placed.x, y, placed.width, placed.height, fill=TINT))
        self._draw_border(placed, label, y)
        above, below = placed.padding
        room = placed.height - above - below - len(placed.lines) * placed.line_height
        top = y + above
        if cell.spec.anchor == "middle" or (cell.head and not cell.spec.field):
            top += max(0.0, room / 2)
        baseline = top + (placed.line_height - placed.size) / 2 + placed.size * _ASCENT
        for line in placed.lines:
            self._draw_line(placed, line, baseline)
            baseline += placed.line_height

    def _draw_border(self, placed: PlacedCell, label: PlacedCell | None, y: float) -> None:
        """Frame a cell; a field that stands under its own label is framed with it."""
        cell = placed.cell
        if cell.head and cell.spec.field:
            return
        rise = label.height if cell.joined and label else 0.0
        box = Box(placed.x, y - rise, placed.width, placed.height + rise, line=CELL_LINE)
        self._boxes.append(box)

    def _draw_line(self, placed: PlacedCell, line: Line, baseline: float) -> None:
        flow, unit = placed.flow, placed.size / 1000
        padding = self._form.font.padding * MM
        x = placed.x + padding + line.indent * unit
        free = placed.width - 2 * padding - flow.width(line.start, line.end) * unit
        centered = placed.cell.spec.vertical or placed.cell.spec.align == "center"
        if centered:
            x += max(0.0, free / 2)
        for start, end, bold in segments(flow.text, line.start, line.end):
            text = flow.text.plain[start:end]
            self._texts.append(Text(x, baseline, placed.size, text, bold))
            x += flow.width(start, end) * unit
