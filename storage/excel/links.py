"""Where a workbook refers to other files: for the person who is to take such links out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from storage.excel.parts import BookParts, SheetPart, local

_OTHER_BOOK: Final = re.compile(r"\[\d+\]")
_FORMULAS: Final = ("f", "formula", "formula1", "formula2")
_MOST_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A formula that names another workbook: where it stands, as 「1-1」のB5.

    `is_pull_down`: it only says where the words of a pull-down are, as in a worksheet that was
    moved here; nothing is read of that.
    """

    place: str
    is_pull_down: bool


def links_in(parts: Mapping[str, bytes]) -> tuple[Link, ...]:
    """All formulas of worksheets that name other workbooks."""
    try:
        return tuple(_links(BookParts(parts)))
    except (ParseError, ValueError, KeyError):
        return ()


def told_places(links: Sequence[Link]) -> str:
    """Where they are, in words."""
    told = "、".join(link.place for link in links[:_MOST_TOLD])
    return f"{told}など{len(links)}か所" if len(links) > _MOST_TOLD else told


def _links(book: BookParts) -> Iterator[Link]:
    for sheet in book.sheets:
        yield from _links_of(book.root(sheet.part), sheet)


def _links_of(root: Element, sheet: SheetPart) -> Iterator[Link]:
    """A formula stands in a cell, or in what checks or colours a range (`sqref`)."""
    for holder in root.iter():
        place = holder.get("r") if local(holder) == "c" else holder.get("sqref")
        formulas = (child.text or "" for child in holder if local(child) in _FORMULAS)
        if place and any(_OTHER_BOOK.search(formula) for formula in formulas):
            kind = "" if local(holder) == "c" else "（入力規則や条件付き書式）"
            words = f"「{sheet.title}」の{place.partition(' ')[0]}{kind}"
            yield Link(words, local(holder) == "dataValidation")
