"""What stands above the board: title, edition, day, pages, and what the tones of pillars mean.

Each fits on its line as a rule. If one does not, it is shortened there, and the poster begins
with a page that has all of it. Lengths are points.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.documents.book.front_matter import full_title
from app.documents.flow.blocks import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Row,
    Run,
    Spacer,
    Style,
    Table,
)
from app.documents.flow.layouter import lay_out
from app.documents.flow.titles import TitledPages
from app.documents.pages.drawing import Box, Rule
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.shades import SECONDARY, ink_on, pillar_shade
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import shortened, text_width
from app.forms.fitting.metrics import FontMetrics
from app.forms.fitting.pagination import CONTINUED
from app.plan.board.cards import pillar_word
from app.plan.entities import Pillar
from app.plan.periods.fiscal_year import western_date
from app.plan.plan import Plan

BOARD: Final = "board"
_TITLE_SHARE: Final = 0.72
_SMALLEST_TITLE: Final = 9.0
_LEGEND_ROWS: Final = 4
_EXPLANATION: Final = "枠の中の語：右上は新規・再掲、右下は現状"


class PosterHead:
    """The head of every page of a poster. `section` is the poster in the structure."""

    def __init__(
        self, plan: Plan, metrics: FontMetrics, paper: Paper, scale: float, day: date | None
    ) -> None:
        """`scale` is 1 on A3."""
        self._plan, self._metrics, self._paper, self._scale = plan, metrics, paper, scale
        self.section = Node("section", BOARD)
        self._title = full_title(plan) + "　カンバン"
        day_word = western_date(day) if day else ""
        self._facts = "　".join(filter(None, (plan.profile.edition or "", day_word)))
        self._pillars = plan.pillars.under()
        self._legend_size = max(7.0, 9 * scale)
        self._facts_size = max(8.0, 9.5 * scale)
        self._rows = self._legend_rows()

    @property
    def is_whole(self) -> bool:
        """Whether all of it fits on the pages of the board."""
        title = self._width(self._title, self._title_size(self._title), bold=True)
        return (
            title <= self._paper.inner_width * _TITLE_SHARE
            and self._width(self._facts, self._facts_size) <= self._facts_room
            and len(self._rows) <= _LEGEND_ROWS
            and all(self._item_width(p) <= self._paper.inner_width for p in self._pillars)
        )

    @property
    def height(self) -> float:
        """How much of a page it takes."""
        further = max(0, min(len(self._rows), _LEGEND_ROWS) - 1)
        return 46.0 * self._scale + 6 + further * self._legend_step

    @property
    def _legend_step(self) -> float:
        return self._legend_size * 1.6

    @property
    def _facts_room(self) -> float:
        """What the title leaves, and 1／12ページ behind the facts."""
        title = self._title + CONTINUED
        size = self._title_size(title)
        used = min(self._width(title, size, bold=True), self._paper.inner_width * _TITLE_SHARE)
        return self._paper.inner_width - used - 9 * self._facts_size

    def _width(self, text: str, size: float, bold: bool = False) -> float:
        return text_width(text, size, self._metrics, bold)

    def _title_size(self, title: str) -> float:
        size, room = 17 * self._scale, self._paper.inner_width * _TITLE_SHARE
        while size > _SMALLEST_TITLE and self._width(title, size, bold=True) > room:
            size -= 0.5
        return size

    def draw(self, leaf: PageBuilder, number: int, count: int) -> float:
        """Draw it on page `number` of `count`; where the lanes begin."""
        paper, scale, is_first = self._paper, self._scale, number == 1
        title = self._title + ("" if is_first else CONTINUED)
        size, room = self._title_size(title), paper.inner_width * _TITLE_SHARE
        title = shortened(title, room, size, self._metrics, bold=True)
        heading = Node("heading", 0, self.section, level=1)
        leaf.write(paper.left, paper.top + 16 * scale, size, title,
                   self._content(heading, is_first), bold=True)  # fmt: skip
        facts = shortened(self._facts, self._facts_room, self._facts_size, self._metrics)
        pages = f"{number}／{count}ページ" if count > 1 else ""
        x, baseline = paper.right, paper.top + 14 * scale
        if pages:
            x -= leaf.write(x, baseline, self._facts_size, pages, ARTIFACT, align="right")
            x -= self._facts_size
        node = self._content(Node("paragraph", "facts", self.section), is_first)
        leaf.write(x, baseline, self._facts_size, facts, node, align="right")
        foot = self._draw_legend(leaf, paper.top + 37 * scale, is_first) + 6 * scale
        leaf.draw(Rule(paper.left, foot, paper.right, foot, 1.2))
        return paper.top + self.height

    def _content(self, node: Node, is_first: bool) -> Node:
        """What is read of the head: only what stands here whole, for the first time."""
        return node if is_first and self.is_whole else ARTIFACT

    def _item_width(self, pillar: Pillar) -> float:
        word = pillar_word(self._plan, pillar.id)
        return self._width(word + pillar.name, self._legend_size) + self._legend_size * 1.2

    def _legend_rows(self) -> list[list[Pillar]]:
        """The pillars in rows of the legend."""
        rows: list[list[Pillar]] = [[]]
        x = 0.0
        for pillar in self._pillars:
            width = self._item_width(pillar)
            if rows[-1] and x + width > self._paper.inner_width:
                rows.append([])
                x = 0.0
            rows[-1].append(pillar)
            x += width + self._legend_size * 1.6
        return rows

    def _draw_legend(self, leaf: PageBuilder, baseline: float, is_first: bool) -> float:
        """The pillars with their tones; the baseline of the last row."""
        size, rows = self._legend_size, self._rows[:_LEGEND_ROWS]
        x, places = self._paper.left, {p.id: n for n, p in enumerate(self._pillars)}
        for number, row in enumerate(rows):
            x = self._paper.left
            baseline += self._legend_step if number else 0.0
            for pillar in row:
                x = self._draw_item(leaf, x, baseline, pillar, places[pillar.id], is_first)
        if x + self._width(_EXPLANATION, size) <= self._paper.right:
            node = self._content(Node("paragraph", "explanation", self.section), is_first)
            leaf.write(self._paper.right, baseline, size, _EXPLANATION, node,
                       color=SECONDARY, align="right")  # fmt: skip
        return baseline

    def _draw_item(
        self, leaf: PageBuilder, x: float, baseline: float, pillar: Pillar, place: int,
        is_first: bool,
    ) -> float:  # fmt: skip
        """A pillar's word on its tone, and its name; where the next begins."""
        size, shade = self._legend_size, pillar_shade(place)
        word = pillar_word(self._plan, pillar.id)
        node = self._content(Node("paragraph", f"pillar {pillar.id}", self.section), is_first)
        width = self._width(word, size) + size * 0.8
        box = Box(x, baseline - size, width, size * 1.3, fill=shade, line=0.4, color=SECONDARY)
        leaf.draw(box)
        leaf.write(x + size * 0.4, baseline, size, word, node, color=ink_on(shade))
        x += width + size * 0.4
        name = shortened(pillar.name, self._paper.right - x, size, self._metrics)
        return x + leaf.write(x, baseline, size, name, node) + size * 1.6

    def legend_pages(self, stages: Sequence[str]) -> list[PageBuilder]:
        """Pages with all that has no room above the board; `stages` are the heads of lanes."""
        heading = Heading((Run(self._title, bold=True),), 1, Style(17.0, below=6.0))
        pages = TitledPages(heading, self._paper, self._metrics, BOARD, Style(9.0, below=6.0))
        text = Style(10.0)
        blocks: list[Block] = [heading, Paragraph((Run(self._facts),), text), Spacer(8.0)]
        rows = []
        for place, pillar in enumerate(self._pillars):
            shade, word = pillar_shade(place), pillar_word(self._plan, pillar.id)
            head = Cell((Run(word, color=ink_on(shade)),), scope="row", tint=shade)
            rows.append(Row((head, Cell((Run(pillar.name),)))))
        rows += [Row((Cell((Run("段階"),), scope="row"), Cell((Run(s),)))) for s in stages]
        blocks.append(Table((60.0, pages.width - 60.0), tuple(rows), style=text))
        blocks.append(Paragraph((Run(_EXPLANATION),), Style(10.0, above=8.0)))
        lay_out(blocks, pages.room, pages.open, self.section, self._metrics)
        return pages.leaves
