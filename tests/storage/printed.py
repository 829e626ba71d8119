"""What a PDF says to whoever reads it: texts, tables and links of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from typing import Any, Self

import pdfplumber
from pdfminer.pdftypes import resolve1


@dataclass(frozen=True)
class PrintedLink:
    """A link: the page it is on, where (y from the top), and the page it leads to; from 1."""

    page: int
    top: float
    goal: int


class Printed:
    """A PDF, opened by another program than the one that wrote it."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pdfplumber.open(BytesIO(data))
        self._tables: dict[int, list[list[str]]] = {}
        self.texts = tuple(page.extract_text() for page in self._pdf.pages)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    @property
    def pages(self) -> Sequence[Any]:
        return self._pdf.pages

    def table(self, page: int) -> list[list[str]]:
        """The table with the most rows on a page, blanks for cells that are merged away."""
        if page not in self._tables:
            self._tables[page] = self._read_table(page)
        return self._tables[page]

    def _read_table(self, page: int) -> list[list[str]]:
        tables = self._pdf.pages[page - 1].extract_tables()
        rows = max(tables, key=len)
        return [[cell or "" for cell in row] for row in rows]

    @cached_property
    def links(self) -> tuple[PrintedLink, ...]:
        """Every link inside the document."""
        return tuple(
            PrintedLink(
                number, annotation["top"], self._numbers[annotation["data"]["Dest"][0].objid]
            )
            for number, page in enumerate(self._pdf.pages, start=1)
            for annotation in page.annots
        )

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {page.page_obj.pageid: n for n, page in enumerate(self._pdf.pages, start=1)}

    def outline(self) -> list[tuple[int, str, int]]:
        """The bookmarks: level from 1, title, page."""
        return [
            (level, title, self._numbers[resolve1(goal)[0].objid])
            for level, title, goal, _, _ in self._pdf.doc.get_outlines()
        ]


@cache
def joined(text: str) -> str:
    """A text as one line, without the blanks that setting type puts into it."""
    return "".join(text.split())
