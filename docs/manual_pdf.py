"""The manual as pages: Markdown tokens set in type with the layer that draws the plan's book."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from markdown_it.token import Token
from PIL import Image

from app.documents.pages.drawing import Bookmark, Box, Document, Link, Page, Rule, Text
from app.documents.pages.page_builder import PageBuilder, Paper, Reference
from app.documents.pages.typesetting import ASCENT, line_texts, shortened, text_width
from app.forms.fitting.layout import MM
from app.forms.fitting.lines import Flow, Line
from app.forms.fitting.metrics import FontMetrics
from docs.manual_source import PARSER, TITLE
from storage.pdf.fonts import find_fonts
from storage.pdf.writer import pdf_bytes
from ui.desktop.help.chapters import FOLDER, Chapter
from ui.desktop.help.manual import KEYS

A4: Final = Paper(210 * MM, 297 * MM, 25 * MM, 22 * MM, 190 * MM, 273 * MM)
ACCENT, TINT, FAINT, LINE = "12506b", "e9edf1", "4a5765", "9aa7b3"
_SIZE, _LEADING, _TIGHT = 10.0, 1.65, 1.42
_HEADS: Final = {1: 20.0, 2: 13.5, 3: 11.0}
_LARGEST_PIXEL: Final = 0.55  # pt: a picture is not drawn larger than this for each pixel
_INDENT: Final = 16.0
_IDS: Final = re.compile(rb"/ID\[<(\w+)><\w+>\]")


@dataclass(frozen=True, slots=True)
class Words:
    """Text with bold marks, and which parts of it are keys or links (start, end, anchor)."""

    text: str
    tinted: tuple[tuple[int, int], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()


@dataclass(slots=True)
class Setter:
    """Sets blocks one below the other on as many pages as they take."""

    metrics: FontMetrics
    leaves: list[PageBuilder] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    pictures: list[tuple[int, Path, tuple[float, float, float, float]]] = field(
        default_factory=list
    )
    y: float = 0.0
    title: str = ""

    def turn(self) -> PageBuilder:
        """Begin a page, with the chapter's title above it."""
        leaf = PageBuilder(A4, self.metrics)
        leaf.write(A4.right, A4.top - 16, 8, self.title, color=FAINT, align="right")
        leaf.draw(Rule(A4.left, A4.top - 10, A4.right, A4.top - 10, 0.4, LINE))
        self.leaves.append(leaf)
        self.y = A4.top
        return leaf

    def room(self, height: float) -> PageBuilder:
        """The page on which so much has room."""
        fits = self.leaves and self.y + height <= A4.bottom
        return self.leaves[-1] if fits else self.turn()

    def chapter(self, chapter: Chapter) -> None:
        """Set a chapter from a new page on."""
        self.title = chapter.title
        self.turn()
        for block in blocks(PARSER.parse(chapter.text), chapter.name):
            block.set(self)

    def words(self, words: Words, x: float, width: float, size: float = _SIZE,
              bold: bool = False, color: str = "000000") -> None:  # fmt: skip
        """Set a text line by line, over pages where it must."""
        flow = Flow(words.text, self.metrics, bold)
        height = size * _LEADING
        for line in flow.lines(width * 1000 / size, 400):
            leaf = self.room(height)
            draw_line(leaf, flow, (line.start, line.end, line.indent), words,
                      (x, self.y, size, height), color)  # fmt: skip
            self.y += height


