"""The page that explains the form: a live sheet of this plan, and what each of its cells holds."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.documents.book.front_pages import heading
from app.documents.pages.drawing import Box
from app.documents.pages.page_builder import PageBuilder, Paper, moved
from app.documents.pages.shades import ACCENT, WHITE
from app.documents.pages.typesetting import text_width
from app.documents.sheets import sheet_pages
from app.forms.fitting.layout import FittedSheet, PlacedCell, frame_of
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.index_style import ABOVE

GUIDE: Final = "guide"
# The sheet takes this share of the width, the explanations what is left of it.
_SHARE: Final = 0.69
_BADGE: Final = 11.0
_GAP: Final = 16.0
_SIZES: Final = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)


def guide_page(
    form: Form, example: FittedSheet | None, lead: str, paper: Paper, metrics: FontMetrics
) -> PageBuilder | None:
    """The page; None where the form explains nothing or the plan has no sheet."""
    if example is None or not form.guides:
        return None
    leaf, frame = PageBuilder(paper, metrics, GUIDE), frame_of(form)
    y = heading(leaf, "個票の見方")
    if lead:
        y += leaf.paragraph(paper.left, y, paper.inner_width, 10.5, lead) + 8
    scale = min(_SHARE, (paper.bottom - y) / (frame.height + frame.above))
    origin = (paper.left - frame.left * scale, y - (frame.top - frame.above) * scale)
    page = next(iter(sheet_pages(form, [example], metrics)))
    leaf.take(moved(page, *origin, scale))
    left = paper.left + frame.width * scale + _GAP
    texts = []
    for number, (place, text) in enumerate(_callouts(form, example, metrics), start=1):
        _draw_badge(leaf, origin[0] + place[0] * scale, origin[1] + place[1] * scale, number)
        texts.append(text)
    _draw_texts(leaf, left, y, texts)
    return leaf


def better_example(one: FittedSheet | None, other: FittedSheet) -> FittedSheet:
    """Which sheet shows more of the form: on one page, most fields filled, largest."""
    return other if one is None or _worth(other) > _worth(one) else one


def _worth(sheet: FittedSheet) -> tuple[bool, int, float]:
    return len(sheet.pages) == 1, _filled_fields(sheet), sheet.size


def _filled_fields(sheet: FittedSheet) -> int:
    return len({cell.spec.name for cell in sheet.sheet.cells if not cell.head and cell.text})


def _callouts(
    form: Form, sheet: FittedSheet, metrics: FontMetrics
) -> Iterator[tuple[tuple[float, float], str]]:
    """The upper right corner of each explained cell, in points of the sheet, and the text."""
    page, frame = sheet.pages[0], frame_of(form)
    first: dict[str, PlacedCell] = {}
    for placed in page.cells:
        first.setdefault(placed.cell.spec.name, placed)
    for guide in form.guides:
        if guide.cell == ABOVE and any(page.above):
            width = text_width(page.above[0], form.above.size, metrics)
            yield (frame.left + width + 3 * _BADGE, frame.top - frame.above / 2), guide.text
        elif guide.cell in first:
            placed = first[guide.cell]
            yield (placed.x + placed.width, placed.y), guide.text


def _draw_badge(leaf: PageBuilder, right: float, top: float, number: int) -> None:
    """A numbered mark that straddles the upper edge, so that it covers little of what is there."""
    box = Box(right - _BADGE - 4, top - _BADGE * 0.6, _BADGE, _BADGE, ACCENT, 0.8, WHITE)
    leaf.draw(box)
    leaf.write(box.x + _BADGE / 2, box.y + _BADGE * 0.79, 8, str(number), bold=True, color=WHITE,
               align="center")  # fmt: skip


def _draw_texts(leaf: PageBuilder, left: float, top: float, texts: Sequence[str]) -> None:
    """The explanations at the right of the sheet, at the largest size at which all fit."""
    paper = leaf.paper
    width = paper.right - left - _BADGE - 6
    for size in _SIZES:
        probe = PageBuilder(paper, leaf.metrics)
        heights = [probe.paragraph(0, 0, width, size, text) + 6 for text in texts]
        if sum(heights) <= paper.bottom - top:
            break
    y = top
    for number, (text, height) in enumerate(zip(texts, heights, strict=True), start=1):
        _draw_badge(leaf, left + _BADGE + 4, y + _BADGE * 0.65, number)
        leaf.paragraph(left + _BADGE + 6, y, width, size, text)
        y += height
