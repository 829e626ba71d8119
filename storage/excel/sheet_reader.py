"""Reading an exported workbook that has come back from a department.

Cells are found by the marks of `storage.excel.issue`, wherever people moved them. What
cannot be read is reported cell by cell with its words, never guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from app.errors import KeikakuError
from app.forms.fields import Target
from app.forms.marks import unmarked
from app.forms.reading import Answer, Remark, Unread
from app.plan.entities import TEXT_PREFIX
from app.plan.kinds import INITIATIVE
from storage.excel.cells import CellReader, Cells, Content
from storage.excel.gate import MAX_FILE, Gate
from storage.excel.issue import (
    COLUMN_MARK,
    META_SHEET,
    ROW_MARK,
    SHEET_MARK,
    Issue,
    IssuedCell,
    IssuedSheet,
    is_mark,
    read_issue,
)
from storage.excel.notes import Note, notes_of
from storage.excel.parts import BookParts, ListedTwiceError
from storage.excel.places import Place, address
from storage.safe_io import read_bytes

# Excel keeps a file of this name beside a workbook while that is open.
_OWNERS: Final = "~$"
_OUTSIDE: Final = "記入欄の外に書かれているため、読んでいません"
_NOT_OURS: Final = "計画カンバンの様式ではないシートのため、読んでいません"
_COPIED: Final = "同じ個票のシートが2つ以上あるため、写しは読んでいません"
_MOST_WORDS: Final = 4000
# What parsers raise for a file that is not what it claims to be.
_NONE_OF_OURS: Final = (ParseError, ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook says: a field each, what could not be read, and what to know of the rest."""

    answers: tuple[Answer, ...]
    unread: tuple[Unread, ...]
    remarks: tuple[Remark, ...] = ()


