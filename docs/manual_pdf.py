"""The manual as pages: Markdown tokens become blocks, set by the layouter of the plan's papers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from markdown_it.token import Token
from PIL import Image

from app.documents.flow.blocks import (
    Block,
    Cell,
    ContentsLine,
    Heading,
    Item,
    ItemList,
    Lines,
    Paragraph,
    Picture,
    Row,
    Run,
    Runs,
    Style,
    Table,
)
from app.documents.flow.layouter import Area, lay_out
from app.documents.flow.titles import TitledPages
from app.documents.pages.drawing import Bookmark, Document, Rule
from app.documents.pages.page_builder import PageBuilder, Paper
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import text_width
from app.forms.fitting.layout import MM
from app.forms.fitting.metrics import FontMetrics
from docs.manual_source import PARSER, TITLE
from storage.pdf.fonts import find_fonts
from storage.pdf.writer import pdf_bytes
from ui.desktop.help.chapters import FOLDER, Chapter
from ui.desktop.help.manual import KEYS

A4: Final = Paper(210 * MM, 297 * MM, 25 * MM, 22 * MM, 190 * MM, 273 * MM)
ACCENT, TINT, FAINT, LINE = "12506B", "E9EDF1", "4A5765", "9AA7B3"
_HEADS: Final = {
    1: Style(20.0, leading=1.65, color=ACCENT, below=4.0),
    2: Style(13.5, leading=1.65, color=ACCENT, above=10.0, below=4.0),
    3: Style(11.0, leading=1.65, color=ACCENT, above=10.0, below=4.0),
}
_TEXT: Final = Style(10.0, leading=1.65, below=5.0)
_ITEM: Final = Style(10.0, leading=1.65, indent=4.0, below=3.0)
_CELL: Final = Style(9.5, leading=1.42, above=3.0, below=8.0)
_CAPTION: Final = Style(8.5, leading=1.65, color=FAINT, above=3.0, below=6.0)
_LINES: Final = Lines(0.5, 0.5, 0.5, LINE, beside=6.0, above=3.0)
_LARGEST_PIXEL: Final = 0.55  # pt: a picture is not drawn larger than this for each pixel


@dataclass(slots=True)
class Reading:
    """Where one is in the Markdown of a chapter while it is read token by token."""

    chapter: str
    depth: int = 0
    level: int = 0
    sections: int = 0
    sign: str = ""
    rows: list[list[Runs]] = field(default_factory=list)

    def note(self, token: Token) -> None:
        """Remember what the next words belong to."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif token.type == "list_item_open":
            self.sign = f"{token.info}. " if token.info else "・"
        elif token.type == "heading_open":
            self.level = int(token.tag[1])
            self.sections += self.level > 1
        elif token.type == "tr_open":
            self.rows.append([])

    def blocks(self, token: Token) -> Iterator[Block | Item]:
        """The blocks that a token's words are; none for those of a table."""
        runs, picture = inline(token)
        if self.rows:
            self.rows[-1].append(runs)
        elif picture:
            yield from illustration(FOLDER / picture, runs)
        elif self.level:
            level, self.level = self.level, 0
            anchor = f"{self.chapter}-{self.sections}" if level > 1 else self.chapter
            bold = tuple(replace(run, bold=True) for run in runs)
            yield Heading(bold, level, _HEADS[level], anchor)
        elif self.depth:
            sign, self.sign = self.sign, ""
            yield Item(runs, sign or "　", self.depth - 1)
        else:
            yield Paragraph(runs, _TEXT)


def blocks(chapter: Chapter, metrics: FontMetrics) -> Iterator[Block]:
    """The blocks of a chapter."""
    parts = groupby(_read(chapter, metrics), lambda part: isinstance(part, Item))
    for is_list, group in parts:
        if is_list:
            yield ItemList(tuple(item for item in group if isinstance(item, Item)), _ITEM)
        else:
            yield from (block for block in group if not isinstance(block, Item))


def _read(chapter: Chapter, metrics: FontMetrics) -> Iterator[Block | Item]:
    reading = Reading(chapter.name)
    for token in PARSER.parse(chapter.text):
        reading.note(token)
        if token.type == "table_close":
            yield table(reading.rows, metrics)
            reading.rows = []
        elif token.type == "inline":
            yield from reading.blocks(token)


def inline(token: Token) -> tuple[Runs, str]:
    """The runs of an inline token, and the name of the picture if it is one."""
    runs: list[Run] = []
    run, picture = Run(""), ""
    for piece in token.children or ():
        if piece.type in ("strong_open", "strong_close"):
            run = replace(run, bold=piece.type == "strong_open")
        elif piece.type == "text":
            runs.append(replace(run, text=piece.content))
        elif piece.type == "code_inline":
            runs.append(replace(run, text=piece.content, tint=TINT))
        elif piece.type == "link_open":
            target = Path(str(piece.attrs["href"])).stem
            run = replace(run, link=target, underline=True, color=ACCENT)
        elif piece.type == "link_close":
            run = replace(run, link="", underline=False, color="")
        elif piece.type == "image":
            runs.append(Run(piece.content))
            picture = str(piece.attrs["src"])
    return tuple(runs), picture


