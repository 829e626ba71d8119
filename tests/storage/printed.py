"""What a PDF says to whoever reads it: texts, tables and links of its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
        tables = self._pdf.pages[page - 1].extract_tables()
        rows = max(tables, key=len)
        return [[cell or "" for cell in row] for row in rows]

    def links(self) -> Iterator[PrintedLink]:
        """Every link inside the document."""
        numbers = {page.page_obj.pageid: n for n, page in enumerate(self._pdf.pages, start=1)}
        for number, page in enumerate(self._pdf.pages, start=1):
            for annotation in page.annots:
                goal = annotation["data"]["Dest"][0]
                yield PrintedLink(number, annotation["top"], numbers[goal.objid])

    def outline(self) -> list[tuple[int, str, int]]:
        """The bookmarks: level from 1, title, page."""
        numbers = {page.page_obj.pageid: n for n, page in enumerate(self._pdf.pages, start=1)}
        return [
            (level, title, numbers[resolve1(goal)[0].objid])
            for level, title, goal, _, _ in self._pdf.doc.get_outlines()
        ]


def joined(text: str) -> str:
    """A text as one line, without the blanks that setting type puts into it."""
    return "".join(text.split())
