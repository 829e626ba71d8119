"""Reading an exported workbook that has come back from a department.

Cells are found by the marks of `storage.excel.issue`, wherever people moved them. What
cannot be read is reported cell by cell, never guessed.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from app.errors import KeikakuError
from app.forms.fields import Target
from app.forms.marks import unmarked
from app.forms.reading import Answer, Unread
from app.plan.entities import TEXT_PREFIX
from app.plan.kinds import INITIATIVE
from storage.excel.cells import Cells, Place, Unreadable, address
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
from storage.safe_io import read_bytes

# openpyxl has no error of its own for a file that is not what it claims to be.
_NONE_OF_OURS: Final = (
    *(ParseError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook says: a field each, and what could not be read."""

    answers: tuple[Answer, ...]
    unread: tuple[Unread, ...]


def read_workbook(path: Path) -> Returned:
    """Read a returned workbook. Raises KeikakuError where it is none of ours, or not safe."""
    gate = Gate(read_bytes(path, MAX_FILE), path.name)
    try:
        return _Reading(*_opened(gate)).returned()
    except _NONE_OF_OURS as error:
        raise KeikakuError(
            f"「{path.name}」は計画カンバンから出力した様式として読めません。"
            "計画は変わっていません。出力した様式のまま記入されたファイルを選んでください。"
        ) from error


def _opened(gate: Gate) -> tuple[Issue, list[Cells]]:
    workbook = load_workbook(
        io.BytesIO(gate.archive()), read_only=True, rich_text=True, keep_links=False
    )
    try:
        meta = Cells(workbook[META_SHEET], ())
        rows = [
            [str(meta.content((row, column))) for column in (1, 2, 3)]
            for row in range(1, 1 + max(row for row, _ in meta.contents))
        ]
        sheets = [
            Cells(sheet, gate.merges(sheet._worksheet_path))
            for sheet in workbook.worksheets
            if sheet.title != META_SHEET
        ]
        return read_issue(rows), sheets
    finally:
        workbook.close()


@dataclass(slots=True)
class _Piece:
    """One input cell as found: where, and what it says; None where it could not be read."""

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

    def __init__(self, issue: Issue, sheets: list[Cells]) -> None:
        self._issue, self._sheets = issue, sheets
        self._unread: list[Unread] = []

    def returned(self) -> Returned:
        """All fields, and all places that could not be read."""
        found = self._worksheets()
        pieces: dict[Target, list[_Piece]] = {}
        by_sheet: dict[str, list[IssuedCell]] = {}
        for issued in self._issue.cells:
            by_sheet.setdefault(issued.sheet, []).append(issued)
        for mark, sheet in found.items():
            for piece in self._pieces(self._issue.sheets[mark], sheet, by_sheet.get(mark, [])):
                pieces.setdefault(piece.issued.target, []).append(piece)
        answers = tuple(self._answers(pieces))
        return Returned(answers, tuple(self._unread))

    def _worksheets(self) -> dict[str, Cells]:
        """The worksheet of each mark. Of copies only the one that kept its title is read."""
        candidates: dict[str, list[Cells]] = {}
        for sheet in self._sheets:
            mark = next((c for c in sheet.contents.values() if _is_sheet_mark(c)), None)
            if not isinstance(mark, str) or mark not in self._issue.sheets:
                self._miss(
                    sheet.title, "", "計画カンバンの様式ではないシートのため、読んでいません"
                )
                continue
            candidates.setdefault(mark, []).append(sheet)
        found: dict[str, Cells] = {}
        for mark, issued in self._issue.sheets.items():
            sheets = candidates.get(mark, [])
            own = [sheet for sheet in sheets if sheet.title == issued.title] or sheets
            if not sheets:
                self._miss(issued.title, "", "シートがありません")
            elif len(own) == 1:
                found[mark] = own[0]
            for sheet in sheets:
                if len(own) > 1 or sheet is not own[0]:
                    self._miss(
                        sheet.title, "", "同じ個票のシートが2つ以上あるため、写しは読んでいません"
                    )
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
        known = labels | set(anchors) | set(taken)
        self._report_strays(sheet, marks, known)

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
        is_anothers = (
            len(taken.get(where, ())) > 1
            or where in labels
            or (isinstance(content, str) and is_mark(content))
        )
        if where != place and is_anothers:
            # Nothing was to be read of an empty field; what stands there is not its own.
            content = Unreadable("ほかの欄と結合されています") if cell.text else ""
        if isinstance(content, Unreadable):
            self._miss(sheet.title, address(where), content.why)
            return _Piece(cell, sheet.title, address(where), None)
        if cell.target.kind == INITIATIVE and not cell.target.field.startswith(TEXT_PREFIX):
            content = unmarked(content).plain
        return _Piece(cell, sheet.title, address(where), content)

    def _report_strays(self, sheet: Cells, marks: _Marks, known: set[Place]) -> None:
        """What people wrote outside the input cells is told, not taken."""
        for place, content in sheet.contents.items():
            if place in known or not content:
                continue
            if isinstance(content, str) and (
                not content.strip() or (isinstance(content, str) and is_mark(content))
            ):
                continue
            self._miss(sheet.title, address(place), "記入欄の外に書かれているため、読んでいません")

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

    def _miss(self, sheet: str, cell: str, why: str) -> None:
        self._unread.append(Unread(sheet, cell, why))


def _marks(sheet: Cells) -> _Marks:
    """Where the rows and columns of the form stand now."""
    corner = next((place for place, c in sheet.contents.items() if _is_sheet_mark(c)), (0, 0))
    marks = _Marks()
    for (row, column), content in sheet.contents.items():
        if not isinstance(content, str):
            continue
        if column == corner[1] and ROW_MARK.fullmatch(content):
            marks.rows.setdefault(content, row)
        if row == corner[0] and COLUMN_MARK.fullmatch(content):
            marks.columns.setdefault(content, column)
    return marks


def _is_sheet_mark(content: str | Unreadable) -> bool:
    return isinstance(content, str) and SHEET_MARK.fullmatch(content) is not None


def _field_name(cell: IssuedCell) -> str:
    return cell.target.field.removeprefix(TEXT_PREFIX)