def illustration(file: Path, caption: Runs) -> Iterator[Block]:
    """A picture with its caption."""
    data = file.read_bytes()
    with Image.open(file) as image:
        wide, high = image.size
    scale = min(A4.inner_width / wide, _LARGEST_PIXEL)
    words = "".join(run.text for run in caption)
    yield Picture(data, wide * scale, high * scale, words, keep=True, frame=0.8)
    yield Paragraph(caption, _CAPTION)


def table(rows: Sequence[Sequence[Runs]], metrics: FontMetrics) -> Table:
    """A table; its first row is its head."""
    widths = _widths(rows, metrics)
    made = [
        Row(
            tuple(
                Cell(
                    tuple(replace(run, bold=run.bold or not number) for run in runs),
                    scope="" if number else "column",
                    tint="" if number else TINT,
                )
                for runs in cells
            ),
            whole=True,
        )
        for number, cells in enumerate(rows)
    ]
    return Table(tuple(widths), tuple(made), 1, _CELL, _LINES)


def _widths(rows: Sequence[Sequence[Runs]], metrics: FontMetrics) -> list[float]:
    """As wide as their texts if there is room; else the last column gets what the others leave."""
    natural = [
        max(text_width("".join(run.text for run in runs), _CELL.size, metrics, True) for runs in c)
        + 2 * _LINES.beside + 2
        for c in zip(*rows, strict=True)
    ]  # fmt: skip
    spare = A4.inner_width - sum(natural)
    if spare >= 0:
        return [*natural[:-1], natural[-1] + spare]
    least = [min(width, A4.inner_width * 0.34) for width in natural[:-1]]
    return [*least, A4.inner_width - sum(least)]


def manual_pdf(chapters: Sequence[Chapter]) -> bytes:
    """The whole manual: contents, chapters, bookmarks, page numbers."""
    fonts = find_fonts()
    leaves: list[PageBuilder] = []
    bookmarks: list[Bookmark] = []
    for chapter in chapters:
        set_ = list(blocks(chapter, fonts))
        leaves += _pages(chapter, set_, fonts)
        heads = [block for block in set_ if isinstance(block, Heading)]
        bookmarks += [Bookmark(_words(head.runs), head.level - 1, head.anchor) for head in heads]
    leaves = [*contents(bookmarks, fonts), *leaves]
    numbers = {a: n for n, leaf in enumerate(leaves, 1) for a in leaf.anchors}
    for number, leaf in enumerate(leaves, 1):
        leaf.write(A4.width / 2, A4.bottom + 30, 9, f"- {number} -", ARTIFACT, align="center")
    pages = [leaf.page(numbers, n, (0, 0)) for n, leaf in enumerate(leaves, 1)]
    return pdf_bytes(Document(TITLE, pages, tuple(bookmarks)), fonts)


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _pages(chapter: Chapter, set_: Sequence[Block], metrics: FontMetrics) -> list[PageBuilder]:
    """The pages of a chapter, with its title above each."""
    leaves: list[PageBuilder] = []

    def open_page(height_left: Callable[[], float]) -> Sequence[Area]:
        leaf = PageBuilder(A4, metrics)
        leaf.write(A4.right, A4.top - 16, 8, chapter.title, ARTIFACT, color=FAINT, align="right")
        leaf.draw(Rule(A4.left, A4.top - 10, A4.right, A4.top - 10, 0.4, LINE))
        leaves.append(leaf)
        return [Area(leaf, A4.left, A4.top, A4.inner_width, A4.bottom)]

    room = (A4.inner_width, A4.inner_height)
    lay_out(set_, room, open_page, Node("section", chapter.name), metrics)
    return leaves


def contents(bookmarks: Sequence[Bookmark], metrics: FontMetrics) -> list[PageBuilder]:
    """The title and the contents with the numbers of the pages."""
    style = Style(24.0, color=ACCENT, gap=8.0, rule=1.2, below=14.0)
    title = Heading((Run(TITLE, bold=True),), 1, style)
    pages = TitledPages(title, A4, metrics, again=Style(12.0, color=ACCENT, below=10.0))
    lines = [
        ContentsLine(mark.title, mark.anchor, min(mark.level, 1))
        for mark in bookmarks
        if not (mark.level and mark.anchor.startswith(KEYS))
    ]
    lay_out([title, *lines], pages.room, pages.open, Node("section", "contents"), metrics)
    return pages.leaves
