"""The table of contents (目次): one line for each part of a book, with its page."""

from collections.abc import Callable, Sequence
from typing import Final

from app.documents.book.front_pages import TITLE
from app.documents.flow.blocks import ContentsLine, Heading, Run
from app.documents.flow.layouter import Area, lay_out
from app.documents.flow.measuring import ENTRY_STYLES
from app.documents.flow.titles import TitledPages
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.structure import Node
from app.forms.fitting.metrics import FontMetrics

CONTENTS: Final = "contents"
_GUTTER: Final = 40.0
# What a column may be higher than its share on the last page, so that none ends far above.
_SPARE: Final = 43.0


def contents_pages(
    entries: Sequence[ContentsLine], paper: Paper, metrics: FontMetrics
) -> list[PageBuilder]:
    """The contents on as many pages as they take; two columns if the paper is wide."""
    columns = 2 if paper.width > paper.height else 1
    section = Node("section", CONTENTS)
    title = Heading((Run("目次", bold=True),), 1, TITLE)
    pages = TitledPages(title, paper, metrics, CONTENTS, heading=Node("heading", 0, section))
    width = (paper.inner_width - _GUTTER * (columns - 1)) / columns

    def open_page(height_left: Callable[[], float]) -> Sequence[Area]:
        (area,) = pages.open(height_left)
        bottom = area.bottom
        if columns > 1:
            # On the last page the columns are about equally high.
            bottom = min(bottom, area.top + height_left() / columns + _SPARE)
        # What stands above a line is kept free above the first one too.
        top = area.top + ENTRY_STYLES[0].above
        lefts = (area.left + (width + _GUTTER) * n for n in range(columns))
        return [Area(area.page, left, top, width, bottom) for left in lefts]

    lay_out(list(entries), (width, paper.inner_height), open_page, section, metrics)
    return pages.leaves
