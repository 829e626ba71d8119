"""`PageBuilder`: a page while it is drawn. Numbers of other pages are filled in when all are in
order.

Lengths and font sizes are points, as in `app.documents.pages.drawing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from app.documents.pages.drawing import BLACK, Box, Image, Link, Page, Rule, Text
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import text_width
from app.forms.fitting.layout import MM
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import PageSetup

Align = Literal["left", "center", "right"]
ALIGN_SHARE: Final[Mapping[Align, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of the room that is left over stands in front of a text."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page's size and the area inside its margins, in points from the upper left corner."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def inner_width(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    @property
    def inner_height(self) -> float:
        """Height between the margins."""
        return self.bottom - self.top


def paper_of(setup: PageSetup) -> Paper:
    """The paper of a form."""
    width, height = (side * MM for side in setup.size)
    margins = setup.margins
    return Paper(
        width,
        height,
        left=margins.left * MM,
        top=margins.top * MM,
        right=width - margins.right * MM,
        bottom=height - margins.bottom * MM,
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of the page that an anchor is on; it ends at `x` if it is aligned right."""

    x: float
    y: float
    size: float
    anchor: str
    node: Node
    align: Align = "right"


class PageBuilder:
    """Collects what is drawn on one page; lengths in points from the upper left corner.

    `kind` says what page of a book it is; `label` is its number as a viewer shows it, if that
    is another than the page's place.
    """

    def __init__(self, paper: Paper, metrics: FontMetrics, kind: str = "") -> None:
        self.paper, self.metrics, self.kind = paper, metrics, kind
        self.label = ""
        self._drawn: dict[type, list[Any]] = {
            kind: [] for kind in (Box, Rule, Text, Link, Image, Reference)
        }
        self._anchors: list[tuple[str, float]] = []

    def take(self, page: Page, node: Node) -> None:
        """Draw all that stands on another page as one figure; nothing of it leads anywhere."""
        self.draw(*page.boxes, *page.rules)
        self.draw(*(replace(image, node=node) for image in page.images))
        self.draw(*(replace(text, node=node) for text in page.texts))

    @property
    def anchors(self) -> tuple[str, ...]:
        """The names of the places on this page that links may lead to."""
        return tuple(name for name, _ in self._anchors)

    def draw(self, *things: Box | Rule | Text | Link | Image | Reference) -> None:
        """Put things on the page."""
        drawn = self._drawn
        for thing in things:
            drawn[type(thing)].append(thing)

    def anchor(self, name: str, y: float = 0.0) -> None:
        """Name a place that links lead to."""
        self._anchors.append((name, y))

    def write(
        self, x: float, y: float, size: float, text: str, node: Node,
        bold: bool = False, color: str = BLACK, align: Align = "left",
    ) -> float:  # fmt: skip
        """Write one line with its baseline at `y`; the width it takes."""
        width = text_width(text, size, self.metrics, bold)
        start = x - width * ALIGN_SHARE[align]
        self._drawn[Text].append(Text(start, y, size, text, node, bold, color))
        return width

    def page(self, numbers: Mapping[str, int], number: int, shift: tuple[float, float]) -> Page:
        """The finished page: `numbers` are those of the pages that anchors are on.

        Everything is moved by `shift` (right, down), for the margin where pages are bound.
        Links to anchors that are on no page are left out.
        """
        references = [self._resolved(reference, numbers) for reference in self._drawn[Reference]]
        page = Page(
            self.paper.width,
            self.paper.height,
            boxes=tuple(self._drawn[Box]),
            rules=tuple(self._drawn[Rule]),
            texts=(*self._drawn[Text], *references),
            images=tuple(self._drawn[Image]),
            links=tuple(link for link in self._drawn[Link] if link.anchor in numbers),
            anchors=tuple(self._anchors),
            label=self.label or str(number),
        )
        return moved(page, *shift) if any(shift) else page

    def _resolved(self, reference: Reference, numbers: Mapping[str, int]) -> Text:
        text = str(numbers.get(reference.anchor, ""))
        width = text_width(text, reference.size, self.metrics)
        x = reference.x - width * ALIGN_SHARE[reference.align]
        return Text(x, reference.y, reference.size, text, reference.node)


def moved(page: Page, right: float, down: float, scale: float = 1.0) -> Page:
    """A page with all that stands on it `scale` times as large, then moved (in points)."""

    def at(x: float, y: float) -> tuple[float, float]:
        return x * scale + right, y * scale + down

    boxes = (
        Box(*at(b.x, b.y), b.width * scale, b.height * scale, b.fill, b.line * scale, b.color)
        for b in page.boxes
    )
    rules = (Rule(*at(r.x1, r.y1), *at(r.x2, r.y2), r.line * scale, r.color) for r in page.rules)
    texts = (
        Text(*at(t.x, t.y), t.size * scale, t.text, t.node, t.bold, t.color, t.turned)
        for t in page.texts
    )
    images = (
        Image(*at(i.x, i.y), i.width * scale, i.height * scale, i.data, i.node) for i in page.images
    )
    links = (Link(*at(k.x, k.y), k.width * scale, k.height * scale, k.anchor) for k in page.links)
    return replace(
        page,
        boxes=tuple(boxes),
        rules=tuple(rules),
        texts=tuple(texts),
        images=tuple(images),
        links=tuple(links),
        anchors=tuple((name, y * scale + down) for name, y in page.anchors),
    )
