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
from app.documents.flow.blocks import Run, Style
from app.documents.flow.set_text import SetText
from app.documents.pages.drawing import Box, Document, Progress, Rule, no_progress
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.shades import HAIRLINE, PALE, SECONDARY
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import LEADING, text_width
from app.documents.poster.poster_card import FLOOR, CardFace, PosterCard, PosterLane, small_size
from app.documents.poster.poster_head import BOARD, PosterHead
from app.forms.fitting.layout import MM
from app.forms.fitting.lines import Line
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import PAPER
from app.plan.board.cards import card_of, lane
from app.plan.plan import Plan

_MARGIN: Final = 10 * MM
_GAP: Final = 5.0
_CARD_GAP: Final = 3.5
_SIZES: Final = tuple(11.0 - 0.5 * n for n in range(11))
# The least width of a card, as a multiple of its font size.
_NARROWEST: Final = 14.0
# The name of a stage takes so many lines at most; a longer one is shortened over its lane.
_MOST_HEAD_LINES: Final = 4


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
    short, long = PAPER[paper]
    width, height = long * MM, short * MM
    area = Paper(width, height, _MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN)
    scale = 1.0 if paper == "A3" else 0.75
    head = PosterHead(plan, metrics, area, scale, day)
    lanes = [
        PosterLane(
            n, stage, tuple(PosterCard(card_of(plan, i), metrics) for i in lane(plan, stage))
        )
        for n, stage in enumerate(plan.profile.stages, start=1)
    ]
    # As many lanes beside each other as have room for a card of the smallest size.
    most = max(1, int(area.inner_width / (FLOOR * _NARROWEST + 2 * _GAP)))
    groups = [lanes[n : n + most] for n in range(0, len(lanes), most)] or [[]]
    boards = [_Board(group, metrics, area, head, scale, tell) for group in groups]
    leaves: list[PageBuilder] = []
    if not (head.is_whole and all(board.has_whole_heads for board in boards)):
        leaves += head.legend_pages(plan.profile.stages)
    pages = [(board, page) for board in boards for page in board.pages()]
    for number, (board, page) in enumerate(pages, start=1):
        leaf = PageBuilder(area, metrics, BOARD)
        top = head.draw(leaf, number, len(pages))
        board.draw(leaf, top, page, is_first=page is board.pages()[0])
        leaves.append(leaf)
    finished = (leaf.page({}, n, (0.0, 0.0)) for n, leaf in enumerate(leaves, start=1))
    return Document(f"{full_title(plan)}　カンバン", tuple(finished))


_Page = Sequence[Sequence[Sequence[CardFace]]]
"""The cards of a page by lane and column."""


