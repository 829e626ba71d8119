"""Reading one worksheet of a returned workbook: its input cells, and what stands elsewhere.

Cells are found by the marks of `storage.excel.issue`, wherever people moved them. What cannot
be read is reported cell by cell with its words, never guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.forms.fields import Target
from app.forms.fingerprint import fingerprint
from app.forms.marks import unmarked
from app.forms.returned import Origin, Remark, Unread
from app.plan.entities import TEXT_PREFIX
from app.plan.kinds import INITIATIVE
from storage.excel.cells import Cells, Content
from storage.excel.issue import COLUMN_MARK, ROW_MARK, SHEET_MARK, is_mark
from storage.excel.notes import Note
from storage.excel.places import Place, address

_OUTSIDE: Final = "記入欄の外に書かれているため、読んでいません"
_LABEL: Final = "印刷する見出しなどが書きかえられています。文としては読んでいません"
_MERGED: Final = "ほかの欄と結合されています"
_CHANGED: Final = "欄の控え（隠れたシート）が書きかえられているため、読んでいません"
Marks = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ExpectedCell:
    """An input cell as issued: its marks, its field, which of how many pieces it holds.

    `text` is what stood in it, None if only its fingerprint `digest` is known; `whole` is that of
    the whole text. `is_sound` is False if what is remembered of it contradicts itself.
    """

    marks: Marks
    target: Target
    part: int
    of: int
    joint: str
    item: str
    text: str | None
    digest: str
    whole: str
    is_sound: bool = True


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """What a worksheet was issued with: where from, its title, its cells.

    `key` tells it from all other worksheets that were ever issued. `labels` are the fingerprints
    of its fixed texts, "" if nobody knows.
    """

    origin: Origin
    key: tuple[str, str, int]
    title: str
    cells: tuple[ExpectedCell, ...]
    labels: Mapping[Marks, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet as received: its cells, and the words that stand in none of them."""

    cells: Cells
    notes: tuple[Note, ...]

    @property
    def title(self) -> str:
        """The words on its tab."""
        return self.cells.title


@dataclass(slots=True)
class Piece:
    """One input cell as found: where, and what it says; None if it could not be read."""

    expected: ExpectedCell
    origin: Origin
    sheet: str
    cell: str
    text: str | None


@dataclass(slots=True)
class Told:
    """What is to be told of a workbook."""

    unread: list[Unread] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def miss(self, sheet: str, cell: str, why: str, words: str = "") -> None:
        """Note a place that was not read."""
        self.unread.append(Unread(sheet, cell, why, words))


@dataclass(slots=True)
class _Places:
    """Where the marks of a worksheet stand now: its corner, rows and columns by mark."""

    corner: Place = (0, 0)
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)

    def of(self, marks: Marks) -> Place:
        """The place of a cell, a 0 in it if its row or column is gone."""
        return self.rows.get(marks[0], 0), self.columns.get(marks[1], 0)


class WorksheetReading:
    """Reads a worksheet that was issued as `page`."""

    def __init__(self, page: ExpectedPage, sheet: Sheet, told: Told) -> None:
        """Report to `told`."""
        self._page, self._cells, self._told = page, sheet.cells, told
        self._places = _places(sheet.cells)
        self._labels = {self._places.of(marks): d for marks, d in page.labels.items()}

    def pieces(self) -> Iterator[Piece]:
        """What stands in the input cells; all else is reported."""
        anchors: dict[Place, ExpectedCell] = {}
        taken: dict[Place, list[ExpectedCell]] = {}
        for cell in self._page.cells:
            place = self._places.of(cell.marks)
            if 0 in place:
                why = f"「{_field_name(cell)}」の欄の行か列がなくなっています"
                self._told.miss(self._cells.title, "", why)
                yield self._piece(cell, "", None)
                continue
            anchors[place] = cell
            taken.setdefault(self._cells.anchor(place), []).append(cell)
        for place, cell in anchors.items():
            yield self._read(place, cell, taken)
        self._report_strays({*anchors, *taken})

    def _piece(self, cell: ExpectedCell, place: str, text: str | None) -> Piece:
        return Piece(cell, self._page.origin, self._cells.title, place, text)

    def _read(
        self, place: Place, cell: ExpectedCell, taken: Mapping[Place, list[ExpectedCell]]
    ) -> Piece:
        where = place if self._cells.content(place) else self._cells.anchor(place)
        content = self._cells.content(where)
        is_anothers = (
            len(taken.get(where, ())) > 1 or where in self._labels or is_mark(content.words)
        )
        if where != place and is_anothers:
            # Nothing was to be read of an empty field; what stands there is not its own.
            content = Content(trouble="" if _was_empty(cell) else _MERGED)
        if not cell.is_sound:
            content = Content(trouble=_CHANGED, words=content.words)
        sheet, at = self._cells.title, address(where)
        if content.trouble:
            self._told.miss(sheet, at, content.trouble, content.words)
            return self._piece(cell, at, None)
        if content.remark:
            self._told.remarks.append(Remark(sheet, at, content.remark))
        return self._piece(cell, at, _as_field(cell.target, content.text))

    def _report_strays(self, fields: set[Place]) -> None:
        """What people wrote outside the input cells is told, not taken."""
        title = self._cells.title
        for place, content in self._cells.contents.items():
            if place in fields or not content.words.strip() or is_mark(content.words):
                continue
            if place not in self._labels:
                self._told.miss(title, address(place), _OUTSIDE, content.words)
            elif self._labels[place] not in ("", fingerprint(content.words)):
                self._told.miss(title, address(place), _LABEL, content.words)


def mark_of(cells: Cells) -> str:
    """The mark of a worksheet, "" if it bears none."""
    words = (content.words for content in cells.contents.values())
    return next((word for word in words if SHEET_MARK.fullmatch(word)), "")


def _places(cells: Cells) -> _Places:
    """Where the rows and columns of the form stand now."""
    found = _Places()
    marked = (place for place, c in cells.contents.items() if SHEET_MARK.fullmatch(c.words))
    found.corner = next(marked, (0, 0))
    for (row, column), content in cells.contents.items():
        if column == found.corner[1] and ROW_MARK.fullmatch(content.words):
            found.rows.setdefault(content.words, row)
        mark = COLUMN_MARK.fullmatch(content.words) if row == found.corner[0] else None
        if mark:
            found.columns.setdefault(mark[1], column)
    return found


def _was_empty(cell: ExpectedCell) -> bool:
    return not cell.text if cell.text is not None else cell.digest == fingerprint("")


def _as_field(target: Target, text: str) -> str:
    """Only texts know bold; names and other facts do not."""
    is_text = target.kind != INITIATIVE or target.field.startswith(TEXT_PREFIX)
    return text if is_text else unmarked(text).plain


def _field_name(cell: ExpectedCell) -> str:
    return cell.target.field.removeprefix(TEXT_PREFIX)
