"""The few things a printed page consists of. Every document is pages of these.

Lengths are points from the page's upper left corner, y runs down. Colours are RRGGBB.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from app.documents.pages.structure import Node

BLACK: Final = "000000"
Progress = Callable[[int, int], None]
"""Told (done, all) while something is made, (0, 0) while nobody knows how much there is.

It raises to stop the making; nothing may be kept of it then.
"""


def no_progress(done: int, everything: int) -> None:
    """The progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled where `fill` is given, outlined where `line` (pt) is more than 0."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    line: float = 0.0
    color: str = BLACK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of width `line` pt."""

    x1: float
    y1: float
    x2: float
    y2: float
    line: float = 0.5
    color: str = BLACK


@dataclass(frozen=True, slots=True)
class Text:
    """One run of text in one face; `y` is its baseline, `node` what it is.

    `turned` turns it a quarter clockwise about (x, y), as ー stands in vertical writing.
    """

    x: float
    y: float
    size: float
    text: str
    node: Node
    bold: bool = False
    color: str = BLACK
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (the bytes of a PNG or JPEG file) in a rectangle; `node` is a figure."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    node: Node


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to the anchor of that name, on whichever page it is."""

    x: float
    y: float
    width: float
    height: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, what is drawn (boxes, rules, images, texts), links, and anchors by their y.

    `label` is the page's number as a viewer shows it.
    """

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    texts: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    anchors: tuple[tuple[str, float], ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `level` counts from 0, `anchor` is where it leads."""

    title: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """Pages in order, with what a viewer shows beside them.

    `pages` may be drawn anew, one at a time, whenever they are gone through: thousands of
    sheets then take no more memory than one.
    """

    title: str
    pages: Iterable[Page]
    bookmarks: tuple[Bookmark, ...] = field(default=())
