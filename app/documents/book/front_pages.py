"""The pages of a book that hold no sheet: cover, texts, the title page of a pillar, colophon."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from app.documents.book.front_matter import full_title, matter, plan_years, term_years
from app.documents.flow.blocks import (
    Block,
    Cell,
    Heading,
    Item,
    ItemList,
    Lines,
    Paragraph,
    Row,
    Run,
    Spacer,
    Style,
    Table,
    runs_of,
)
from app.documents.flow.layouter import Area, height_of, lay_out
from app.documents.flow.titles import TitledPages
from app.documents.pages.drawing import Box
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.shades import ACCENT, HAIRLINE, SECONDARY, ink_on, pillar_shade
from app.documents.pages.structure import Node
from app.documents.pages.typesetting import LEADING, text_width
from app.forms.fitting.metrics import FontMetrics
from app.plan.entities import Pillar
from app.plan.lists.listing import home_initiatives
from app.plan.periods.fiscal_year import month_name, western_date
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_bullet

COVER, TEXT, PILLAR, COLOPHON = "cover", "text", "pillar", "colophon"
TITLE: Final = Style(18.0, color=ACCENT, gap=5.0, rule=1.2, below=14.0)
"""The title at the head of a page."""
_TITLE_SIZES: Final = (32.0, 28.0, 24.0, 20.0)
_MOST_TEXT_WIDTH: Final = 40.0
# The bar beside the cover, and how far the texts keep from it.
_BAR, _FROM_BAR = 9.0, 34.0
# The square with the number of a pillar, and how far its texts keep from the edge.
_SQUARE, _FROM_EDGE = 74.0, 96.0
_COLOPHON_WIDTH, _LABEL_WIDTH = 460.0, 70.0


def cover(plan: Plan, paper: Paper, metrics: FontMetrics) -> list[PageBuilder]:
    """The cover: city, title, term, edition, date. It is one page unless texts are very long."""
    leaves: list[PageBuilder] = []
    width = paper.inner_width - _FROM_BAR

    def open_page(height_left: Callable[[], float]) -> Sequence[Area]:
        leaf = PageBuilder(paper, metrics, COVER)
        leaves.append(leaf)
        leaf.draw(Box(paper.left, paper.top, _BAR, paper.inner_height, fill=ACCENT))
        return [Area(leaf, paper.left + _FROM_BAR, paper.top, width, paper.bottom)]

    above = Style(15.0, leading=1.37)
    to_title = paper.inner_height * 0.27 - above.size * above.leading
    blocks = [
        *_lines(plan.profile.municipality, above),
        Spacer(max(0.0, to_title)),
        *_cover_titles(plan, width, metrics),
        *_issue(plan),
    ]
    lay_out(blocks, (width, paper.inner_height), open_page, Node("section", COVER), metrics)
    return leaves


def _lines(text: str, style: Style, bold: bool = False) -> list[Block]:
    """A paragraph, none for no text."""
    return [Paragraph(runs_of(text, bold), style)] if text else []


def _cover_titles(plan: Plan, width: float, metrics: FontMetrics) -> list[Block]:
    profile = plan.profile
    title, subtitle = Run(profile.title, bold=True), Run(profile.subtitle or "", bold=True)
    blocks: list[Block] = [Heading((title,), 1, _title_style(title, width, metrics))]
    if subtitle.text:
        blocks.append(Paragraph((subtitle,), Style(20.0, above=8.0)))
    blocks += [Spacer(20.0, rule=0.8, color=HAIRLINE), Spacer(14.0)]
    facts = Style(12.0, leading=1.7)
    for label, text in (("計画期間", plan_years(plan)), ("　　　　", term_years(plan))):
        if text:
            blocks += _lines(f"{label}　{text}", facts)
    return blocks


def _title_style(title: Run, width: float, metrics: FontMetrics) -> Style:
    """The largest size at which the title takes two lines at most."""
    for size in _TITLE_SIZES:
        style = Style(size, color=ACCENT)
        if height_of([Paragraph((title,), style)], width, metrics) <= 2 * size * LEADING + 0.1:
            return style
    return Style(_TITLE_SIZES[-1], color=ACCENT)


def _issue(plan: Plan) -> list[Block]:
    """At the foot of the cover: edition, month, city."""
    profile = plan.profile
    line = Style(13.0, leading=2.0, align="right")
    city = Style(18.0, leading=22.2 / 18, align="right", below=1.74)
    return [
        Spacer(fills=True),
        *_lines(profile.edition or "", line),
        *_lines(month_name(profile.issued), line),
        *_lines(profile.municipality, city, bold=True),
    ]


def text_page(
    name: str, title: str, text: str, paper: Paper, metrics: FontMetrics
) -> list[PageBuilder]:
    """A text of the book under its title, on as many pages as it takes."""
    style = Style(11.5, leading=1.75)
    heading = Heading((Run(title, bold=True),), 1, TITLE)
    pages = TitledPages(heading, paper, metrics, TEXT)
    width = min(paper.inner_width, _MOST_TEXT_WIDTH * style.size * LEADING)
    narrow = Style(style.size, style.leading, right=paper.inner_width - width)
    blocks: list[Block] = [heading]
    blocks += [Paragraph(runs_of(paragraph), narrow) for paragraph in text.split("\n")]
    lay_out(blocks, pages.room, pages.open, Node("section", name), metrics)
    return pages.leaves


def pillar_title(
    plan: Plan, pillar: Pillar, paper: Paper, metrics: FontMetrics, section: Node
) -> list[PageBuilder]:
    """The page in front of a pillar's sheets: its place, name, vision, what stands under it."""
    name = Heading((Run(pillar.name, bold=True),), 1, Style(28.0))
    again = Style(14.0, gap=4.0, rule=1.2, below=14.0)
    pages = TitledPages(name, paper, metrics, PILLAR, again)
    width = paper.inner_width - _FROM_EDGE

    def open_page(height_left: Callable[[], float]) -> Sequence[Area]:
        (area,) = pages.open(height_left)
        top = area.top
        if len(pages.leaves) == 1:
            top += paper.inner_height * 0.16
            _draw_square(plan, pillar, area.page, top, section)
        return [Area(area.page, area.left + _FROM_EDGE, top, width, area.bottom)]

    blocks = _pillar_blocks(plan, pillar, name, width, metrics)
    lay_out(blocks, (width, paper.inner_height), open_page, section, metrics)
    return pages.leaves


