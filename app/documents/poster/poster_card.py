"""A card of the board poster: what stands on it, how high it is, and how it is drawn.

A card is drawn whole. Only one that is higher than a page has room for is cut between its
lines, and goes on in the next column under its number and （つづき）. Lengths are points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from app.documents.flow.blocks import Run, Style, runs_of
from app.documents.flow.set_text import SetText
from app.documents.pages.drawing import BLACK, Box
from app.documents.pages.page_builder import PageBuilder
from app.documents.pages.shades import HAIRLINE, SECONDARY, WHITE, ink_on, pillar_shade
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import shortened, text_width
from app.forms.fitting.lines import Line
from app.forms.fitting.metrics import FontMetrics
from app.forms.fitting.pagination import CONTINUED
from app.forms.marks import unmarked
from app.plan.board.cards import Card

# No text on a poster is smaller than this (pt).
FLOOR: Final = 6.0
_SMALL: Final = 0.88
_NAME: Final = Style(leading=1.3)
_FACTS: Final = Style(leading=1.4)
_PAD: Final = 0.45
_BAR: Final = 0.55


class PosterCard:
    """A card, its texts measured once for all sizes and widths."""

    def __init__(self, card: Card, metrics: FontMetrics) -> None:
        name = unmarked(card.name).plain or "（名称未設定）"
        self.card, self.metrics = card, metrics
        self.number = SetText((Run(card.number, bold=True),), metrics)
        self.name = SetText((Run(name, bold=True),), metrics)
        self.departments = SetText(runs_of(card.departments), metrics)
        self.status = SetText((Run(card.status),), metrics)
        # How wide the head and the status are with what stands around them, at a size of 1.
        words = [word for word in (card.pillar_word, *card.badges) if word]
        chips = sum(text_width(word, 1, metrics) + 1 for word in words)
        self.head_ems = text_width(card.number, 1, metrics, bold=True) + chips
        self.status_ems = text_width(card.status, 1, metrics) + 0.6
        self._face: CardFace | None = None

    def face(self, size: float, width: float) -> "CardFace":
        """The card at a font size and width."""
        if self._face is None or (self._face.size, self._face.width) != (size, width):
            self._face = CardFace(self, size, width)
        return self._face


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines [first, end) of one text of a card: `part` names it."""

    part: str
    text: SetText
    size: float
    style: Style
    first: int
    end: int

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self.end - self.first

    @property
    def step(self) -> float:
        """The distance of two lines."""
        return self.size * self.style.leading

    def broken(self, width: float) -> tuple[Line, ...]:
        """The lines themselves."""
        return self.text.lines(width, self.size)[self.first : self.end]


