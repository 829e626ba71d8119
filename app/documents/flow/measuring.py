"""Measuring blocks: each becomes pieces that a page can take, with their places in the structure.

Lengths are points.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from app.documents.flow.blocks import (
    Block,
    Cell,
    ContentsLine,
    Heading,
    Item,
    ItemList,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Runs,
    Spacer,
    Style,
    Table,
)
from app.documents.flow.pieces import PicturePiece, Piece, Sign, SpacePiece, TextPiece, text_room
from app.documents.flow.set_text import SetText, note_sign
from app.documents.flow.table_piece import SetTable, TablePiece
from app.documents.pages.structure import Kind, Node
from app.forms.fitting.breaking import LEAST_LINES
from app.forms.fitting.metrics import FontMetrics

# Lines of a table of contents, by level; parts are bold.
ENTRY_STYLES: Final = (
    Style(12.0, above=4.34, below=2.46),
    Style(10.5, above=0.92, below=2.905, indent=18.0),
)
# A picture with a caption leaves room for it on a page.
_CAPTIONED: Final = 0.85
NOTE_STYLE: Final = Style(8.5, leading=1.4, above=2.0)


class Measuring:
    """Measures the blocks of one paper. `notes` are its footnotes by number, once measured."""

    def __init__(self, room: tuple[float, float], root: Node, metrics: FontMetrics) -> None:
        """`room` is the width and the usual height of areas; all blocks are children of `root`."""
        self._room, self._root, self._metrics = room, root, metrics
        self._counts: dict[Kind, int] = {}
        self.notes: dict[int, TextPiece] = {}

    def pieces(self, blocks: Iterable[Block]) -> Iterator[Piece | None]:
        """The blocks as pieces, None for a page break."""
        for block, following in pairwise([*blocks, None]):
            match block:
                case Heading():
                    node = self._node("heading", level=block.level)
                    yield self._text(block.runs, block.style, node, True, block.anchor)
                case Paragraph():
                    yield self._text(block.runs, block.style, self._node("paragraph"), block.keep)
                case ItemList():
                    yield from self._items(block)
                case ContentsLine():
                    yield self._entry(block, following)
                case Table():
                    yield self._table(block)
                case Picture():
                    yield self._picture(block)
                case Spacer():
                    yield SpacePiece(block, block.height, self._room[0])
                case PageBreak():
                    yield None

    def _node(self, kind: Kind, parent: Node | None = None, level: int = 0) -> Node:
        """The next node of its kind."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return Node(kind, self._counts[kind], parent or self._root, level=level)

    def _text(
        self, runs: Runs, style: Style, node: Node, keeps: bool = False, anchor: str = ""
    ) -> TextPiece:
        text = self._set(runs)
        room = text_room(self._room[0], style)
        size = text.size_of(style, room)
        lines = text.lines(room, size)
        return TextPiece(text, lines, size, style, self._room[0], node, keeps, anchor)

    def _set(self, runs: Runs) -> SetText:
        first = len(self.notes) + 1
        self._note_down(runs)
        return SetText(runs, self._metrics, first)

    def _note_down(self, runs: Runs) -> None:
        """Measure the footnotes that these runs call."""
        for run in runs:
            if run.note:
                number = len(self.notes) + 1
                node = Node("note", number, self._root)
                signed = (Run(note_sign(number) + "　"), *run.note)
                text = SetText(signed, self._metrics)
                lines = text.lines(self._room[0], NOTE_STYLE.size)
                self.notes[number] = TextPiece(
                    text, lines, NOTE_STYLE.size, NOTE_STYLE, self._room[0], node
                )

    def _items(self, block: ItemList) -> Iterator[TextPiece]:
        own = self._node("list")
        last = len(block.items) - 1
        for number, item in enumerate(block.items):
            style = replace(
                block.style,
                above=block.style.above if number == 0 else 0.0,
                below=block.style.below if number == last else 0.0,
                indent=block.style.indent + item.level * block.style.size,
            )
            piece = self._item(item, style, Node("item", number, own))
            # A page end leaves no short item alone, neither the first nor the last.
            at_end = number in (0, last - 1) and number != last
            keeps = at_end and len(piece.lines) < 2 * LEAST_LINES
            yield replace(piece, keeps=keeps)

    def _item(self, item: Item, style: Style, node: Node) -> TextPiece:
        text = self._set(item.runs)
        sign = SetText((Run(item.sign),), self._metrics)
        hang = sign.flow.width(0, len(item.sign)) * style.size / 1000
        room = text_room(self._room[0], style, hang)
        return TextPiece(
            text, text.lines(room, style.size), style.size, style, self._room[0],
            Node("body", 0, node), hang=hang,
            sign=Sign(sign, hang, Node("label", 0, node)) if item.sign else None,
        )  # fmt: skip

    def _entry(self, line: ContentsLine, following: Block | None) -> TextPiece:
        if "contents" not in self._counts:
            self._node("contents")
        contents = Node("contents", self._counts["contents"], self._root)
        style, is_part = ENTRY_STYLES[line.level], line.level == 0
        text = SetText((Run(line.title, bold=is_part),), self._metrics)
        lines = text.lines(text_room(self._room[0], style, 0.0, line.anchor), style.size)
        # A part is not left alone in front of the lines inside it.
        keeps = isinstance(following, ContentsLine) and following.level > line.level
        return TextPiece(
            text, lines, style.size, style, self._room[0], self._node("entry", contents), keeps,
            leads_to=line.anchor,
        )  # fmt: skip

    def _table(self, table: Table) -> TablePiece:
        first = len(self.notes) + 1
        for cell in _cells(table):
            self._note_down(cell.runs)
        node = self._node("table")
        measured = SetTable(table, self._room, node, self._metrics, first)
        return TablePiece(measured, measured.grid.whole(), above=table.style.above,
                          below=table.style.below)  # fmt: skip

    def _picture(self, picture: Picture) -> PicturePiece:
        count = self._node("figure").key
        node = Node("figure", count, self._root, alternative=picture.alternative)
        width, height = self._room
        most = height * (_CAPTIONED if picture.keep else 1.0)
        scale = min(1.0, width / picture.width, most / picture.height)
        return PicturePiece(picture, scale, node)


def _cells(table: Table) -> Sequence[Cell]:
    return [cell for row in table.rows for cell in row.cells]


def heights(pieces: Iterable[Piece | None]) -> float:
    """How high pieces are one below the other."""
    return sum(piece.above + piece.height + piece.below for piece in pieces if piece)
