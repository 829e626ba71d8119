"""A card of the board poster: what stands on it, how high it is, and how it is drawn."""

from dataclasses import dataclass
from typing import Final

from app.documents.pages.drawing import Box
from app.documents.pages.page_builder import PageBuilder
from app.documents.pages.shades import HAIRLINE, SECONDARY, WHITE, ink_on, pillar_shade
from app.documents.pages.typesetting import text_width
from app.forms.fitting.lines import Flow
from app.forms.fitting.metrics import FontMetrics
from app.plan.board.cards import Card

# No text on a poster is smaller than this (pt).
FLOOR: Final = 6.0
_LEADING: Final = 1.3
_SMALL: Final = 0.88
_PAD: Final = 0.45
_BAR: Final = 0.55


class PosterCard:
    """A card, measured once for all sizes and widths."""

    def __init__(self, card: Card, metrics: FontMetrics) -> None:
        self.card, self._metrics = card, metrics
        self._name = Flow(card.name or "（名称未設定）", metrics, bold=True)
        self._departments = Flow(card.departments, metrics)

    def height(self, size: float, width: float) -> float:
        """How high the card is at a font size and width, in points."""
        inner = self._inner(size, width)
        small = small_size(size)
        name = self._name.count(inner * 1000 / size) * size * _LEADING
        return self._head(size) + name + self._foot_height(small, inner) + 2 * _PAD * size

    def draw(self, leaf: PageBuilder, x: float, y: float, size: float, width: float) -> None:
        """Draw the card with its upper left corner at (x, y), in points."""
        card, small = self.card, small_size(size)
        height, inner = self.height(size, width), self._inner(size, width)
        shade = pillar_shade(card.pillar_place)
        leaf.draw(
            Box(x, y, width, height, fill=WHITE, line=0.5, color=HAIRLINE),
            Box(x, y, _BAR * size, height, fill=shade, line=0.5, color=SECONDARY),
        )
        left = x + (_BAR + _PAD) * size
        top = y + _PAD * size
        self._draw_head(leaf, left, top, left + inner, size)
        top += self._head(size)
        top += leaf.paragraph(left, top, inner, size, self._name.text.plain, bold=True,
                              leading=_LEADING)  # fmt: skip
        self._draw_foot(leaf, left, top, inner, small)

    def _inner(self, size: float, width: float) -> float:
        return width - (_BAR + 2 * _PAD) * size

    def _head(self, size: float) -> float:
        return small_size(size) * 1.5

    def _draw_head(
        self, leaf: PageBuilder, left: float, top: float, right: float, size: float
    ) -> None:
        """No., the pillar's word on its tone, badges; the category where there is room."""
        card, small = self.card, small_size(size)
        baseline = top + small * 1.05
        x = left
        if card.number:
            x += leaf.write(x, baseline, small, card.number, bold=True) + small * 0.5
        if card.pillar_word:
            shade = pillar_shade(card.pillar_place)
            x = (
                _chip(leaf, x, baseline, small, card.pillar_word, shade, ink_on(shade))
                + small * 0.4
            )
        for badge in reversed(card.badges):
            width = text_width(badge, small, self._metrics) + small * 0.6
            right -= width
            _chip(leaf, right, baseline, small, badge, WHITE, "000000")
            right -= small * 0.3
        if text_width(card.category, small, self._metrics) <= right - x:
            leaf.write(x, baseline, small, card.category, color=SECONDARY)

    def _foot_height(self, small: float, inner: float) -> float:
        lines = self._departments.count(inner * 1000 / small) if self.card.departments else 0
        alone = self._status_stands_alone(small, inner, lines)
        return (lines + (1 if alone else 0)) * small * 1.4

    def _status_stands_alone(self, small: float, inner: float, lines: int) -> bool:
        """Whether 現状 takes a line of its own: beside one line of departments it needs none."""
        if not self.card.status:
            return False
        both = self._departments.width(0, len(self._departments.text.plain)) * small / 1000
        both += text_width(self.card.status, small, self._metrics) + small * 1.2
        return lines != 1 or both > inner

    def _draw_foot(
        self, leaf: PageBuilder, left: float, top: float, inner: float, small: float
    ) -> None:
        card = self.card
        height = 0.0
        if card.departments:
            height = leaf.paragraph(left, top, inner, small, card.departments, leading=1.4)
        if not card.status:
            return
        lines = round(height / (small * 1.4))
        if not self._status_stands_alone(small, inner, lines):
            height -= small * 1.4
        width = text_width(card.status, small, self._metrics) + small * 0.6
        _chip(leaf, left + inner - width, top + height + small * 1.08, small, card.status, WHITE,
              "000000")  # fmt: skip


def small_size(size: float) -> float:
    """The size (points) of what stands around a name of this size."""
    return max(FLOOR, size * _SMALL)


def _chip(
    leaf: PageBuilder, x: float, baseline: float, size: float, word: str, fill: str, ink: str
) -> float:
    """A word in a box; where it ends."""
    width = text_width(word, size, leaf.metrics) + size * 0.6
    leaf.draw(Box(x, baseline - size * 0.98, width, size * 1.22, fill, 0.4, SECONDARY))
    leaf.write(x + size * 0.3, baseline, size, word, color=ink)
    return x + width


@dataclass(frozen=True, slots=True)
class PosterLane:
    """A stage of the board: its place from 1, its name, its cards in order."""

    place: int
    stage: str
    cards: tuple[PosterCard, ...]