class _Board:
    """Sets some lanes beside each other on pages."""

    def __init__(
        self, lanes: Sequence[PosterLane], metrics: FontMetrics, paper: Paper, head: PosterHead,
        scale: float, tell: Progress,
    ) -> None:  # fmt: skip
        self._lanes, self._metrics, self._paper = lanes, metrics, paper
        self._head, self._scale, self._tell = head, scale, tell
        self._setting, self._pages = self._best()

    @property
    def has_whole_heads(self) -> bool:
        """Whether the names of all stages stand over their lanes whole."""
        width = self._setting.width
        return all(len(self._head_lines(ln, width)[1]) <= _MOST_HEAD_LINES for ln in self._lanes)

    def pages(self) -> Sequence[_Page]:
        """The cards of each page, one page at least."""
        return self._pages

    def _best(self) -> tuple[_Setting, list[_Page]]:
        """The setting with the fewest pages; of these the largest, with the fewest columns."""
        found: tuple[_Setting, list[_Page]] | None = None
        for setting in self._settings():
            self._tell(0, 0)
            pages = self._paged(setting)
            if found is None or len(pages) < len(found[1]):
                found = setting, pages
            if len(found[1]) == 1:
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
                room = self._room(width)
                yield _Setting(size, self._shared(columns, size, width), width, room)

    def _room(self, width: float) -> float:
        top = self._head.height + self._lane_head_height(width)
        return self._paper.inner_height - top - 2 * _GAP

    def _shared(self, columns: int, size: float, width: float) -> tuple[int, ...]:
        """Columns of each lane: one each, the others to whoever has most to show in one."""
        totals = [
            sum(card.face(size, width).height + _CARD_GAP for card in ln.cards)
            for ln in self._lanes
        ]
        shares = [1] * len(totals)
        for _ in range(columns - len(totals)):
            fullest = max(range(len(totals)), key=lambda n: totals[n] / shares[n])
            shares[fullest] += 1
        return tuple(shares)

    def _paged(self, setting: _Setting) -> list[_Page]:
        """The cards by page, lane and column."""
        left = [
            [
                part
                for card in ln.cards
                for part in card.face(setting.size, setting.width).parts(setting.room)
            ]
            for ln in self._lanes
        ]
        pages: list[_Page] = []
        while not pages or any(left):
            page = []
            for number, columns in enumerate(setting.columns):
                filled = _fill(left[number], columns, setting)
                page.append(filled)
                left[number] = left[number][sum(map(len, filled)) :]
            pages.append(page)
        return pages

    def _head_lines(self, ln: PosterLane, width: float) -> tuple[SetText, tuple[Line, ...], float]:
        """The head of a lane, its lines, and its size: less where that keeps it on one line."""
        usual = size = max(8.0, 11 * self._scale)
        head = f"{circled(ln.place)} {ln.stage}"
        while size >= usual * 0.8 and text_width(head, size, self._metrics, True) > width:
            size -= 0.25
        size = size if size >= usual * 0.8 else usual
        text = SetText((Run(head, bold=True),), self._metrics)
        return text, text.lines(width, size), size

    def _lane_head_height(self, width: float) -> float:
        """How high the heads of all lanes are, with the count under the name."""
        height = 0.0
        for ln in self._lanes:
            _, lines, size = self._head_lines(ln, width)
            height = max(height, (min(len(lines), _MOST_HEAD_LINES) + 1) * size * LEADING)
        return height

    def draw(self, leaf: PageBuilder, top: float, page: _Page, is_first: bool) -> None:
        """Draw the lanes of a page from `top` on."""
        x, setting = self._paper.left, self._setting
        for ln, columns in zip(self._lanes, page, strict=True):
            width = len(columns) * (setting.width + _GAP) + _GAP
            leaf.draw(Box(x, top, width - _GAP / 2, self._paper.bottom - top, PALE, 0.6, HAIRLINE))
            section = Node("section", f"lane {ln.place}", self._head.section)
            self._draw_lane_head(leaf, x, top, width, ln, section if is_first else None)
            y = top + self._lane_head_height(setting.width) + _GAP / 2
            for number, cards in enumerate(columns):
                left = x + _GAP * 0.75 + number * (setting.width + _GAP)
                _draw_column(leaf, left, y, cards, Node("list", 0, section))
            x += width

    def _draw_lane_head(
        self, leaf: PageBuilder, x: float, top: float, width: float, ln: PosterLane,
        section: Node | None,
    ) -> None:  # fmt: skip
        narrow, left = self._setting.width, x + _GAP
        text, lines, size = self._head_lines(ln, narrow)
        heading = Node("heading", 0, section, level=2) if section else ARTIFACT
        if len(lines) > _MOST_HEAD_LINES:
            end = lines[_MOST_HEAD_LINES - 1].end - 1
            text = SetText((Run(text.flow.text.plain[:end] + "…", bold=True),), self._metrics)
            lines = text.lines(narrow, size)[:_MOST_HEAD_LINES]
            heading = ARTIFACT
        else:
            lines = text.lines(width - _GAP, size)
        text.draw(leaf, lines, (left, top + 2, width - _GAP), size, Style(), heading)
        foot = top + self._lane_head_height(narrow)
        node = Node("paragraph", 0, section) if section else ARTIFACT
        count = f"{len(ln.cards)}件"
        leaf.write(left, foot - size * 0.35, small_size(size), count, node, color=SECONDARY)
        leaf.draw(Rule(x, foot, x + width - _GAP / 2, foot, 0.8, SECONDARY))


def _fill(cards: Sequence[CardFace], columns: int, setting: _Setting) -> list[list[CardFace]]:
    """As many of the cards as a page holds, in columns that are about equally high."""
    heights = [card.height + _CARD_GAP for card in cards]
    even = max(sum(heights) / columns, max(heights, default=0.0))
    limit = even
    while limit < setting.room:
        filled = _packed(cards, heights, columns, limit)
        if sum(map(len, filled)) == len(cards):
            return filled
        limit += 8.0
    return _packed(cards, heights, columns, setting.room)


def _packed(
    cards: Sequence[CardFace], heights: Sequence[float], columns: int, limit: float
) -> list[list[CardFace]]:
    filled: list[list[CardFace]] = [[] for _ in range(columns)]
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
    leaf: PageBuilder, x: float, y: float, cards: Sequence[CardFace], lane: Node
) -> None:
    for card in cards:
        card.draw(leaf, x, y, lane)
        y += card.height + _CARD_GAP
