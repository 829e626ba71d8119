"""The pages of a book that hold no sheet: cover, texts, the title page of a pillar, colophon."""

from datetime import date
from typing import Final

from app.documents.book.front_matter import full_title, matter, plan_years, term_years
from app.documents.pages.drawing import Box, Rule
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.shades import ACCENT, HAIRLINE, SECONDARY, ink_on, pillar_shade
from app.documents.pages.typesetting import LEADING, text_width
from app.forms.fitting.metrics import FontMetrics
from app.plan.entities import Pillar
from app.plan.lists.listing import home_initiatives
from app.plan.periods.fiscal_year import month_name, western_date
from app.plan.plan import Plan
from app.plan.texts.plain_text import bulleted

COVER, TEXT, PILLAR, COLOPHON = "cover", "text", "pillar", "colophon"
_TITLE_SIZES: Final = (32.0, 28.0, 24.0, 20.0)
_MOST_TEXT_WIDTH: Final = 40.0


def cover(plan: Plan, paper: Paper, metrics: FontMetrics) -> PageBuilder:
    """The cover: city, title, term, edition, date."""
    leaf, profile = PageBuilder(paper, metrics, COVER), plan.profile
    left, width = paper.left + 34, paper.inner_width - 34
    leaf.draw(Box(paper.left, paper.top, 9, paper.inner_height, fill=ACCENT))
    leaf.write(left, paper.top + 16, 15, profile.municipality)
    y = paper.top + paper.inner_height * 0.27
    y += leaf.paragraph(left, y, width, _title_size(leaf, profile.title, width), profile.title,
                        bold=True, color=ACCENT)  # fmt: skip
    if profile.subtitle:
        y += 8 + leaf.paragraph(left, y + 8, width, 20, profile.subtitle, bold=True)
    y += 20
    leaf.draw(Rule(left, y, left + width, y, 0.8, HAIRLINE))
    y += 14
    for label, text in (("計画期間", plan_years(plan)), ("", term_years(plan))):
        if text:
            words = f"{label}　{text}" if label else f"　　　　　{text}"
            y += leaf.paragraph(left, y, width, 12, words, leading=1.7)
    _draw_issue(leaf, plan)
    return leaf


def _title_size(leaf: PageBuilder, title: str, width: float) -> float:
    """The largest size at which the title takes two lines at most."""
    probe = PageBuilder(leaf.paper, leaf.metrics)
    for size in _TITLE_SIZES:
        if probe.paragraph(0, 0, width, size, title, bold=True) <= 2 * size * LEADING + 0.1:
            return size
    return _TITLE_SIZES[-1]


def _draw_issue(leaf: PageBuilder, plan: Plan) -> None:
    paper, profile = leaf.paper, plan.profile
    baseline = paper.bottom - 6
    leaf.write(paper.right, baseline, 18, profile.municipality, bold=True, align="right")
    lines = [month_name(profile.issued), profile.edition or ""]
    for line in filter(None, lines):
        baseline -= 26
        leaf.write(paper.right, baseline, 13, line, align="right")


def heading(leaf: PageBuilder, text: str) -> float:
    """Write the heading at the top of a page; where the page goes on, in points from the top."""
    paper = leaf.paper
    leaf.paragraph(paper.left, paper.top, paper.inner_width, 18, text, bold=True, color=ACCENT)
    y = paper.top + 18 * LEADING + 5
    leaf.draw(Rule(paper.left, y, paper.right, y, 1.2))
    return y + 14


def text_page(title: str, text: str, paper: Paper, metrics: FontMetrics) -> list[PageBuilder]:
    """A text under its title, on as many pages as it takes; paragraphs stay whole."""
    leaves: list[PageBuilder] = []
    size, leading = 11.5, 1.75
    width = min(paper.inner_width, _MOST_TEXT_WIDTH * size * 1.35)
    y = paper.bottom + 1
    for paragraph in text.split("\n"):
        height = PageBuilder(paper, metrics).paragraph(
            0, 0, width, size, paragraph or " ", leading=leading
        )
        if y + height > paper.bottom:
            leaf = PageBuilder(paper, metrics, TEXT)
            y = heading(leaf, title + ("（つづき）" if leaves else ""))
            leaves.append(leaf)
        y += leaves[-1].paragraph(paper.left, y, width, size, paragraph or " ", leading=leading)
    return leaves


