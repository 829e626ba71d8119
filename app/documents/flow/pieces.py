"""Pieces: blocks that are measured at a width, ready to be put on a page or cut by its end.

Lengths are points; x and y are the upper left corner of what is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, Self

from app.documents.flow.blocks import Picture, Spacer, Style
from app.documents.flow.set_text import SetText
from app.documents.pages.drawing import Box, Image, Link, Rule
from app.documents.pages.page_builder import PageBuilder, Reference
from app.documents.pages.shades import HAIRLINE
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import ASCENT
from app.forms.fitting.breaking import LEAST_LINES, TOLERANCE, lines_together
from app.forms.fitting.lines import Line

# What a line of a table of contents keeps free for the number of a page.
NUMBER_ROOM: Final = 30.0


class Piece(Protocol):
    """A measured block, or what is left of one.

    `above` and `below` are kept free around it. If it `keeps`, it stays with what follows.
    """

    @property
    def above(self) -> float:
        """Room above it, not at the top of a page."""

    @property
    def below(self) -> float:
        """Room below it."""

    @property
    def keeps(self) -> bool:
        """Whether it stays on one page with the beginning of the next piece."""

    @property
    def height(self) -> float:
        """How high all of it is."""

    @property
    def least(self) -> float:
        """How much room it needs to begin on a page."""

    @property
    def notes(self) -> Sequence[int]:
        """The numbers of the footnotes that are called in it."""

    def cut(self, room: float, at_top: bool) -> tuple["Piece | None", "Piece | None"]:
        """What fits into the room, and what is left; at the top of a page something fits."""

    def draw(self, page: PageBuilder, x: float, y: float) -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands in front of the first line of an item: its text, its width, what it is."""

    text: SetText
    width: float
    node: Node


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Lines of a text. `width` is that of the area it stands in.

    Behind a line of a table of contents stands the page of the anchor that it `leads_to`.
    """

    text: SetText
    lines: tuple[Line, ...]
    size: float
    style: Style
    width: float
    node: Node
    keeps: bool = False
    anchor: str = ""
    sign: Sign | None = None
    hang: float = 0.0
    leads_to: str = ""

    @property
    def above(self) -> float:
        """Room above it, not at the top of a page."""
        return self.style.above

    @property
    def below(self) -> float:
        """Room below it."""
        return self.style.below

    @property
    def height(self) -> float:
        """The lines, and the rule under them."""
        return self._lines_high(len(self.lines)) + self.style.gap

    @property
    def least(self) -> float:
        """Two lines, or all of three."""
        count = len(self.lines)
        few = count if count < 2 * LEAST_LINES else LEAST_LINES
        return self._lines_high(few) + (self.style.gap if few == count else 0.0)

    @property
    def notes(self) -> Sequence[int]:
        """The numbers of the footnotes that are called in it."""
        return self.text.notes_in(self.lines)

    def _lines_high(self, count: int) -> float:
        return count * self.size * self.style.leading

    def cut(self, room: float, at_top: bool) -> tuple[Self | None, Self | None]:
        """Between two lines of which none is left alone."""
        if self.height <= room + TOLERANCE:
            return self, None
        count = len(self.lines)
        # If only the rule under it has no room, lines go with it.
        fitting = min(int((room + TOLERANCE) / self._lines_high(1)), count - 1)
        kept = lines_together(fitting, count)
        if kept < LEAST_LINES or count - kept < LEAST_LINES:
            if not at_top:
                return None, self
            kept = max(1, kept)
            if kept == count:
                return self, None
        begun = replace(self.style, below=0.0, rule=0.0, gap=0.0)
        first = replace(self, lines=self.lines[:kept], style=begun, keeps=False, leads_to="")
        left = replace(self.style, above=0.0)
        return first, replace(self, lines=self.lines[kept:], style=left, anchor="", sign=None)

    def draw(self, page: PageBuilder, x: float, y: float) -> None:
        """Draw the lines, the sign in front of the first, the rule under the last."""
        style = self.style
        left = x + style.indent + self.hang
        if self.anchor:
            page.anchor(self.anchor, y)
        if self.sign:
            at = (left - self.sign.width, y, self.sign.width)
            text = self.sign.text
            text.draw(page, text.lines(self.width, self.size)[:1], at, self.size, style,
                      self.sign.node)  # fmt: skip
        place = (left, y, text_room(self.width, style, self.hang, self.leads_to))
        self.text.draw(page, self.lines, place, self.size, style, self.node)
        if self.leads_to:
            self._draw_number(page, left, x + self.width, y)
        if style.rule:
            foot = y + self.height
            page.draw(Rule(x, foot, x + self.width, foot, style.rule))

    def _draw_number(self, page: PageBuilder, left: float, right: float, y: float) -> None:
        """The leader behind the last line, and the number of the page."""
        size, last = self.size, self.lines[-1]
        step = self._lines_high(1)
        baseline = y + len(self.lines) * step - (step - size) / 2 - size * (1 - ASCENT)
        end = left + (self.text.flow.width(last.start, last.end) + last.indent) * size / 1000 + 6
        if end < right - NUMBER_ROOM:
            middle = baseline - size * 0.3
            page.draw(Rule(end, middle, right - NUMBER_ROOM, middle, 0.35, HAIRLINE))
        page.draw(
            Reference(right, baseline, size, self.leads_to, self.node),
            Link(left - self.style.indent, y, right - left, self.height, self.leads_to),
        )


def text_room(width: float, style: Style, hang: float = 0.0, leads_to: str = "") -> float:
    """The width of the lines of a text in an area of a width."""
    number = NUMBER_ROOM if leads_to else 0.0
    return width - style.indent - style.right - hang - number


@dataclass(frozen=True, slots=True)
class SpacePiece:
    """Room that is left free, with a line at its foot if it has one; it goes at a page end."""

    spacer: Spacer
    height: float
    width: float
    above: float = 0.0
    below: float = 0.0
    keeps: bool = False
    notes: Sequence[int] = ()

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def cut(self, room: float, at_top: bool) -> tuple[Self | None, Self | None]:
        """It is left out if it has no room, and at the top of a page unless it fills it."""
        dropped = at_top and not self.spacer.fills
        return (None if dropped or self.height > room + TOLERANCE else self), None

    def draw(self, page: PageBuilder, x: float, y: float) -> None:
        """Draw its line."""
        spacer = self.spacer
        if spacer.rule:
            foot = y + self.height
            left, right = x - spacer.outdent, x + self.width
            page.draw(Rule(left, foot, right, foot, spacer.rule, spacer.color))


@dataclass(frozen=True, slots=True)
class PicturePiece:
    """A picture, never larger than the area it stands in."""

    picture: Picture
    scale: float
    node: Node
    below: float = 0.0
    notes: Sequence[int] = ()

    @property
    def above(self) -> float:
        """Room above it, not at the top of a page."""
        return self.picture.above

    @property
    def keeps(self) -> bool:
        """Whether its caption stays with it."""
        return self.picture.keep

    @property
    def height(self) -> float:
        """The height in which it is drawn."""
        return self.picture.height * self.scale

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def cut(self, room: float, at_top: bool) -> tuple[Self | None, Self | None]:
        """Whole on the next page, or smaller if that has no more room."""
        if self.height <= room + TOLERANCE:
            return self, None
        return (replace(self, scale=room / self.picture.height), None) if at_top else (None, self)

    def draw(self, page: PageBuilder, x: float, y: float) -> None:
        """Draw it."""
        width, height, frame = self.picture.width * self.scale, self.height, self.picture.frame
        page.draw(Image(x, y, width, height, self.picture.data, self.node))
        if frame:
            half = frame / 2
            left, top = x - half, y - half
            page.draw(Box(left, top, width + frame, height + frame, line=frame, color=HAIRLINE))