class CardFace:
    """A card at a font size and width: whole, or those of its lines that a column shows."""

    def __init__(self, card: PosterCard, size: float, width: float) -> None:
        self.size, self.width = size, width
        self._card, self._metrics = card, card.metrics
        self._inner = width - (_BAR + 2 * _PAD) * size
        self._small = small_size(size)
        self._head = self._small * 1.5
        # A number or 現状 that is too long for its place is a text as any other.
        one_line, small = "\n" not in card.card.number, self._small
        self._has_number = one_line and card.head_ems * small <= self._inner
        status = card.card.status
        one_line = bool(status) and "\n" not in status
        self._has_chip = one_line and card.status_ems * small <= self._inner
        self._texts: tuple[_Lines, ...] = tuple(self._set(card))
        self._alone = self._has_chip and self._status_stands_alone(card)
        self._goes_on, self._ends = False, True

    @cached_property
    def height(self) -> float:
        """How high it is."""
        chip = self._small * _FACTS.leading if self._ends and self._alone else 0.0
        lines = sum([text.step * text.count for text in self._texts])
        return self._head + lines + chip + 2 * _PAD * self.size

    def parts(self, room: float) -> "list[CardFace]":
        """The card in columns of a height: whole, or in as many parts as it takes."""
        if self.height <= room:
            return [self]
        free = room - (self._head + self._small * _FACTS.leading + 2 * _PAD * self.size)
        steps = [text.step for text in self._texts for _ in range(text.count)]
        ends, high = [], 0.0
        for number, step in enumerate(steps):
            if high + step > free and high:
                ends.append(number)
                high = 0.0
            high += step
        starts = [0, *ends]
        return [self._part(*span) for span in zip(starts, [*ends, len(steps)], strict=True)]

    def _part(self, first: int, end: int) -> "CardFace":
        part = CardFace(self._card, self.size, self.width)
        part._goes_on = first > 0
        part._ends = end == sum(text.count for text in self._texts)
        part._texts = tuple(_sliced(self._texts, first, end))
        return part

    def draw(self, leaf: PageBuilder, x: float, y: float, lane: Node) -> None:
        """Draw it with its upper left corner at (x, y), as an item of a lane."""
        size, height, card = self.size, self.height, self._card.card
        shade = pillar_shade(card.pillar_place)
        leaf.draw(
            Box(x, y, self.width, height, fill=WHITE, line=0.5, color=HAIRLINE),
            Box(x, y, _BAR * size, height, fill=shade, line=0.5, color=SECONDARY),
        )
        left, top = x + (_BAR + _PAD) * size, y + _PAD * size
        body = Node("body", 0, Node("item", card.id, lane))
        if self._goes_on:
            self._draw_again(leaf, left, top)
        else:
            self._draw_head(leaf, left, top, body)
        top += self._head
        for text in self._texts:
            node, at = Node("paragraph", text.part, body), (left, top, self._inner)
            text.text.draw(leaf, text.broken(self._inner), at, text.size, text.style, node)
            top += text.step * text.count
        if self._ends and self._has_chip:
            self._draw_status(leaf, left, top, body)

    def _set(self, card: PosterCard) -> Iterator[_Lines]:
        """What stands on the card below its head."""
        small, status = self._small, card.card.status
        if card.card.number and not self._has_number:
            yield self._lines("number", card.number, small, _FACTS)
        yield self._lines("name", card.name, self.size, _NAME)
        if card.card.departments:
            yield self._lines("departments", card.departments, small, _FACTS)
        if status and not self._has_chip:
            yield self._lines("status", card.status, small, _FACTS)

    def _lines(self, part: str, text: SetText, size: float, style: Style) -> _Lines:
        return _Lines(part, text, size, style, 0, text.count(self._inner, size))

    def _status_stands_alone(self, card: PosterCard) -> bool:
        """Whether 現状 takes a line of its own: beside one line of departments it needs none."""
        departments = next((t for t in self._texts if t.part == "departments"), None)
        if departments is None or departments.count != 1:
            return True
        flow, small = departments.text.flow, self._small
        both = flow.width(0, len(flow.text.plain)) * small / 1000
        both += card.status_ems * small + small * 0.6
        return both > self._inner

    def _draw_again(self, leaf: PageBuilder, left: float, top: float) -> None:
        """The head of a part that goes on: the number, and that it does."""
        small = self._small
        room = self._inner - text_width(CONTINUED, small, self._metrics)
        number = shortened(self._card.card.number, room, small, self._metrics)
        leaf.write(left, top + small * 1.05, small, number + CONTINUED, ARTIFACT, color=SECONDARY)

    def _draw_head(self, leaf: PageBuilder, left: float, top: float, body: Node) -> None:
        """No., the pillar's word on its tone, badges; the category where there is room."""
        card, small = self._card.card, self._small
        baseline, x, right = top + small * 1.05, left, left + self._inner
        if card.number and self._has_number:
            node = Node("paragraph", "number", body)
            x += leaf.write(x, baseline, small, card.number, node, bold=True) + small * 0.5
        if card.pillar_word:
            shade, node = pillar_shade(card.pillar_place), Node("paragraph", "pillar", body)
            word = (card.pillar_word, shade, ink_on(shade))
            x = _chip(leaf, x, baseline, small, word, node) + small * 0.4
        for badge in reversed(card.badges):
            right -= text_width(badge, small, self._metrics) + small * 0.6
            node = Node("paragraph", badge, body)
            _chip(leaf, right, baseline, small, (badge, WHITE, BLACK), node)
            right -= small * 0.3
        if text_width(card.category, small, self._metrics) <= right - x:
            node = Node("paragraph", "category", body)
            leaf.write(x, baseline, small, card.category, node, color=SECONDARY)

    def _draw_status(self, leaf: PageBuilder, left: float, top: float, body: Node) -> None:
        small, status = self._small, self._card.card.status
        baseline = top + small * (1.08 if self._alone else 1.08 - _FACTS.leading)
        width = self._card.status_ems * small
        x, node = left + self._inner - width, Node("paragraph", "status", body)
        _chip(leaf, x, baseline, small, (status, WHITE, BLACK), node)


def _sliced(texts: Sequence[_Lines], first: int, end: int) -> Iterator[_Lines]:
    """The lines [first, end) of all texts together, by text."""
    for text in texts:
        low, high = max(0, first), min(text.count, end)
        if low < high:
            yield replace(text, first=low, end=high)
        first, end = first - text.count, end - text.count


def small_size(size: float) -> float:
    """The size (points) of what stands around a name of this size."""
    return max(FLOOR, size * _SMALL)


def _chip(
    leaf: PageBuilder, x: float, baseline: float, size: float, word: tuple[str, str, str],
    node: Node,
) -> float:  # fmt: skip
    """A word in a box (word, fill, ink); where it ends."""
    text, fill, ink = word
    width = text_width(text, size, leaf.metrics) + size * 0.6
    leaf.draw(Box(x, baseline - size * 0.98, width, size * 1.22, fill, 0.4, SECONDARY))
    leaf.write(x + size * 0.3, baseline, size, text, node, color=ink)
    return x + width


@dataclass(frozen=True, slots=True)
class PosterLane:
    """A stage of the board: its place from 1, its name, its cards in order."""

    place: int
    stage: str
    cards: tuple[PosterCard, ...]