def pillar_title(plan: Plan, pillar: Pillar, paper: Paper, metrics: FontMetrics) -> PageBuilder:
    """The page in front of a pillar's sheets: its place, name, vision, what stands under it."""
    leaf = PageBuilder(paper, metrics, PILLAR)
    place = [p.id for p in plan.pillars.under()].index(pillar.id)
    shade = pillar_shade(place)
    side = 74.0
    top = paper.top + paper.inner_height * 0.16
    leaf.draw(Box(paper.left, top, side, side, fill=shade, line=0.8))
    leaf.write(paper.left + side / 2, top + 54, 46, str(place + 1), bold=True,
               color=ink_on(shade), align="center")  # fmt: skip
    left = paper.left + side + 22
    width = paper.right - left
    y = top + leaf.paragraph(left, top, width, 28, pillar.name, bold=True)
    if pillar.vision:
        y += 4 + leaf.paragraph(left, y + 4, width, 13, pillar.vision, leading=1.6)
    y = max(y, top + side) + 18
    leaf.draw(Rule(paper.left, y, paper.right, y, 1.2))
    y += 12
    for state in pillar.desired_states:
        y += leaf.paragraph(left, y, width, 11.5, bulleted(state), leading=1.7)
    _draw_counts(leaf, plan, pillar, left, y + 10)
    return leaf


def _draw_counts(leaf: PageBuilder, plan: Plan, pillar: Pillar, left: float, y: float) -> None:
    """How many initiatives stand under the pillar, and under each of its categories."""
    initiatives = home_initiatives(plan, pillar)
    size, height = 9.5, 15.0
    leaf.write(left, y + height, size + 1, f"取組 {len(initiatives)}件", bold=True)
    counts = [
        (category.name, sum(i.categories[0] == category.id for i in initiatives))
        for category in plan.categories.under(pillar.id)
    ]
    words = [f"{name}　{count}件" for name, count in counts if count]
    widest = max((text_width(word, size, leaf.metrics) for word in words), default=0.0) + 20
    columns = max(1, int((leaf.paper.right - left) / widest)) if words else 1
    for n, word in enumerate(words):
        x, row = left + n % columns * widest, n // columns
        leaf.write(x, y + height * (row + 2.3), size, word, color=SECONDARY)


def colophon(plan: Plan, paper: Paper, metrics: FontMetrics, day: date | None) -> PageBuilder:
    """The last page: what the book is, who publishes it, its editions, when it was made."""
    leaf = PageBuilder(paper, metrics, COLOPHON)
    facts = [
        ("書名", full_title(plan)),
        ("版", plan.profile.edition or ""),
        ("発行年月", month_name(plan.profile.issued)),
        ("発行", matter(plan, "publisher")),
        ("版の履歴", matter(plan, "history")),
        ("作成日", western_date(day) if day else ""),
    ]
    facts = [(label, text) for label, text in facts if text]
    label_width, size = 74.0, 10.5
    width = min(paper.inner_width, 460.0)
    left = paper.left
    text_width = width - label_width
    probe = PageBuilder(paper, metrics)
    heights = [probe.paragraph(0, 0, text_width, size, text) + 8 for _, text in facts]
    y = max(paper.top, paper.bottom - sum(heights) - 10)
    leaf.write(left, y - 8, 13, "奥付", bold=True)
    leaf.draw(Rule(left, y, left + width, y, 1.2))
    for (label, text), height in zip(facts, heights, strict=True):
        leaf.paragraph(left + 4, y + 4, label_width - 4, size, label, bold=True)
        leaf.paragraph(left + label_width, y + 4, text_width, size, text)
        y += height
        leaf.draw(Rule(left, y, left + width, y, 0.4, HAIRLINE))
    leaf.draw(Rule(left, y, left + width, y, 1.2))
    return leaf
