"""Papers under a title: it stands on the first page, and on every further one （つづき）."""

from collections.abc import Callable, Sequence

from app.documents.flow.blocks import Heading, Style
from app.documents.flow.layouter import Area
from app.documents.pages.drawing import Rule
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import ASCENT, shortened, text_width
from app.forms.fitting.metrics import FontMetrics
from app.forms.fitting.pagination import CONTINUED


class TitledPages:
    """Opens the pages of a paper. The first is all free, as its title is the first block.

    `leaves` are the pages so far, of a `kind` of page of the book.
    """

    def __init__(
        self, title: Heading, paper: Paper, metrics: FontMetrics, kind: str = "",
        again: Style | None = None, width: float = 0.0, heading: Node | None = None,
    ) -> None:  # fmt: skip
        """`again` is how the title is set on further pages; `width` of the blocks, 0 for all.

        A short title over columns is drawn on the first page too: it is the node `heading`.
        """
        self.title, self.paper, self.metrics, self.kind = title, paper, metrics, kind
        self.width = min(width, paper.inner_width) or paper.inner_width
        self.leaves: list[PageBuilder] = []
        self._again, self._heading = again or title.style, heading

    @property
    def room(self) -> tuple[float, float]:
        """Width and usual height of an area."""
        return self.width, self.paper.inner_height

    def open(self, height_left: Callable[[], float]) -> Sequence[Area]:
        """The next page (an OpenPage of the layouter)."""
        page = PageBuilder(self.paper, self.metrics, self.kind)
        self.leaves.append(page)
        paper, top = self.paper, self.paper.top
        if len(self.leaves) > 1:
            size = self._again.size
            text = continued(self.title, size, paper.inner_width, self.metrics)
            top = self._draw(page, text, self._again, ARTIFACT)
        elif self._heading:
            text = "".join(run.text for run in self.title.runs)
            top = self._draw(page, text, self.title.style, self._heading)
        return [Area(page, paper.left, top, self.width, paper.bottom)]

    def _draw(self, page: PageBuilder, text: str, style: Style, node: Node) -> float:
        """A title on one line; where the page goes on."""
        paper = self.paper
        high = style.size * style.leading
        baseline = paper.top + (high - style.size) / 2 + style.size * ASCENT
        page.write(paper.left, baseline, style.size, text, node, True, style.color)
        foot = paper.top + high + style.gap
        if style.rule:
            page.draw(Rule(paper.left, foot, paper.right, foot, style.rule))
        return foot + style.below


def continued(title: Heading, size: float, width: float, metrics: FontMetrics) -> str:
    """A title as it stands on a further page: on one line, with （つづき） behind it."""
    text = "".join(run.text for run in title.runs)
    room = width - text_width(CONTINUED, size, metrics, bold=True)
    return shortened(text, room, size, metrics, bold=True) + CONTINUED