def draw_line(
    leaf: PageBuilder, flow: Flow, line: tuple[int, int, int], words: Words,
    place: tuple[float, float, float, float], color: str = "000000",
) -> None:  # fmt: skip
    """One line of words with its tints and links; `place` is x, top, size, height."""
    x, top, size, height = place
    start, end, indent = line
    left = x + indent * size / 1000
    baseline = top + (height - size) / 2 + size * ASCENT

    def span(low: int, high: int) -> tuple[float, float]:
        low, high = max(low, start), min(high, end)
        if low >= high:
            return 0.0, 0.0
        return left + flow.width(start, low) * size / 1000, flow.width(low, high) * size / 1000

    for low, high in words.tinted:
        at, wide = span(low, high)
        if wide:
            leaf.draw(Box(at - 1, baseline - size * 0.95, wide + 2, size * 1.2, fill=TINT))
    for low, high, anchor in words.links:
        at, wide = span(low, high)
        if wide:
            leaf.draw(Link(at, top, wide, height, anchor))
            leaf.draw(Rule(at, baseline + 1.5, at + wide, baseline + 1.5, 0.5, ACCENT))
    leaf.draw(*line_texts(flow, Line(start, end, indent), x, baseline, size, color))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; chapters (1) and sections (2) stand in the contents."""

    words: Words
    level: int
    anchor: str

    def set(self, setter: Setter) -> None:
        """Never at the foot of a page."""
        size = _HEADS[self.level]
        if self.level > 1:
            setter.y += 10
        leaf = setter.room(size * _LEADING + 60)
        leaf.anchor(self.anchor, setter.y)
        setter.bookmarks.append(Bookmark(self.words.text, self.level - 1, self.anchor))
        setter.words(self.words, A4.left, A4.inner_width, size, bold=True, color=ACCENT)
        setter.y += 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text, or an item of a list behind its sign."""

    words: Words
    depth: int = 0
    sign: str = ""

    def set(self, setter: Setter) -> None:
        """Items close together, paragraphs apart."""
        x = A4.left + self.depth * _INDENT
        leaf = setter.room(_SIZE * _LEADING)
        if self.sign:
            baseline = setter.y + (_SIZE * _LEADING - _SIZE) / 2 + _SIZE * ASCENT
            leaf.write(x - 4, baseline, _SIZE, self.sign, align="right")
        setter.words(self.words, x, A4.right - x)
        setter.y += 2 if self.depth else 5


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its caption."""

    file: Path
    caption: Words

    def set(self, setter: Setter) -> None:
        """As wide as the page at most; never apart from its caption."""
        with Image.open(self.file) as image:
            wide, high = image.size
        scale = min(A4.inner_width / wide, _LARGEST_PIXEL)
        width, height = wide * scale, high * scale
        leaf = setter.room(height + 30)
        top = setter.y + 3
        leaf.draw(Box(A4.left - 0.4, top - 0.4, width + 0.8, height + 0.8, line=0.8, color=LINE))
        place = (A4.left, A4.height - top - height, width, height)
        setter.pictures.append((len(setter.leaves) - 1, self.file, place))
        setter.y = top + height + 3
        setter.words(self.caption, A4.left, A4.inner_width, 8.5, color=FAINT)
        setter.y += 6


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first row is repeated on each page."""

    rows: tuple[tuple[Words, ...], ...]

    def set(self, setter: Setter) -> None:
        """Rows stay whole."""
        widths = self._widths(setter.metrics)
        setter.y += 3
        for number, row in enumerate(self.rows):
            height = self._height(row, widths, setter.metrics)
            if number and setter.y + height > A4.bottom:
                setter.turn()
                self._draw(setter, self.rows[0], widths, is_head=True)
            elif not number:
                setter.room(height + 40)
            self._draw(setter, row, widths, is_head=not number)
        setter.y += 8

    def _widths(self, metrics: FontMetrics) -> list[float]:
        size = _SIZE - 0.5
        columns = zip(*self.rows, strict=True)
        natural = [max(_width(words, size, metrics) for words in cells) for cells in columns]
        spare = A4.inner_width - sum(natural)
        if spare >= 0:
            return [*natural[:-1], natural[-1] + spare]
        least = [min(width, A4.inner_width * 0.34) for width in natural[:-1]]
        return [*least, A4.inner_width - sum(least)]

    def _flows(self, row: Sequence[Words], metrics: FontMetrics, bold: bool) -> list[Flow]:
        return [Flow(words.text, metrics, bold) for words in row]

    def _height(self, row: Sequence[Words], widths: Sequence[float], metrics: FontMetrics) -> float:
        size = _SIZE - 0.5
        flows = self._flows(row, metrics, False)
        counts = [
            flow.count((w - 12) * 1000 / size, 400) for flow, w in zip(flows, widths, strict=True)
        ]
        return max(counts) * size * _TIGHT + 6

    def _draw(
        self, setter: Setter, row: Sequence[Words], widths: Sequence[float], is_head: bool
    ) -> None:
        leaf, size, x = setter.leaves[-1], _SIZE - 0.5, A4.left
        height = self._height(row, widths, setter.metrics)
        for words, width in zip(row, widths, strict=True):
            fill = TINT if is_head else ""
            leaf.draw(Box(x, setter.y, width, height, fill, 0.5, LINE))
            flow = Flow(words.text, setter.metrics, is_head)
            y = setter.y + 3
            for line in flow.lines((width - 12) * 1000 / size, 400):
                draw_line(leaf, flow, (line.start, line.end, line.indent), words,
                          (x + 6, y, size, size * _TIGHT))  # fmt: skip
                y += size * _TIGHT
            x += width
        setter.y += height


def _width(words: Words, size: float, metrics: FontMetrics) -> float:
    """How wide a cell wants to be: its text on one line, and room beside it."""
    return text_width(words.text.replace("**", ""), size, metrics, True) + 14


Block = Heading | Paragraph | Picture | Table


@dataclass(slots=True)
class Reading:
    """Where one is in the Markdown of a chapter while it is read token by token."""

    chapter: str
    depth: int = 0
    level: int = 0
    sections: int = 0
    sign: str = ""
    rows: list[list[Words]] = field(default_factory=list)

    def note(self, token: Token) -> None:
        """Remember what the next words belong to."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif token.type == "list_item_open":
            self.sign = f"{token.info}." if token.info else "・"
        elif token.type == "heading_open":
            self.level = int(token.tag[1])
            self.sections += self.level > 1
        elif token.type == "tr_open":
            self.rows.append([])

    def block(self, token: Token) -> Block | None:
        """The block that a token's words are; None for those of a table."""
        words, picture = inline(token)
        if self.rows:
            self.rows[-1].append(words)
            return None
        if picture is not None:
            return Picture(FOLDER / picture, words)
        if self.level:
            level, self.level = self.level, 0
            anchor = f"{self.chapter}-{self.sections}" if level > 1 else self.chapter
            return Heading(words, level, anchor)
        sign, self.sign = self.sign, ""
        return Paragraph(words, self.depth, sign)


