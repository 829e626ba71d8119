"""The table of contents (目次): one line for each part of a book, with its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.book.front_pages import heading
from app.documents.pages.drawing import Link, Rule
from app.documents.pages.page_builder import PageBuilder, Paper, Reference
from app.documents.pages.shades import HAIRLINE
from app.documents.pages.typesetting import shortened
from app.forms.fitting.metrics import FontMetrics

CONTENTS: Final = "contents"
_SIZES: Final = (12.0, 10.5)
_ROWS: Final = (23.0, 18.0)
_INDENT: Final = 18.0
_GUTTER: Final = 40.0
_PAGE_ROOM: Final = 30.0


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents; `level` 0 is a part, 1 stands inside one."""

    title: str
    anchor: str
    level: int = 0


def contents_pages(
    entries: Sequence[ContentsLine], paper: Paper, metrics: FontMetrics
) -> list[PageBuilder]:
    """The contents on as many pages as they take; two columns where the paper is wide."""
    columns = 2 if paper.width > paper.height else 1
    leaves: list[PageBuilder] = []
    column, y, top, end = columns, 0.0, 0.0, 0.0
    for number, entry in enumerate(entries):
        if column == columns or y + _need(entries, number) > end:
            column += 1
            if column >= columns:
                leaf = PageBuilder(paper, metrics, CONTENTS)
                top = heading(leaf, "目次" + ("（つづき）" if leaves else ""))
                end = top + _column_height(entries[number:], paper.bottom - top, columns)
                leaves.append(leaf)
                column = 0
            y = top
        _draw_entry(leaves[-1], entry, _column(paper, columns, column), y)
        y += _ROWS[entry.level]
    return leaves


def _need(entries: Sequence[ContentsLine], number: int) -> float:
    """The room a line needs: a part is not left alone at the foot of a column."""
    following = entries[number + 1 : number + 2]
    alone = entries[number].level == 0 and any(entry.level for entry in following)
    return _ROWS[entries[number].level] + (2 * _ROWS[1] if alone else 0.0)


def _column_height(entries: Sequence[ContentsLine], room: float, columns: int) -> float:
    """How high the columns of a page are: on the last page about even."""
    total = sum(_ROWS[entry.level] for entry in entries)
    return min(room, total / columns + 2 * _ROWS[0]) if columns > 1 else room


def _column(paper: Paper, columns: int, column: int) -> tuple[float, float]:
    width = (paper.inner_width - _GUTTER * (columns - 1)) / columns
    left = paper.left + column * (width + _GUTTER)
    return left, left + width


def _draw_entry(
    leaf: PageBuilder, entry: ContentsLine, column: tuple[float, float], y: float
) -> None:
    left, right = column
    size, height = _SIZES[entry.level], _ROWS[entry.level]
    x, is_part = left + _INDENT * entry.level, entry.level == 0
    baseline = y + height - 6
    title = shortened(entry.title, right - _PAGE_ROOM - x, size, leaf.metrics, is_part)
    end = x + leaf.write(x, baseline, size, title, bold=is_part) + 6
    if end < right - _PAGE_ROOM:
        middle = baseline - size * 0.3
        leaf.draw(Rule(end, middle, right - _PAGE_ROOM, middle, 0.35, HAIRLINE))
    leaf.draw(
        Reference(right, baseline, size, entry.anchor),
        Link(left, y, right - left, height, entry.anchor),
    )  # fmt: skip
