"""Text of a worksheet that stands in no cell: comments, text boxes, pictures, heads of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from storage.excel.parts import BookParts, Relation, local
from storage.excel.places import address

_COMMENT: Final = "メモ（コメント）"
_SHAPE: Final = "図形の文字"
_PICTURE: Final = "画像"
_HEAD: Final = "ヘッダー・フッター"
# What Excel writes into an old comment that stands for a new one.
_STAND_IN: Final = re.compile(r"\[(スレッド化されたコメント|Threaded comment)\]", re.IGNORECASE)
_CODES: Final = re.compile(r'&(?:"[^"]*"|\d+|[A-Z])')
_TEXT_PARTS: Final = ("chart", "diagramData")


@dataclass(frozen=True, slots=True)
class Note:
    """Words outside the cells: the cell they belong to ("" if none), what they are, the words."""

    cell: str
    kind: str
    words: str


def notes_of(book: BookParts, part: str) -> tuple[Note, ...]:
    """The words of a worksheet's part that stand in none of its cells; pictures without words."""
    return tuple(note for note in _notes(book, part) if note.words.strip() or note.kind == _PICTURE)


def _notes(book: BookParts, part: str) -> Iterator[Note]:
    yield from _heads(book.root(part))
    relations = book.relations(part).values()
    threaded = [note for r in relations for note in _threaded(book, r)]
    yield from threaded
    answered = {note.cell for note in threaded}
    comments = [note for r in relations for note in _comments(book, r)]
    yield from (n for n in comments if n.cell not in answered or not _STAND_IN.search(n.words))
    for relation in relations:
        if relation.kind == "drawing" and book.has(relation.part):
            yield from _drawing(book, relation.part)


def _root(book: BookParts, part: str) -> Element:
    """The root of a part that only adds; one that cannot be read says nothing."""
    try:
        return book.root(part)
    except (ParseError, ValueError):
        return Element("nothing")


def _heads(root: Element) -> Iterator[Note]:
    for element in root:
        if local(element) == "headerFooter":
            for head in element:
                yield Note("", _HEAD, _CODES.sub(" ", head.text or "").strip())


def _comments(book: BookParts, relation: Relation) -> Iterator[Note]:
    if relation.kind != "comments" or not book.has(relation.part):
        return
    for element in _root(book, relation.part).iter():
        if local(element) == "comment":
            yield Note(element.get("ref", ""), _COMMENT, _words(element))


def _threaded(book: BookParts, relation: Relation) -> Iterator[Note]:
    if relation.kind != "threadedComment" or not book.has(relation.part):
        return
    for element in _root(book, relation.part):
        texts = (child.text or "" for child in element if local(child) == "text")
        yield Note(element.get("ref", ""), _COMMENT, "".join(texts).strip())


def _drawing(book: BookParts, part: str) -> Iterator[Note]:
    for anchor in _root(book, part):
        cell = _anchored(anchor)
        shapes = [e for e in anchor.iter() if local(e) == "txBody"]
        yield from (Note(cell, _SHAPE, _paragraphs(shape)) for shape in shapes)
        if any(local(e) == "pic" for e in anchor.iter()):
            yield Note(cell, _PICTURE, "")
    for relation in book.relations(part).values():
        if relation.kind in _TEXT_PARTS and book.has(relation.part):
            yield Note("", _SHAPE, _words(_root(book, relation.part), " "))


def _anchored(anchor: Element) -> str:
    """The cell at whose corner a shape begins."""
    start = next((e for e in anchor if local(e) == "from"), None)
    facts = {local(e): e.text or "" for e in start} if start is not None else {}
    row, column = facts.get("row", ""), facts.get("col", "")
    if not row.isdecimal() or not column.isdecimal():
        return ""
    return address((int(row) + 1, int(column) + 1))


def _paragraphs(shape: Element) -> str:
    return "\n".join(_words(p) for p in shape if local(p) == "p").strip()


def _words(holder: Element, between: str = "") -> str:
    return between.join(e.text or "" for e in holder.iter() if local(e) == "t").strip()
