"""Sheets as an Excel workbook: the form's grid, to be filled in and to come back.

One worksheet a page, named by the initiative's number. Labels are locked (without a
password), input cells are tinted and open. Row heights come from our own layout, with
room for the way Excel and LibreOffice break lines.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.documents.pages.drawing import Progress, no_progress
from app.errors import KeikakuError
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.layout import FittedSheet
from app.forms.fitting.measuring import Slack
from app.forms.fitting.metrics import FontMetrics
from app.forms.form import Form
from app.forms.sheet import fill
from app.plan.entities import Initiative
from app.plan.plan import Plan
from storage.excel.writing.issued_book import IssuedBook
from storage.excel.writing.page_memory import PageIdentity, Pieces
from storage.excel.writing.page_writer import PageWriter
from storage.safe_io import write_bytes

# Excel and LibreOffice break lines without hanging and kerning rules of ours.
SLACK: Final = Slack(width=0.05, height=0.06)
_CONTINUED: Final = " つづき"
_NAMELESS: Final = "取組"


def write_sheets(
    form: Form, plan: Plan, initiatives: Sequence[Initiative], metrics: FontMetrics, target: Path,
    tell: Progress = no_progress,
) -> None:  # fmt: skip
    """Write the sheets of the initiatives to `target`, whole or not at all. Raises KeikakuError."""
    write_bytes(target, workbook_bytes(form, plan, initiatives, metrics, tell))


def workbook_bytes(
    form: Form, plan: Plan, initiatives: Sequence[Initiative], metrics: FontMetrics,
    tell: Progress = no_progress,
) -> bytes:  # fmt: skip
    """The sheets of the initiatives as an .xlsx file. Raises KeikakuError for no initiative."""
    book = IssuedBook(form, plan)
    fitter = Fitter(metrics, SLACK)
    for done, initiative in enumerate(initiatives):
        tell(done, len(initiatives))
        _add(book, initiative, fitter.fit(fill(form, plan, initiative)))
    if book.is_empty:
        raise KeikakuError(
            "出力する取組がないため、Excelを作りませんでした。"
            "計画と、前に作ったファイルはそのままです。取組を選ぶか、追加してください。"
        )
    return book.saved(tell)


def _add(book: IssuedBook, initiative: Initiative, fitted: FittedSheet) -> None:
    """Add an initiative's pages, a worksheet each."""
    pieces = _pieces(fitted)
    base = initiative.number or initiative.title or _NAMELESS
    for number, page in enumerate(fitted.pages):
        suffix = _CONTINUED + (str(number + 1) if number > 1 else "") if number else ""
        sheet, mark = book.add_worksheet(base, suffix)
        identity = PageIdentity(initiative.id, number, mark)
        PageWriter(book, sheet, page, identity).write(pieces)
        book.seal(sheet)


def _pieces(fitted: FittedSheet) -> Pieces:
    """How the texts are cut by page ends."""
    pieces = Pieces({}, {})
    open_ends: dict[int, tuple[int, int]] = {}
    placed_cells = (placed for page in fitted.pages for placed in page.cells)
    for placed in placed_cells:
        cell = id(placed.cell)
        if placed.repeated:
            continue
        pieces.counts[cell] = pieces.counts.get(cell, 0) + 1
        if not placed.lines:
            continue
        start, end = placed.span
        if cell in open_ends:
            part, last = open_ends[cell]
            pieces.joints[cell, part] = placed.flow.text.plain[last:start]
        open_ends[cell] = (placed.part, end)
    return pieces