def blocks(tokens: Sequence[Token], chapter: str) -> Iterator[Block]:
    """The blocks of a chapter."""
    reading = Reading(chapter)
    for token in tokens:
        reading.note(token)
        if token.type == "table_close":
            yield Table(tuple(map(tuple, reading.rows)))
            reading.rows = []
        elif token.type == "inline":
            block = reading.block(token)
            if block is not None:
                yield block


def inline(token: Token) -> tuple[Words, str | None]:
    """The words of an inline token, and the name of the picture where it is one."""
    text, plain, picture = "", 0, None
    tinted: list[tuple[int, int]] = []
    links: list[tuple[int, int, str]] = []
    began, target = 0, ""
    for piece in token.children or ():
        if piece.type in ("strong_open", "strong_close"):
            text += "**"
        elif piece.type in ("text", "code_inline"):
            if piece.type == "code_inline":
                tinted.append((plain, plain + len(piece.content)))
            text += piece.content
            plain += len(piece.content)
        elif piece.type == "link_open":
            began, target = plain, Path(str(piece.attrs["href"])).stem
        elif piece.type == "link_close":
            links.append((began, plain, target))
        elif piece.type == "image":
            text, picture = piece.content, str(piece.attrs["src"])
    return Words(text, tuple(tinted), tuple(links)), picture


def manual_pdf(chapters: Sequence[Chapter]) -> bytes:
    """The whole manual: contents, chapters, bookmarks, page numbers."""
    fonts = find_fonts()
    setter = Setter(fonts)
    for chapter in chapters:
        setter.chapter(chapter)
    front = contents(setter.bookmarks, fonts)
    leaves = [*front, *setter.leaves]
    numbers = {a: n for n, leaf in enumerate(leaves, 1) for a in leaf.anchors}
    pages = [_numbered(leaf.page(numbers, n, (0, 0)), n, leaf) for n, leaf in enumerate(leaves, 1)]
    drawn = pdf_bytes(Document(TITLE, pages, tuple(setter.bookmarks)), fonts)
    placed = [(page + len(front), file, place) for page, file, place in setter.pictures]
    return with_pictures(drawn, placed)


def _numbered(page: Page, number: int, leaf: PageBuilder) -> Page:
    text = f"- {number} -"
    x = A4.width / 2 - text_width(text, 9, leaf.metrics) / 2
    return replace(page, texts=(*page.texts, Text(x, A4.bottom + 30, 9, text)))


def contents(bookmarks: Sequence[Bookmark], metrics: FontMetrics) -> list[PageBuilder]:
    """The title and the contents with the numbers of the pages."""
    leaf = PageBuilder(A4, metrics)
    leaf.paragraph(A4.left, A4.top, A4.inner_width, 24, TITLE, bold=True, color=ACCENT)
    leaf.draw(Rule(A4.left, A4.top + 40, A4.right, A4.top + 40, 1.2))
    leaves, y = [leaf], A4.top + 54
    for mark in bookmarks:
        if mark.level and mark.anchor.startswith(KEYS):
            continue
        size, indent = (10.5, 0.0) if mark.level == 0 else (9.0, 18.0)
        y += 5 if mark.level == 0 else 0
        if y + 13 > A4.bottom:
            leaf = PageBuilder(A4, metrics)
            leaves.append(leaf)
            y = A4.top
        x = A4.left + indent
        title = shortened(mark.title, A4.inner_width - indent - 60, size, metrics, mark.level == 0)
        width = leaf.write(x, y + 12, size, title, bold=mark.level == 0)
        leaf.draw(Rule(x + width + 6, y + 9, A4.right - 26, y + 9, 0.3, LINE))
        leaf.draw(Reference(A4.right, y + 12, size, mark.anchor))
        leaf.draw(Link(x, y, A4.right - x, 13, mark.anchor))
        y += 13
    return leaves


def with_pictures(
    drawn: bytes, pictures: Sequence[tuple[int, Path, tuple[float, float, float, float]]]
) -> bytes:
    """The PDF with pictures put on its pages (page from 0; left, bottom, width, height in pt)."""
    with pypdfium2.PdfDocument(drawn) as document:
        for number, file, (left, low, width, height) in pictures:
            page = document[number]
            image = pypdfium2.PdfImage.new(document)
            with Image.open(file) as opened:
                image.set_bitmap(pypdfium2.PdfBitmap.from_pil(opened.convert("RGB")))
            image.set_matrix(pypdfium2.PdfMatrix(width, 0, 0, height, left, low))
            page.insert_obj(image)
            page.gen_content()
        kept = io.BytesIO()
        document.save(kept, flags=pdfium.FPDF_NO_INCREMENTAL)
    # Its second id is another one every time.
    return _IDS.sub(rb"/ID[<\1><\1>]", kept.getvalue())