def _draw_square(plan: Plan, pillar: Pillar, leaf: PageBuilder, top: float, section: Node) -> None:
    """The number of the pillar on its tone."""
    place = [p.id for p in plan.pillars.under()].index(pillar.id)
    shade, left = pillar_shade(place), leaf.paper.left
    leaf.draw(Box(left, top, _SQUARE, _SQUARE, fill=shade, line=0.8))
    node = Node("paragraph", "place", section)
    leaf.write(left + _SQUARE / 2, top + 54, 46, str(place + 1), node, bold=True,
               color=ink_on(shade), align="center")  # fmt: skip


def _pillar_blocks(
    plan: Plan, pillar: Pillar, name: Heading, width: float, metrics: FontMetrics
) -> list[Block]:
    above: list[Block] = [name, *_lines(pillar.vision or "", Style(13.0, 1.6, above=4.0))]
    under = max(0.0, _SQUARE - height_of(above, width, metrics)) + 18
    items = tuple(Item(runs_of(without_bullet(state))) for state in pillar.desired_states)
    states = [ItemList(items, Style(11.5, leading=1.7))] if items else []
    return [
        *above,
        Spacer(under, rule=1.2, outdent=_FROM_EDGE),
        Spacer(12.0),
        *states,
        Spacer(10.0),
        *_counts(plan, pillar, width, metrics),
    ]


def _counts(plan: Plan, pillar: Pillar, width: float, metrics: FontMetrics) -> list[Block]:
    """How many initiatives stand under the pillar, and under each of its categories."""
    initiatives = home_initiatives(plan, pillar)
    all_of_them = (Run(f"取組 {len(initiatives)}件", bold=True),)
    blocks: list[Block] = [Paragraph(all_of_them, Style(10.5, leading=22.02 / 10.5), keep=True)]
    counts = [
        (category.name, sum(i.categories[0] == category.id for i in initiatives))
        for category in plan.categories.under(pillar.id)
    ]
    words = [f"{name}　{count}件" for name, count in counts if count]
    if not words:
        return blocks
    style = Style(9.5, leading=15 / 9.5, above=1.37, color=SECONDARY)
    widest = min(width, max(text_width(word, style.size, metrics) for word in words) + 20)
    columns = max(1, int(width / widest))
    cells = [Cell((Run(word),)) for word in words]
    rows = [Row(tuple(cells[n : n + columns])) for n in range(0, len(cells), columns)]
    no_lines = Lines(0.0, 0.0, 0.0, beside=0.0, above=0.0)
    widths = (widest,) * columns
    return [*blocks, Table(widths, tuple(rows), 0, style, no_lines, columns * widest)]


def colophon(plan: Plan, paper: Paper, metrics: FontMetrics, day: date | None) -> list[PageBuilder]:
    """The last page: what the book is, who publishes it, its editions, when it was made."""
    facts = [
        ("書名", full_title(plan)),
        ("版", plan.profile.edition or ""),
        ("発行年月", month_name(plan.profile.issued)),
        ("発行", matter(plan, "publisher")),
        ("版の履歴", matter(plan, "history")),
        ("作成日", western_date(day) if day else ""),
    ]
    rows = tuple(
        Row((Cell((Run(label, bold=True),), scope="row"), Cell(runs_of(text))))
        for label, text in facts
        if text
    )
    title = Heading((Run("奥付", bold=True),), 1, Style(13.0, below=4.17))
    pages = TitledPages(title, paper, metrics, COLOPHON, width=_COLOPHON_WIDTH)
    lines = Lines(1.2, 0.4, 0.0, HAIRLINE, beside=4.0, above=4.0)
    table = Table((_LABEL_WIDTH, pages.width - _LABEL_WIDTH), rows, lines=lines)
    blocks: list[Block] = [Spacer(fills=True), title, table, Spacer(10.0)]
    lay_out(blocks, pages.room, pages.open, Node("section", COLOPHON), metrics)
    return pages.leaves
