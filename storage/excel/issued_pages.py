"""What each worksheet of a returned workbook was issued as: by its own record, or by the book's.

A worksheet says of itself what it is (`page_record`); the hidden sheet of its book remembers the
texts as well. One that was moved into another book has only its own record. Workbooks of earlier
versions have only the hidden sheet.
"""

from app.forms.fingerprint import fingerprint
from app.forms.returned import Origin
from app.plan.kinds import INITIATIVE, NAME
from storage.excel.cells import Cells
from storage.excel.issue import Issue, IssuedCell
from storage.excel.page_record import PageRecord, RecordedCell, read_record
from storage.excel.worksheet_reading import ExpectedCell, ExpectedPage, mark_of


def issued_page(issue: Issue, cells: Cells) -> ExpectedPage | None:
    """What a worksheet was issued as, None for one that is none of ours.

    Raises ValueError or TypeError for a record that does not say what it must.
    """
    mark = mark_of(cells)
    record = read_record(content.words for content in cells.contents.values())
    if record is None:
        return _by_book(issue, mark) if mark in issue.sheets else None
    return _by_record(record, issue.cells.get(mark, []))


def _by_record(record: PageRecord, remembered: list[IssuedCell]) -> ExpectedPage:
    """By the worksheet's own record, with the texts of the hidden sheet if that is of this book."""
    own = {(cell.row, cell.column): cell for cell in remembered}
    is_own = bool(own) and any(_is_same(cell, own) for cell in record.cells)
    cells = tuple(_expected(cell, own if is_own else {}) for cell in record.cells)
    surplus = set(own) - {(c.row, c.column) for c in record.cells} if is_own else set()
    added = tuple(_forged(own[place]) for place in sorted(surplus))
    labels = {(row, column): digest for row, column, digest in record.labels}
    origin = Origin(record.plan, record.initiative)
    return ExpectedPage(
        origin,
        (record.plan, record.initiative, record.page),
        record.title,
        (*cells, *added),
        labels,
    )


def _is_same(cell: RecordedCell, own: dict[tuple[str, str], IssuedCell]) -> bool:
    found = own.get((cell.row, cell.column))
    return found is not None and found.target.id == cell.target.id


def _expected(cell: RecordedCell, own: dict[tuple[str, str], IssuedCell]) -> ExpectedCell:
    found = own.get((cell.row, cell.column))
    text = found.text if found else None
    is_sound = found is None or (
        found.target == cell.target and fingerprint(found.text) == cell.digest
    )
    return ExpectedCell(
        (cell.row, cell.column), cell.target, cell.part, cell.of, cell.joint, cell.item,
        text, cell.digest, cell.whole, is_sound,
    )  # fmt: skip


def _forged(cell: IssuedCell) -> ExpectedCell:
    """A cell that the hidden sheet lists and the worksheet does not know."""
    digest = fingerprint(cell.text)
    return ExpectedCell(
        (cell.row, cell.column), cell.target, cell.part, 1, cell.joint, cell.item, cell.text,
        digest, digest, is_sound=False,
    )  # fmt: skip


def _by_book(issue: Issue, mark: str) -> ExpectedPage:
    """By the hidden sheet alone."""
    sheet, cells = issue.sheets[mark], issue.cells.get(mark, [])
    initiative = next((c.target.id for c in cells if c.target.kind == INITIATIVE), "")
    expected = tuple(
        ExpectedCell(
            (c.row, c.column), c.target, c.part, issue.counts[c.target], c.joint, c.item, c.text,
            fingerprint(c.text), "",
        )
        for c in cells
    )  # fmt: skip
    origin, labels = Origin(issue.plan, initiative), dict.fromkeys(sheet.labels, "")
    return ExpectedPage(origin, (issue.plan, mark, 0), sheet.title, expected, labels)


def is_of_another_book(page: ExpectedPage, title: str, name: str | None) -> bool:
    """Whether a worksheet that bears only a mark was moved here from another book.

    Its title and the name of its initiative (None if it shows none) are then both others.
    """
    issued = next((c for c in page.cells if c.target.field == NAME), None)
    if issued is None or issued.text is None or name is None:
        return False
    return title != page.title and fingerprint(name) != issued.digest
