"""The board as a poster (カンバン): the stages side by side on A3 or A4, to hang up or hand out.

A long stage gets several columns. The size is the largest at which the board takes as few
pages as it can; no text is under 6 pt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents.book.front_matter import full_title
from app.documents.book.index_rows import circled
from app.documents.pages.drawing import Box, Document, Progress, Rule, no_progress
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.shades import HAIRLINE, PALE, SECONDARY, ink_on, pillar_shade
from app.documents.pages.typesetting import LEADING, text_width
from app.documents.poster.poster_card import FLOOR, PosterCard, PosterLane, small_size
from app.forms.fitting.layout import MM
from app.forms.fitting.lines import Flow
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import PAPER
from app.plan.board.cards import card_of, lane, pillar_word
from app.plan.periods.fiscal_year import western_date
from app.plan.plan import Plan

BOARD: Final = "board"
_MARGIN: Final = 10 * MM
_GAP: Final = 5.0
_CARD_GAP: Final = 3.5
_SIZES: Final = tuple(11.0 - 0.5 * n for n in range(11))
# The least width of a card, as a multiple of its font size.
_NARROWEST: Final = 14.0


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the board is set: size, columns of each lane, their width, the room for cards."""

    size: float
    columns: tuple[int, ...]
    width: float
    room: float


def board_document(
    plan: Plan, metrics: FontMetrics, paper: str = "A3", day: date | None = None,
    tell: Progress = no_progress,
) -> Document:  # fmt: skip
    """The board on one page, or as many as it takes at 6 pt. `paper` is A3 or A4, landscape."""
    poster = _Poster(plan, metrics, paper, day, tell)
    numbers: dict[str, int] = {}
    leaves = poster.leaves()
    pages = (leaf.page(numbers, n, (0.0, 0.0)) for n, leaf in enumerate(leaves, start=1))
    return Document(f"{full_title(plan)}　カンバン", tuple(pages))


