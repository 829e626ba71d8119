"""Fitting sheets to paper: one font size a sheet, row heights, and as many pages as it takes.

The size is the largest of the form's steps at which everything stands on one page,
found by bisection (heights grow with the size). Room that is left is shared out among
the text rows. What does not fit at the smallest size goes on continuation pages
(`app.forms.fitting.pagination`), at the largest size that needs no more of them.
"""

from collections.abc import Callable, Sequence
from typing import Final

from app.forms.fitting.breaking import TOLERANCE
from app.forms.fitting.layout import FittedPage, FittedSheet
from app.forms.fitting.lines import Flow
from app.forms.fitting.measuring import Measure, Slack, share_out
from app.forms.fitting.metrics import FontMetrics
from app.forms.fitting.pagination import Paginator
from app.forms.form import Form
from app.forms.sheet import Sheet

SIZE_STEP: Final = 0.25


class Fitter:
    """Fits sheets with one set of fonts. Keep one for many sheets: labels are measured once."""

    def __init__(self, metrics: FontMetrics, slack: Slack | None = None) -> None:
        """`slack` keeps room for programs that break lines their own way (Excel)."""
        self._metrics, self._slack = metrics, slack or Slack()
        self._labels: dict[tuple[str, bool], Flow] = {}

    def fit(self, sheet: Sheet) -> FittedSheet:
        """Lay a sheet out: nothing clipped, nothing under the form's smallest size."""
        measure = Measure(sheet, self._metrics, self._slack, self._labels)
        candidates = sizes(sheet.form)
        size = largest_size(candidates, lambda size: _fits_one_page(measure, size))
        if size is not None:
            return FittedSheet(sheet, size, _one_page(measure, size))
        least = len(Paginator(measure, candidates[0]).pages())
        size = largest_size(candidates, lambda size: len(Paginator(measure, size).pages()) <= least)
        size = size or candidates[0]
        return FittedSheet(sheet, size, Paginator(measure, size).pages())


def sizes(form: Form) -> list[float]:
    """The sizes a sheet of the form may have, smallest first."""
    font = form.font
    steps = int((font.largest - font.smallest) / SIZE_STEP + 1e-9)
    found = [font.smallest + SIZE_STEP * n for n in range(steps + 1)]
    return found if found[-1] == font.largest else [*found, font.largest]


def largest_size(candidates: Sequence[float], fits: Callable[[float], bool]) -> float | None:
    """The largest of ascending sizes (points) that fits, by bisection; None where none does."""
    if fits(candidates[-1]):
        return candidates[-1]
    low, high = -1, len(candidates) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(candidates[middle]) else (low, middle)
    return candidates[low] if low >= 0 else None


def _fits_one_page(measure: Measure, size: float) -> bool:
    room = measure.frame.height - measure.above_extra + TOLERANCE
    for block in measure.sheet.blocks:
        room -= sum(measure.row_heights(block, size))
    return room >= 0


def _one_page(measure: Measure, size: float) -> tuple[FittedPage, ...]:
    heights = [measure.row_heights(block, size) for block in measure.sheet.blocks]
    if not measure.sheet.form.page.flow:
        _fill_page(measure, heights)
    return Paginator(measure, size, heights).pages()


def _fill_page(measure: Measure, heights: list[list[float]]) -> None:
    """Share the room that is left out among the text rows, so that the page is full."""
    places, flat = [], []
    for n, block in enumerate(measure.sheet.blocks):
        for r, row in enumerate(block.rows):
            if not (block.header or row.head):
                places.append((n, r))
                flat.append(heights[n][r])
    if not flat:
        return
    room = measure.frame.height - measure.above_extra - sum(map(sum, heights))
    share_out(flat, range(len(flat)), room)
    for (n, r), height in zip(places, flat, strict=True):
        heights[n][r] = height
