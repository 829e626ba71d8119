"""Where the forms of a grid begin and end, and what each of their cells is."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from app.forms.marks import MARK
from app.intake.forms.sections import Section, sections
from app.intake.grid import Grid, GridCell, Place
from app.intake.words import NAME, Label, Words
from app.intake.year_words import YearWord, year_head

_NUMBER: Final = r"\d+(?:[-－‐‑–—―−ー.．]\d+)*"
_HEAD_LINE: Final = re.compile(
    rf"^(?:(?:[NＮ][oｏ]|№|番号|整理番号|取組|施策|事業)?\s*[.．:：]?\s*(?P<number>{_NUMBER}))?\s*"
    r"(?:【\s*(?P<pillar>[^】：:]+?)\s*[：:>＞／/]\s*(?P<category>[^】]+?)\s*】|【\s*(?P<only>[^】]+?)\s*】)?\s*$",
    re.IGNORECASE,
)
_TURNED: Final = re.compile(r"^(?P<rest>【.+】)\s*(?P<number>(?:[NＮ][oｏ]|№).*)$", re.IGNORECASE)
_STARTS: Final = re.compile(r"^([NＮ][oｏ]|№|番号|整理番号)", re.IGNORECASE)


_FEWEST: Final = 2
# How many empty rows may lie between a form and the line above it.
_APART: Final = 2


@dataclass(frozen=True, slots=True)
class HeadLine:
    """No.1-1 【市民サービス：窓口】 above a form, each part "" if missing."""

    number: str = ""
    pillar: str = ""
    category: str = ""
    badge: str = ""


def head_line(text: str) -> HeadLine | None:
    """The parts of the line above a form, None if the text is no such line."""
    line = text.replace(MARK, "").replace("\n", " ").strip()
    line = _TURNED.sub(r"\g<number> \g<rest>", line)
    found = _HEAD_LINE.match(line) if len(line) <= 100 else None
    if not found or not any(found.groups()) or not (_STARTS.match(line) or found["pillar"]):
        return None
    category = found["category"] or found["only"] or ""
    return HeadLine(found["number"] or "", found["pillar"] or "", category)


def _head_with_badge(text: str, words: Words) -> HeadLine | None:
    """The line above a form, also if 新規掲載 stands at its end."""
    *front, last = text.split() or [""]
    if front and words.badge(last) and (head := head_line(" ".join(front))):
        return replace(head, badge=last)
    return head_line(text)


@dataclass(frozen=True, slots=True)
class Sort:
    """What a cell is: a label, a year, a line above the form, labelled itself, or text."""

    label: Label | None = None
    year: YearWord | None = None
    head: HeadLine | None = None
    parts: tuple[Section, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it can be the value of a label beside it."""
        return not (self.label or self.year or self.head or self.parts)


def sort_of(cell: GridCell, words: Words) -> Sort:
    """What a cell is, by its text alone."""
    if words.badge(cell.text):
        return Sort()
    if label := words.label(cell.text):
        return Sort(label=label)
    if year := year_head(cell.text):
        return Sort(year=year)
    if head := _head_with_badge(cell.text, words):
        return Sort(head=head)
    return Sort(parts=sections(cell.text, words))


@dataclass(frozen=True)
class Block:
    """The rows of a grid that hold one form, and what its cells are."""

    grid: Grid = field(repr=False)
    cells: tuple[GridCell, ...]
    sorts: dict[Place, Sort]

    def sort(self, cell: GridCell) -> Sort:
        """What a cell is."""
        return self.sorts.get(cell.place, Sort())

    @cached_property
    def labels(self) -> tuple[GridCell, ...]:
        """The cells that are labels and nothing else."""
        return tuple(cell for cell in self.cells if self.sort(cell).label)

    @cached_property
    def years(self) -> tuple[GridCell, ...]:
        """The cells that name a year and nothing else, as heads: shaded if labels are."""
        shaded = sum(1 for cell in self.labels if cell.tint) * 2 > len(self.labels)
        years = [cell for cell in self.cells if self.sort(cell).year]
        heads = [cell for cell in years if cell.tint]
        return tuple(heads if shaded and heads else years)


def fields_of(sort: Sort) -> list[str]:
    """The fields that a cell names."""
    named = [sort.label] if sort.label else [part.label for part in sort.parts]
    return [label.field for label in named if label]


def blocks(grid: Grid, cells: tuple[GridCell, ...], words: Words) -> list[Block]:
    """The forms among some cells of a grid, each from its first line to before the next.

    A form is known by a label for its name and one for something else.
    """
    sorts = {cell.place: sort_of(cell, words) for cell in cells}
    starts = _starts(cells, sorts)
    found = []
    for start, end in pairwise([*starts, 1 << 30]):
        inside = tuple(cell for cell in cells if start <= cell.row < end)
        named = {name for cell in inside for name in fields_of(sorts[cell.place])}
        if len(named) >= _FEWEST:
            found.append(Block(grid, inside, {cell.place: sorts[cell.place] for cell in inside}))
    return found


def _starts(cells: tuple[GridCell, ...], sorts: dict[Place, Sort]) -> list[int]:
    """The first row of each form: where its first label stands, or the line above that."""
    rows: dict[str, list[int]] = {}
    for cell in cells:
        for name in set(fields_of(sorts[cell.place])):
            rows.setdefault(name, []).append(cell.row)
    names = rows.get(NAME, [])
    if not names:
        return []
    # The label that a form begins with stands in every form once, and never after the name.
    first = next(
        found for found in rows.values()
        if len(found) == len(names) and all(a <= b for a, b in zip(found, names, strict=True))
    )  # fmt: skip
    return [_with_line_above(row, cells, sorts) for row in sorted(set(first))]


def _with_line_above(row: int, cells: tuple[GridCell, ...], sorts: dict[Place, Sort]) -> int:
    """The row of the line above a form, which may stand a little apart, with what is beside it."""
    heads = [c for c in cells if sorts[c.place].head and row - _APART <= c.bottom <= row]
    while heads:
        row = min(c.row for c in cells if any(c.shares_rows(head) for head in heads))
        heads = [c for c in cells if sorts[c.place].head and c.bottom == row]
    return row