class _Poster:
    """Sets the board on pages."""

    def __init__(
        self, plan: Plan, metrics: FontMetrics, paper: str, day: date | None, tell: Progress
    ) -> None:
        short, long = PAPER[paper]
        width, height = long * MM, short * MM
        self._paper = Paper(width, height, _MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN)
        self._plan, self._metrics, self._day, self._tell = plan, metrics, day, tell
        self._scale = 1.0 if paper == "A3" else 0.75
        self._lanes = [
            PosterLane(
                n, stage, tuple(PosterCard(card_of(plan, i), metrics) for i in lane(plan, stage))
            )
            for n, stage in enumerate(plan.profile.stages, start=1)
        ]

    def leaves(self) -> list[PageBuilder]:
        """The pages, one at least."""
        setting = self._best()
        pages = self._paged(setting)
        leaves = []
        for number, page in enumerate(pages, start=1):
            leaf = PageBuilder(self._paper, self._metrics, BOARD)
            top = self._draw_head(leaf, number, len(pages))
            self._draw_lanes(leaf, top, setting, page)
            leaves.append(leaf)
        return leaves

    def _best(self) -> _Setting:
        """The setting with the fewest pages; of these the largest, with the fewest columns."""
        found: _Setting | None = None
        fewest = 0
        for setting in self._settings():
            self._tell(0, 0)
            count = len(self._paged(setting))
            if found is None or count < fewest:
                found, fewest = setting, count
            if fewest == 1:
                break
        assert found is not None
        return found

    def _settings(self) -> Iterator[_Setting]:
        """All settings, the largest size first."""
        count = max(1, len(self._lanes))
        for size in _SIZES:
            usable = self._paper.inner_width
            most = max(count, int(usable / (size * _NARROWEST)))
            for columns in range(count, most + 1):
                width = (usable - _GAP * (columns + count)) / columns
                if width < size * _NARROWEST * 0.9 and size > FLOOR:
                    continue
                room = self._room(columns, width)
                yield _Setting(size, self._shared(columns, size, width), width, room)

    def _room(self, columns: int, width: float) -> float:
        top = self._head_height() + self._lane_head_height(width)
        return self._paper.inner_height - top - 2 * _GAP

    def _shared(self, columns: int, size: float, width: float) -> tuple[int, ...]:
        """Columns of each lane: one each, the others to whoever has most to show in one."""
        totals = [sum(c.height(size, width) + _CARD_GAP for c in ln.cards) for ln in self._lanes]
        shares = [1] * len(totals)
        for _ in range(columns - len(totals)):
            fullest = max(range(len(totals)), key=lambda n: totals[n] / shares[n])
            shares[fullest] += 1
        return tuple(shares)

    def _paged(self, setting: _Setting) -> list[list[list[list[PosterCard]]]]:
        """The cards by page, lane and column."""
        left = [list(ln.cards) for ln in self._lanes]
        pages: list[list[list[list[PosterCard]]]] = []
        while not pages or any(left):
            page = []
            for number, columns in enumerate(setting.columns):
                filled = _fill(left[number], columns, setting)
                page.append(filled)
                left[number] = left[number][sum(map(len, filled)) :]
            pages.append(page)
        return pages

    def _head_height(self) -> float:
        return 46.0 * self._scale + 6

    def _draw_head(self, leaf: PageBuilder, number: int, count: int) -> float:
        """Title, date and legend; where the lanes begin."""
        paper, scale = self._paper, self._scale
        title = full_title(self._plan) + "　カンバン" + ("（つづき）" if number > 1 else "")
        size = 17 * scale
        while size > 9 and text_width(title, size, self._metrics, True) > paper.inner_width * 0.72:
            size -= 0.5
        leaf.write(paper.left, paper.top + 16 * scale, size, title, bold=True)
        facts = [self._plan.profile.edition or "", western_date(self._day) if self._day else ""]
        facts += [f"{number}／{count}ページ" if count > 1 else ""]
        words = "　".join(filter(None, facts))
        leaf.write(paper.right, paper.top + 14 * scale, max(8.0, 9.5 * scale), words, align="right")
        self._draw_legend(leaf, paper.top + 37 * scale)
        y = paper.top + 43 * scale
        leaf.draw(Rule(paper.left, y, paper.right, y, 1.2))
        return paper.top + self._head_height()

    def _draw_legend(self, leaf: PageBuilder, baseline: float) -> None:
        size = max(7.0, 9 * self._scale)
        x = self._paper.left
        for place, pillar in enumerate(self._plan.pillars.under()):
            shade = pillar_shade(place)
            word = pillar_word(self._plan, pillar.id)
            width = text_width(word, size, self._metrics) + size * 0.8
            box = Box(x, baseline - size, width, size * 1.3, fill=shade, line=0.4, color=SECONDARY)
            leaf.draw(box)
            leaf.write(x + size * 0.4, baseline, size, word, color=ink_on(shade))
            x += width + size * 0.4
            x += leaf.write(x, baseline, size, pillar.name) + size * 1.6
        words = "枠の中の語：右上は新規・再掲、右下は現状"
        if x + text_width(words, size, self._metrics) <= self._paper.right:
            leaf.write(self._paper.right, baseline, size, words, color=SECONDARY, align="right")

    def _lane_head(self, ln: PosterLane) -> str:
        return f"{circled(ln.place)} {ln.stage}"

    def _lane_head_size(self, ln: PosterLane, width: float) -> float:
        """A little smaller where that keeps a name on one line."""
        usual = size = max(8.0, 11 * self._scale)
        while size >= usual * 0.8:
            if text_width(self._lane_head(ln), size, self._metrics, True) <= width:
                return size
            size -= 0.25
        return usual

    def _lane_head_height(self, width: float) -> float:
        """How high the heads of all lanes are, with the count under the name."""
        height = 0.0
        for ln in self._lanes:
            size = self._lane_head_size(ln, width)
            lines = Flow(self._lane_head(ln), self._metrics, True).count(width * 1000 / size)
            height = max(height, (lines + 1) * size * LEADING)
        return height

    def _draw_lanes(
        self,
        leaf: PageBuilder,
        top: float,
        setting: _Setting,
        page: Sequence[Sequence[list[PosterCard]]],
    ) -> None:
        x = self._paper.left
        for ln, columns in zip(self._lanes, page, strict=True):
            width = len(columns) * (setting.width + _GAP) + _GAP
            leaf.draw(Box(x, top, width - _GAP / 2, self._paper.bottom - top, PALE, 0.6, HAIRLINE))
            self._draw_lane_head(leaf, x, top, width, ln, setting.width)
            y = top + self._lane_head_height(setting.width) + _GAP / 2
            for number, cards in enumerate(columns):
                left = x + _GAP * 0.75 + number * (setting.width + _GAP)
                _draw_column(leaf, left, y, cards, setting)
            x += width

    def _draw_lane_head(
        self, leaf: PageBuilder, x: float, top: float, width: float, ln: PosterLane, narrow: float
    ) -> None:
        size, left = self._lane_head_size(ln, narrow), x + _GAP
        leaf.paragraph(left, top + 2, width - _GAP, size, self._lane_head(ln), bold=True)
        baseline = top + self._lane_head_height(narrow) - size * 0.35
        leaf.write(left, baseline, small_size(size), f"{len(ln.cards)}件", color=SECONDARY)
        y = top + self._lane_head_height(narrow)
        leaf.draw(Rule(x, y, x + width - _GAP / 2, y, 0.8, SECONDARY))


def _fill(cards: Sequence[PosterCard], columns: int, setting: _Setting) -> list[list[PosterCard]]:
    """As many of the cards as a page holds, in columns that are about equally high."""
    heights = [card.height(setting.size, setting.width) + _CARD_GAP for card in cards]
    even = max(sum(heights) / columns, max(heights, default=0.0))
    limit = even
    while limit < setting.room:
        filled = _packed(cards, heights, columns, limit)
        if sum(map(len, filled)) == len(cards):
            return filled
        limit += 8.0
    return _packed(cards, heights, columns, setting.room)


def _packed(
    cards: Sequence[PosterCard], heights: Sequence[float], columns: int, limit: float
) -> list[list[PosterCard]]:
    filled: list[list[PosterCard]] = [[] for _ in range(columns)]
    column, used = 0, 0.0
    for card, height in zip(cards, heights, strict=True):
        if filled[column] and used + height > limit:
            column, used = column + 1, 0.0
            if column == columns:
                break
        filled[column].append(card)
        used += height
    return filled


def _draw_column(
    leaf: PageBuilder, x: float, y: float, cards: Sequence[PosterCard], setting: _Setting
) -> None:
    for card in cards:
        card.draw(leaf, x, y, setting.size, setting.width)
        y += card.height(setting.size, setting.width) + _CARD_GAP