def read_workbook(path: Path) -> Returned:
    """Read a returned workbook. Raises KeikakuError if it is none of ours, or not safe."""
    if path.name.startswith(_OWNERS):
        raise KeikakuError(
            f"「{path.name}」は、Excelで開いている間だけできる一時ファイルです。計画は変わっていません。"
            f"Excelを閉じて、「{path.name.removeprefix(_OWNERS)}」を選んでください。"
        )
    gate = Gate(read_bytes(path, MAX_FILE), path.name)
    try:
        return _Reading(*_opened(gate)).returned()
    except ListedTwiceError as error:
        raise gate.refusal("同じシートの部品が2回書かれています") from error
    except _NONE_OF_OURS as error:
        raise KeikakuError(
            f"「{path.name}」は計画カンバンから出力した様式として読めません。"
            "計画は変わっていません。出力した様式のまま記入されたファイルを選んでください。"
        ) from error


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A worksheet as received: its cells, and the words that stand in none of them."""

    cells: Cells
    notes: tuple[Note, ...]

    @property
    def title(self) -> str:
        return self.cells.title


def _opened(gate: Gate) -> tuple[Issue, list[_Sheet]]:
    book = BookParts(gate.parts)
    reader = CellReader(book)
    meta = next((sheet for sheet in book.sheets if sheet.title == META_SHEET), None)
    if meta is None:
        raise ValueError("no hidden sheet")
    issue = read_issue(_rows(reader.cells(meta)))
    return issue, [
        _Sheet(reader.cells(sheet), notes_of(book, sheet.part))
        for sheet in book.sheets
        if sheet is not meta
    ]


def _rows(meta: Cells) -> Iterator[Sequence[str]]:
    last = max((row for row, _ in meta.contents), default=0)
    for row in range(1, last + 1):
        yield [meta.content((row, column)).words for column in (1, 2, 3)]


@dataclass(slots=True)
class _Piece:
    """One input cell as found: where, and what it says; None if it could not be read."""

    issued: IssuedCell
    sheet: str
    cell: str
    text: str | None


@dataclass(slots=True)
class _Marks:
    """Where the marks of a worksheet stand now: rows and columns by mark."""

    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)


class _Reading:
    """Matches the worksheets of a workbook with what was issued."""

    def __init__(self, issue: Issue, sheets: list[_Sheet]) -> None:
        self._issue, self._sheets = issue, sheets
        self._unread: list[Unread] = []
        self._remarks: list[Remark] = []

    def returned(self) -> Returned:
        """All fields, and all places that could not be read."""
        found = self._worksheets()
        pieces: dict[Target, list[_Piece]] = {}
        by_sheet: dict[str, list[IssuedCell]] = {}
        for issued in self._issue.cells:
            by_sheet.setdefault(issued.sheet, []).append(issued)
        for mark, sheet in found.items():
            cells = by_sheet.get(mark, [])
            for piece in self._pieces(self._issue.sheets[mark], sheet.cells, cells):
                pieces.setdefault(piece.issued.target, []).append(piece)
        answers = tuple(self._answers(pieces))
        return Returned(answers, tuple(self._unread), tuple(self._remarks))

    def _worksheets(self) -> dict[str, _Sheet]:
        """The worksheet of each mark. Of copies only the one that kept its title is read."""
        candidates: dict[str, list[_Sheet]] = {}
        for sheet in self._sheets:
            self._report_notes(sheet)
            mark = _mark_of(sheet.cells)
            if mark not in self._issue.sheets:
                self._miss(sheet.title, "", _NOT_OURS, _all_words(sheet.cells))
                continue
            candidates.setdefault(mark, []).append(sheet)
        found: dict[str, _Sheet] = {}
        for mark, issued in self._issue.sheets.items():
            sheets = candidates.get(mark, [])
            own = [sheet for sheet in sheets if sheet.title == issued.title] or sheets
            if not sheets:
                self._miss(issued.title, "", "シートがありません")
            elif len(own) == 1:
                found[mark] = own[0]
            for sheet in sheets:
                if len(own) > 1 or sheet is not own[0]:
                    self._miss(sheet.title, "", _COPIED, _all_words(sheet.cells))
        return found

    def _pieces(
        self, issued: IssuedSheet, sheet: Cells, cells: list[IssuedCell]
    ) -> Iterator[_Piece]:
        marks = _marks(sheet)
        anchors: dict[Place, IssuedCell] = {}
        taken: dict[Place, list[IssuedCell]] = {}
        for cell in cells:
            place = (marks.rows.get(cell.row, 0), marks.columns.get(cell.column, 0))
            if 0 in place:
                self._miss(
                    sheet.title, "", f"「{_field_name(cell)}」の欄の行か列がなくなっています"
                )
                yield _Piece(cell, sheet.title, "", None)
                continue
            anchors[place] = cell
            taken.setdefault(sheet.anchor(place), []).append(cell)
        labels = {
            (marks.rows.get(row, 0), marks.columns.get(column, 0)) for row, column in issued.labels
        }
        for place, cell in anchors.items():
            yield self._piece(sheet, place, cell, taken, labels)
        self._report_strays(sheet, labels | set(anchors) | set(taken))

    def _piece(
        self,
        sheet: Cells,
        place: Place,
        cell: IssuedCell,
        taken: Mapping[Place, list[IssuedCell]],
        labels: set[Place],
    ) -> _Piece:
        where = place if sheet.content(place) else sheet.anchor(place)
        content = sheet.content(where)
        is_anothers = len(taken.get(where, ())) > 1 or where in labels or is_mark(content.words)
        if where != place and is_anothers:
            # Nothing was to be read of an empty field; what stands there is not its own.
            content = Content(trouble="ほかの欄と結合されています" if cell.text else "")
        if content.trouble:
            self._miss(sheet.title, address(where), content.trouble, content.words)
            return _Piece(cell, sheet.title, address(where), None)
        if content.remark:
            self._remarks.append(Remark(sheet.title, address(where), content.remark))
        text = content.text
        if cell.target.kind == INITIATIVE and not cell.target.field.startswith(TEXT_PREFIX):
            text = unmarked(text).plain
        return _Piece(cell, sheet.title, address(where), text)

    def _report_strays(self, sheet: Cells, known: set[Place]) -> None:
        """What people wrote outside the input cells is told, not taken."""
        for place, content in sheet.contents.items():
            if place not in known and content.words.strip() and not is_mark(content.words):
                self._miss(sheet.title, address(place), _OUTSIDE, content.words)

    def _report_notes(self, sheet: _Sheet) -> None:
        for note in sheet.notes:
            why = f"{note.kind}があります。文としては読んでいません"
            self._miss(sheet.title, note.cell, why, note.words)

    def _answers(self, pieces: Mapping[Target, list[_Piece]]) -> Iterator[Answer]:
        counts: dict[Target, int] = {}
        for issued in self._issue.cells:
            counts[issued.target] = counts.get(issued.target, 0) + 1
        for target, found in pieces.items():
            texts = [piece.text for piece in found]
            if len(found) < counts[target] or None in texts:
                # A part of the text is missing: what is there says nothing about the whole.
                continue
            found.sort(key=lambda piece: piece.issued.part)
            base = "".join(piece.issued.text + piece.issued.joint for piece in found)
            theirs = "".join((piece.text or "") + piece.issued.joint for piece in found)
            first = found[0]
            yield Answer(target, first.issued.item, base, theirs, first.sheet, first.cell)

    def _miss(self, sheet: str, cell: str, why: str, words: str = "") -> None:
        self._unread.append(Unread(sheet, cell, why, words))


def _mark_of(sheet: Cells) -> str:
    """The mark of a worksheet, "" if it bears none."""
    words = (content.words for content in sheet.contents.values())
    return next((word for word in words if SHEET_MARK.fullmatch(word)), "")


def _all_words(sheet: Cells) -> str:
    """What stands in a worksheet that is not read, in reading order."""
    words = (c.words for _, c in sorted(sheet.contents.items(), key=lambda found: found[0]))
    told = "\n".join(word for word in words if word.strip() and not is_mark(word))
    return told if len(told) <= _MOST_WORDS else f"{told[:_MOST_WORDS]}…（以下略）"


def _marks(sheet: Cells) -> _Marks:
    """Where the rows and columns of the form stand now."""
    corner = next((p for p, c in sheet.contents.items() if SHEET_MARK.fullmatch(c.words)), (0, 0))
    marks = _Marks()
    for (row, column), content in sheet.contents.items():
        if column == corner[1] and ROW_MARK.fullmatch(content.words):
            marks.rows.setdefault(content.words, row)
        if row == corner[0] and COLUMN_MARK.fullmatch(content.words):
            marks.columns.setdefault(content.words, column)
    return marks


def _field_name(cell: IssuedCell) -> str:
    return cell.target.field.removeprefix(TEXT_PREFIX)
