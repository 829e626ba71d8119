"""Outputs as workbooks: sheets on the form, rows of a list."""

from pathlib import Path

from app.documents.making import table_of
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from storage.excel.writing.list_writer import write_list
from storage.excel.writing.sheet_writer import write_sheets
from storage.form_files import form_for, form_if_any
from storage.pdf.fonts import find_fonts


def write_sheet_book(order: Order, target: Path, tell: Progress) -> None:
    """Write a worksheet for each initiative, whole or not at all. Raises KeikakuError."""
    form = form_for(order.plan, order.choices.form)
    fonts = find_fonts(form.font.family)
    write_sheets(form, order.plan, order.chosen(), fonts, target, tell)


def write_rows(order: Order, target: Path, tell: Progress) -> None:
    """Write a list as a workbook, whole or not at all. Raises KeikakuError."""
    form = form_if_any(order.plan, order.choices.form)
    write_list(table_of(order, form), target, tell)
