"""The page that explains the form: a live sheet of this plan, and what each of its cells holds."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from app.documents.book.front_pages import TITLE
from app.documents.flow.blocks import Block, Heading, Item, ItemList, Paragraph, Run, Style, runs_of
from app.documents.flow.layouter import Area, lay_out
from app.documents.flow.set_text import SetText
from app.documents.flow.titles import TitledPages
from app.documents.pages.drawing import Box
from app.documents.pages.page_builder import PageBuilder, Paper, moved
from app.documents.pages.shades import ACCENT, WHITE
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import text_width
from app.documents.sheets import sheet_pages
from app.forms.fitting.layout import FittedSheet, PlacedCell, frame_of
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.index_style import ABOVE

GUIDE: Final = "guide"
# The sheet takes this share of the width, the explanations what is left of it.
_SHARE: Final = 0.69
# It has at least this share of the height: a long lead sends it to the next page.
_LEAST_HEIGHT: Final = 0.6
_BADGE: Final = 11.0
_GAP: Final = 16.0
_BETWEEN: Final = 6.0
_SIZES: Final = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_LEAD: Final = Style(10.5)


def guide_pages(
    form: Form, example: FittedSheet | None, lead: str, paper: Paper, metrics: FontMetrics
) -> list[PageBuilder]:
    """The page, or several if texts are very long.

    None if the form explains nothing or the plan has no sheet.
    """
    if example is None or not form.guides:
        return []
    section = Node("section", GUIDE)
    heading = Heading((Run("個票の見方", bold=True),), 1, TITLE)
    pages = TitledPages(heading, paper, metrics, GUIDE)
    blocks: list[Block] = [heading]
    blocks += [Paragraph(runs_of(text), _LEAD) for text in lead.split("\n") if lead]
    area = lay_out(blocks, pages.room, pages.open, section, metrics)
    if area.height < paper.inner_height * _LEAST_HEIGHT:
        (area,) = pages.open(lambda: 0.0)
    elif lead:
        area = Area(area.page, area.left, area.top + 8, area.width, area.bottom)
    _Guide(form, example, area, metrics, section).draw(pages)
    return pages.leaves


class _Guide:
    """The sheet with its marks, and the explanations beside it."""

    def __init__(
        self, form: Form, example: FittedSheet, area: Area, metrics: FontMetrics, section: Node
    ) -> None:
        self._form, self._example, self._area = form, example, area
        self._metrics, self._section = metrics, section
        frame = frame_of(form)
        self._scale = min(_SHARE, area.height / (frame.height + frame.above))
        left = area.left - frame.left * self._scale
        self._origin = (left, area.top - (frame.top - frame.above) * self._scale)
        self._beside = area.left + frame.width * self._scale + _GAP

    def draw(self, pages: TitledPages) -> None:
        """Draw it; explanations that have no room beside the sheet stand on further pages."""
        leaf, (left, top) = self._area.page, self._origin
        figure = Node("figure", 0, self._section, alternative="個票の例")
        page = next(iter(sheet_pages(self._form, [self._example], self._metrics)))
        leaf.take(moved(page, left, top, self._scale), figure)
        callouts = list(self._callouts())
        taken: list[tuple[float, float]] = []
        for number, (place, _) in enumerate(callouts, start=1):
            x, y = left + place[0] * self._scale, top + place[1] * self._scale
            while any(abs(x - a) < _BADGE and abs(y - b) < _BADGE for a, b in taken):
                x += _BADGE / 2
            taken.append((x, y))
            _draw_badge(leaf, x, y, number, figure)
        texts = [text for _, text in callouts]
        count = self._draw_texts(texts)
        if count < len(texts):
            self._draw_further(texts, count, pages)

    def _callouts(self) -> Iterator[tuple[tuple[float, float], str]]:
        """The upper right corner of each explained cell, in points of the sheet, and the text."""
        page, frame = self._example.pages[0], frame_of(self._form)
        first: dict[str, PlacedCell] = {}
        for placed in page.cells:
            first.setdefault(placed.cell.spec.name, placed)
        for guide in self._form.guides:
            if guide.cell == ABOVE and any(page.above):
                width = text_width(page.above[0], page.above_size, self._metrics)
                x = min(width + 3 * _BADGE, frame.width)
                yield (frame.left + x, page.top - frame.above / 2), guide.text
            elif guide.cell in first:
                placed = first[guide.cell]
                yield (placed.x + placed.width, placed.y), guide.text

    def _draw_texts(self, texts: Sequence[str]) -> int:
        """The explanations beside the sheet, at the largest size at which all fit.

        How many there are: at the smallest size those that fit.
        """
        area, left = self._area, self._beside + _BADGE + 6
        width = area.left + area.width - left
        measured = [SetText(runs_of(text), self._metrics) for text in texts]
        for size in _SIZES:
            style = Style(size)
            lines = [text.lines(width, size) for text in measured]
            heights = [len(broken) * size * style.leading + _BETWEEN for broken in lines]
            if sum(heights) <= area.height:
                break
        ends = list(accumulate(heights))
        count = sum(end <= area.height for end in ends)
        own = Node("list", 0, self._section)
        for n in range(count):
            item, y = Node("item", n + 1, own), area.top + ends[n] - heights[n]
            x, label = self._beside + _BADGE + 4, Node("label", 0, item)
            _draw_badge(area.page, x, y + _BADGE * 0.65, n + 1, label)
            at, body = (left, y, width), Node("body", 0, item)
            measured[n].draw(area.page, lines[n], at, size, style, body)
        return count

    def _draw_further(self, texts: Sequence[str], first: int, pages: TitledPages) -> None:
        style = Style(_SIZES[0], below=_BETWEEN)
        items = [
            ItemList((Item(runs_of(text), f"{number}　"),), style)
            for number, text in enumerate(texts[first:], start=first + 1)
        ]
        section = Node("section", f"{GUIDE} further", self._section)
        lay_out(items, pages.room, pages.open, section, self._metrics)


def better_example(one: FittedSheet | None, other: FittedSheet) -> FittedSheet:
    """Which sheet shows more of the form: on one page, most fields filled, largest."""
    return other if one is None or _worth(other) > _worth(one) else one


def _worth(sheet: FittedSheet) -> tuple[bool, int, float]:
    return len(sheet.pages) == 1, _filled_fields(sheet), sheet.size


def _filled_fields(sheet: FittedSheet) -> int:
    return len({cell.spec.name for cell in sheet.sheet.cells if not cell.head and cell.text})


def _draw_badge(leaf: PageBuilder, right: float, top: float, number: int, node: Node) -> None:
    """A numbered mark that straddles the upper edge, so that it covers little of what is there."""
    box = Box(right - _BADGE - 4, top - _BADGE * 0.6, _BADGE, _BADGE, ACCENT, 0.8, WHITE)
    leaf.draw(box)
    leaf.write(box.x + _BADGE / 2, box.y + _BADGE * 0.79, 8, str(number), node, bold=True,
               color=WHITE, align="center")  # fmt: skip
