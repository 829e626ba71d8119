"""Reading a workbook that has come back from a department: all its worksheets together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from app.errors import KeikakuError
from app.forms.fields import Target
from app.forms.returned import Answer, CopiedSheet, Returned
from app.plan.kinds import NAME
from storage.excel.cells import CellReader, Cells
from storage.excel.gate import MAX_FILE, Gate
from storage.excel.issue import META_SHEET, NO_ISSUE, Issue, is_mark, read_issue
from storage.excel.issued_pages import is_of_another_book, issued_page
from storage.excel.notes import notes_of
from storage.excel.parts import BookParts, ListedTwiceError
from storage.excel.worksheet_reading import ExpectedPage, Piece, Sheet, Told, WorksheetReading
from storage.safe_io import read_bytes

# Excel keeps a file of this name beside a workbook while that is open.
_OWNERS: Final = "~$"
_NOT_OURS: Final = "計画カンバンの様式ではないシートのため、読んでいません"
_ANOTHERS: Final = "シートの名前も事業の名前も、出力したときと違うため、読んでいません"
_SAME: Final = "同じ個票のシートが2つ以上あるため、写しは読んでいません"
_GONE: Final = "シートがありません"
_MOST_WORDS: Final = 4000
# What parsers raise for a file that is not what it claims to be.
_NONE_OF_OURS: Final = (ParseError, ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Found:
    """A worksheet and what it was issued as."""

    sheet: Sheet
    page: ExpectedPage


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


def _opened(gate: Gate) -> tuple[Issue, list[Sheet]]:
    book = BookParts(gate.parts)
    reader = CellReader(book)
    meta = next((sheet for sheet in book.sheets if sheet.title == META_SHEET), None)
    issue = read_issue(_rows(reader.cells(meta))) if meta else NO_ISSUE
    return issue, [
        Sheet(reader.cells(sheet), notes_of(book, sheet.part))
        for sheet in book.sheets
        if sheet is not meta
    ]


def _rows(meta: Cells) -> Iterator[Sequence[str]]:
    last = max((row for row, _ in meta.contents), default=0)
    for row in range(1, last + 1):
        yield [meta.content((row, column)).words for column in (1, 2, 3)]


class _Reading:
    """Matches the worksheets of a workbook with what was issued."""

    def __init__(self, issue: Issue, sheets: list[Sheet]) -> None:
        self._issue, self._sheets = issue, sheets
        self._told = Told()
        self._copies: list[CopiedSheet] = []

    def returned(self) -> Returned:
        """All fields, and all places that could not be read. Raises ValueError if none is ours."""
        pieces: dict[Target, list[Piece]] = {}
        for found in self._worksheets():
            for piece in WorksheetReading(found.page, found.sheet, self._told).pieces():
                pieces.setdefault(piece.expected.target, []).append(piece)
        answers = tuple(filter(None, map(_answer, pieces.values())))
        told = self._told
        return Returned(answers, tuple(told.unread), tuple(told.remarks), tuple(self._copies))

    def _worksheets(self) -> Iterator[_Found]:
        """The worksheets to be read, each page once."""
        by_key: dict[tuple[str, str, int], list[_Found]] = {}
        for sheet in self._sheets:
            page = issued_page(self._issue, sheet.cells)
            self._report_notes(sheet)
            if page is None:
                self._told.miss(sheet.title, "", _NOT_OURS, _all_words(sheet.cells))
            elif self._is_anothers(page, sheet):
                self._told.miss(sheet.title, "", _ANOTHERS, _all_words(sheet.cells))
            else:
                by_key.setdefault(page.key, []).append(_Found(sheet, page))
        if not by_key and not self._issue.sheets:
            raise ValueError("no worksheet of ours")
        self._report_missing(by_key)
        for same in by_key.values():
            yield from self._of_copies(same)

    def _is_anothers(self, page: ExpectedPage, sheet: Sheet) -> bool:
        if page.labels and any(page.labels.values()):
            return False
        names = (p.text for p in WorksheetReading(page, sheet, Told()).pieces()
                 if p.expected.target.field == NAME)  # fmt: skip
        return is_of_another_book(page, sheet.title, next(names, None))

    def _report_missing(self, found: dict[tuple[str, str, int], list[_Found]]) -> None:
        titles = {one.page.title for same in found.values() for one in same}
        for issued in self._issue.sheets.values():
            if issued.title not in titles:
                self._told.miss(issued.title, "", _GONE)

    def _of_copies(self, same: list[_Found]) -> Iterator[_Found]:
        """Of a worksheet and its copies the one that kept its title is read."""
        own = [one for one in same if one.sheet.title == one.page.title] or same
        if len(own) == 1:
            yield own[0]
        for one in same:
            if len(own) > 1 or one is not own[0]:
                self._told.miss(one.sheet.title, "", _SAME, _all_words(one.sheet.cells))
                self._copies.append(_copied(one))

    def _report_notes(self, sheet: Sheet) -> None:
        for note in sheet.notes:
            why = f"{note.kind}があります。文としては読んでいません"
            self._told.miss(sheet.title, note.cell, why, note.words)


def _answer(found: list[Piece]) -> Answer | None:
    """The pieces of a text as one, None if a part of it is missing or unread."""
    first = min(found, key=lambda piece: piece.expected.part)
    texts = [piece.text for piece in found if piece.text is not None]
    if len(texts) < max(first.expected.of, len(found)):
        # What is there says nothing about the whole.
        return None
    found = sorted(found, key=lambda piece: piece.expected.part)
    expected = [piece.expected for piece in found]
    bases = [cell.text for cell in expected if cell.text is not None]
    base = "".join(c.text + c.joint for c in expected if c.text is not None)
    theirs = "".join((piece.text or "") + piece.expected.joint for piece in found)
    is_known = len(bases) == len(expected)
    return Answer(
        first.expected.target, first.expected.item, base if is_known else None, theirs,
        first.sheet, first.cell, first.origin, first.expected.whole,
    )  # fmt: skip


def _copied(found: _Found) -> CopiedSheet:
    """The fields of a copy as they stand; what cannot be read of it is told with the rest."""
    texts: dict[Target, tuple[str, str]] = {}
    for piece in WorksheetReading(found.page, found.sheet, Told()).pieces():
        target = piece.expected.target
        before, _ = texts.get(target, ("", ""))
        texts[target] = (before + (piece.text or ""), piece.expected.item)
    return CopiedSheet(found.sheet.title, found.page.origin, texts)


def _all_words(sheet: Cells) -> str:
    """What stands in a worksheet that is not read, in reading order."""
    words = (c.words for _, c in sorted(sheet.contents.items(), key=lambda found: found[0]))
    told = "\n".join(w for w in words if w.strip() and not is_mark(w))
    return told if len(told) <= _MOST_WORDS else f"{told[:_MOST_WORDS]}…（以下略）"
