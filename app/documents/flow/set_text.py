"""Runs of text, measured once, broken into lines at a width, and drawn line by line.

Lengths are points.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from app.documents.flow.blocks import Run, Runs, Style
from app.documents.pages.drawing import Box, Link, Rule, Text
from app.documents.pages.page_builder import ALIGN_SHARE, PageBuilder, Reference
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import ASCENT
from app.forms.fitting.lines import Flow, Line
from app.forms.fitting.metrics import FontMetrics
from app.forms.marks import Marked, Span

# 、 and 。 may stand out of a line by so many thousandths of its size: their ink does not.
_HANG: Final = 400
_SIZE_STEP: Final = 0.25
# Where lines through and under a text lie, and their distance and width, in ems.
_UNDER, _THROUGH, _APART, _THIN = 0.14, 0.37, 0.16, 0.05
_TINT_ABOVE, _TINT_HEIGHT = 0.95, 1.2


class SetText:
    """Runs as one text that can be broken at any width.

    `notes` are the footnotes that it calls: (place in the text, number).
    """

    __slots__ = ("_bounds", "_runs", "flow", "notes")

    def __init__(self, runs: Runs, metrics: FontMetrics, first_note: int = 1) -> None:
        """Measure runs; a run with a note is followed by its sign: ※1."""
        self._runs, self.notes = _signed(runs, first_note)
        self._bounds = tuple(accumulate((len(run.text) for run in self._runs), initial=0))
        plain = "".join(run.text for run in self._runs)
        self.flow = Flow(Marked(plain, _bold_spans(self._runs, self._bounds)), metrics)

    def size_of(self, style: Style, width: float) -> float:
        """The size it is set in: less than the style's if that keeps it on one line."""
        if not style.smallest or "\n" in self.flow.text.plain:
            return style.size
        needed = self.flow.width(0, len(self.flow.text.plain))
        size = style.size
        while size > style.smallest and needed * size > width * 1000:
            size = max(style.smallest, size - _SIZE_STEP)
        return size if needed * size <= width * 1000 else style.size

    def lines(self, width: float, size: float) -> tuple[Line, ...]:
        """The lines at a width, one at least."""
        return tuple(self.flow.lines(width * 1000 / size, _HANG)) or (Line(0, 0),)

    def count(self, width: float, size: float) -> int:
        """How many lines there are at a width: quicker than breaking them."""
        return self.flow.count(width * 1000 / size, _HANG) or 1

    def notes_in(self, lines: Sequence[Line]) -> tuple[int, ...]:
        """The numbers of the notes that are called in these lines."""
        if not self.notes:
            return ()
        spans = [(line.start, line.end) for line in lines]
        return tuple(
            number for place, number in self.notes if any(s < place <= e for s, e in spans)
        )

    def draw(
        self, page: PageBuilder, lines: Iterable[Line], place: tuple[float, float, float],
        size: float, style: Style, node: Node,
    ) -> None:  # fmt: skip
        """Draw lines one below the other; `place` is left, top, width."""
        left, top, width = place
        step = size * style.leading
        baseline = top + (step - size) / 2 + size * ASCENT
        for line in lines:
            indent = line.indent * size / 1000
            free = width - self.flow.width(line.start, line.end) * size / 1000 - indent
            x = left + indent + max(0.0, free) * ALIGN_SHARE[style.align]
            for run, start, end in self._pieces(line):
                wide = self.flow.width(start, end) * size / 1000
                self._draw_run(page, run, (start, end), (x, baseline, wide, size), style, node)
                x += wide
            baseline += step

    def _pieces(self, line: Line) -> Iterator[tuple[Run, int, int]]:
        """The runs of a line and what of them stands on it: [start, end)."""
        for run, first, last in zip(self._runs, self._bounds, self._bounds[1:], strict=False):
            start, end = max(line.start, first), min(line.end, last)
            if start < end:
                yield run, start, end

    def _draw_run(
        self, page: PageBuilder, run: Run, span: Span, place: tuple[float, float, float, float],
        style: Style, node: Node,
    ) -> None:  # fmt: skip
        x, baseline, width, size = place
        color = run.color or style.color
        if run.tint:
            top = baseline - size * _TINT_ABOVE
            page.draw(Box(x, top, width, size * _TINT_HEIGHT, fill=run.tint))
        for y in _lines_of(run, baseline, size):
            page.draw(Rule(x, y, x + width, y, max(0.4, size * _THIN), color))
        if run.link:
            page.draw(Link(x, baseline - size, width, size * 1.25, run.link))
        if run.page_of:
            x += width * ALIGN_SHARE[style.align]
            page.draw(Reference(x, baseline, size, run.page_of, node, style.align))
            return
        text = self.flow.text.plain[span[0] : span[1]]
        page.draw(Text(x, baseline, size, text, node, run.bold, color))


def _lines_of(run: Run, baseline: float, size: float) -> Iterator[float]:
    """The height of each line that is drawn under a run or through it."""
    if run.underline:
        yield baseline + size * _UNDER
    middle = baseline - size * _THROUGH
    if run.strike == "single":
        yield middle
    elif run.strike:
        yield from (middle - size * _APART / 2, middle + size * _APART / 2)


def _signed(runs: Runs, number: int) -> tuple[Runs, tuple[tuple[int, int], ...]]:
    """The runs with the signs of their notes, and where these stand."""
    if not any(run.note or "\r" in run.text for run in runs):
        return runs, ()
    signed: list[Run] = []
    notes: list[tuple[int, int]] = []
    length = 0
    for run in runs:
        text = run.text.replace("\r\n", "\n").replace("\r", "\n")
        signed.append(run if text == run.text else replace(run, text=text))
        length += len(text)
        if run.note:
            signed.append(Run(note_sign(number)))
            length += len(signed[-1].text)
            notes.append((length, number))
            number += 1
    return tuple(signed), tuple(notes)


def note_sign(number: int) -> str:
    """The sign of a footnote: ※1."""
    return f"※{number}"


def _bold_spans(runs: Runs, bounds: Sequence[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for run, start, end in zip(runs, bounds, bounds[1:], strict=False):
        if run.bold and start < end:
            if spans and spans[-1][1] == start:
                start = spans.pop()[0]
            spans.append((start, end))
    return tuple(spans)
