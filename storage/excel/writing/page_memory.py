"""What a worksheet is to remember: its fixed texts and its input cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.forms.fingerprint import fingerprint
from app.forms.fitting.layout import PlacedCell
from app.forms.marks import Marked, marked
from storage.excel.issue import IssuedCell, IssuedSheet
from storage.excel.page_record import PageRecord, RecordedCell
from storage.excel.writing.issued_book import IssuedBook
from storage.excel.writing.text import stored

Marks = tuple[str, str]
"""The marks of the row and the column of a cell."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """How texts are cut by page ends, by the cell (its `id()`).

    `joints` say what stands between a part and the next, `counts` how many parts there are.
    """

    joints: dict[tuple[int, int], str]
    counts: dict[int, int]


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """Which page of the sheet of which initiative a worksheet is; the mark it bears."""

    initiative: str
    page: int
    mark: str


class PageMemory:
    """Collects what is remembered of one worksheet."""

    def __init__(self, book: IssuedBook, identity: PageIdentity) -> None:
        """Begin the memory of the worksheet with this identity."""
        self._book, self._identity = book, identity
        self._labels: dict[Marks, str] = {}
        self._cells: list[RecordedCell] = []

    def label(self, marks: Marks, text: str) -> None:
        """Remember a fixed text."""
        self._labels[marks] = text

    def input(self, marks: Marks, placed: PlacedCell, text: Marked, pieces: Pieces) -> None:
        """Remember an input cell and what stands in it."""
        cell = placed.cell
        assert cell.target is not None
        joint, item = pieces.joints.get((id(cell), placed.part), ""), cell.spec.item
        mark, target = self._identity.mark, cell.target
        self._book.remember(
            IssuedCell(mark, *marks, target, placed.part, joint, item, marked(text))
        )
        of, digest = pieces.counts.get(id(cell), 1), fingerprint(text.plain)
        whole = digest if of == 1 else fingerprint(placed.flow.text.plain)
        self._cells.append(
            RecordedCell(*marks, target, placed.part, of, joint, item, digest, whole)
        )

    def written(self, title: str) -> Iterator[str]:
        """The record, in pieces that a cell can hold; the hidden sheet of the book is told too."""
        identity = self._identity
        self._book.remember(IssuedSheet(identity.mark, title, frozenset(self._labels)))
        labels = tuple((*place, fingerprint(text)) for place, text in self._labels.items())
        record = PageRecord(
            self._book.plan, identity.initiative, identity.page, title, tuple(self._cells), labels
        )
        yield from map(stored, record.written())
