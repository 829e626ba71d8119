"""Where a workbook refers to other files: for the person who is to take such links out."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from storage.excel.parts import BookParts, SheetPart, local

_OTHER_BOOK: Final = re.compile(r"\[\d+\]")
_FORMULAS: Final = ("f", "formula", "formula1", "formula2")
_MOST_TOLD: Final = 3


def linked_places(parts: Mapping[str, bytes]) -> str:
    """The cells whose formulas name other workbooks, as 「1-1」のB5; "" if none is found."""
    try:
        found = list(_places(BookParts(parts)))
    except (ParseError, ValueError, KeyError):
        return ""
    told = "、".join(found[:_MOST_TOLD])
    return f"{told}など{len(found)}か所" if len(found) > _MOST_TOLD else told


def _places(book: BookParts) -> Iterator[str]:
    for sheet in book.sheets:
        yield from _places_of(book.root(sheet.part), sheet)


def _places_of(root: Element, sheet: SheetPart) -> Iterator[str]:
    """A formula stands in a cell, or in what checks or colours a range (`sqref`)."""
    for holder in root.iter():
        place = holder.get("r") if local(holder) == "c" else holder.get("sqref")
        formulas = (child.text or "" for child in holder if local(child) in _FORMULAS)
        if place and any(_OTHER_BOOK.search(formula) for formula in formulas):
            kind = "" if local(holder) == "c" else "（入力規則や条件付き書式）"
            yield f"「{sheet.title}」の{place.partition(' ')[0]}{kind}"
