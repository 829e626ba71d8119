"""Blocks: what a paper consists of, before anyone knows on which page it stands.

A paper is a sequence of blocks. `app.documents.flow.layouter` makes pages of them; a writer of
another format (Word, Excel, HTML) reads the same blocks. Blocks are values. Lengths and sizes
are points, colours RRGGBB; "" as a colour is none.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from app.documents.pages.drawing import BLACK
from app.documents.pages.page_builder import Align
from app.documents.pages.structure import Scope
from app.documents.pages.typesetting import LEADING
from app.forms.marks import segments, unmarked

Strike = Literal["", "single", "double"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. Line ends (LF) in it begin a new line.

    `color` "" is that of the block's style. `link` is the anchor that it leads to. A run with
    `page_of` stands for the number of the page that anchor is on; its `text` only keeps the
    room. `note` is a footnote that is called after the run; its sign (※1) is made when the
    paper is laid out.
    """

    text: str
    bold: bool = False
    underline: bool = False
    strike: Strike = ""
    tint: str = ""
    color: str = ""
    link: str = ""
    page_of: str = ""
    note: "Runs" = ()


Runs = tuple[Run, ...]


def runs_of(text: str, bold: bool = False) -> Runs:
    """Plan text (`**` marks bold) as runs; `bold` makes all of it bold."""
    marked = unmarked(text)
    if bold:
        return (Run(marked.plain, bold=True),)
    parts = segments(marked, 0, len(marked.plain))
    return tuple(Run(marked.plain[start:end], bold=is_bold) for start, end, is_bold in parts)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: `leading` is the distance of lines as a multiple of the size.

    `above` and `below` are kept free around it (not `above` at the top of a page), `indent` at
    its left, `right` at its right. `rule` is the width of a line across the page, `gap` below
    the text. A text that is longer than a line is set smaller, down to `smallest`, if that keeps
    it on one.
    """

    size: float = 10.5
    leading: float = LEADING
    align: Align = "left"
    color: str = BLACK
    above: float = 0.0
    below: float = 0.0
    indent: float = 0.0
    right: float = 0.0
    rule: float = 0.0
    gap: float = 0.0
    smallest: float = 0.0


PLAIN: Final = Style()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6. It stays with what follows; `anchor` is where links lead."""

    runs: Runs
    level: int = 1
    style: Style = PLAIN
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `keep`: it stays with what follows, as a lead or a caption does."""

    runs: Runs
    style: Style = PLAIN
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; what follows its sign hangs. `level` 0 is the outermost list."""

    runs: Runs
    sign: str = "・"
    level: int = 0


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list."""

    items: tuple[Item, ...]
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over `rows` and `columns`.

    `scope` makes it a head (of its row, its column). A `repeated` text of a merged cell is
    printed again on every page the cell goes over; any other flows on. `vertical` text runs
    downwards, at a size between that of its style and the smallest, and is always repeated.
    `middle` centres the text in the height. `link` makes the whole cell lead to an anchor.
    Without a `style` of its own it has the table's.
    """

    runs: Runs = ()
    rows: int = 1
    columns: int = 1
    style: Style | None = None
    scope: Scope = ""
    middle: bool = False
    tint: str = ""
    repeated: bool = False
    vertical: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the cells that begin in it, from the left, where cells from above leave room.

    A row that is `whole` is not cut by a page end unless it is higher than a page; one that
    `leads` (a head inside the table) stays with the next. `anchor` is where links lead; `rule`
    is the width of the line above it, if that is another than the table's, `height` the least
    height.
    """

    cells: tuple[Cell, ...]
    whole: bool = False
    leads: bool = False
    anchor: str = ""
    rule: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table (pt, 0 for none) and how far texts keep from them."""

    frame: float = 0.8
    row: float = 0.4
    column: float = 0.4
    color: str = BLACK
    beside: float = 3.5
    above: float = 3.5


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` are shares of its width; the first `heads` rows stand on every page.

    Heads that are higher than a third of a page do not.

    A cell grows with its text; rows grow with merged cells. `width` is that of the table, 0
    for all there is.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: int = 0
    style: Style = PLAIN
    lines: Lines = field(default_factory=Lines)
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the bytes of a PNG or JPEG, its size, what it shows in words.

    One that is larger than the page is made smaller. `keep`: its caption, which is the next
    block, stays with it. `frame` is the width of the line around it, `above` the room above it.
    """

    data: bytes
    width: float
    height: float
    alternative: str
    keep: bool = False
    frame: float = 0.0
    above: float = 4.0


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of a table of contents: a title, and the page of its anchor. `level` 0 is a part."""

    title: str
    anchor: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Spacer:
    """Room that is left free, not at the top of a page. `rule` draws a line at its foot.

    A line begins `outdent` left of the text. `fills`: as much is left free as puts what follows
    at the foot of the page, if all of it has room there.
    """

    height: float = 0.0
    rule: float = 0.0
    color: str = BLACK
    outdent: float = 0.0
    fills: bool = False


Block = (
    Heading | Paragraph | ItemList | Table | Picture | ContentsLine | PageBreak | Spacer
)  # fmt: skip
