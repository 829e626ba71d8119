"""Printing: the pages on a printer are those of the printed sheets."""

from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter

from app.documents.sheets import sheets_document
from app.forms.plan_form import form_of
from resources import form_texts
from tests.ui.desktop.plans import sample_plan
from ui.desktop.paper import PaperFonts
from ui.desktop.printing import lay_out, print_pages
from ui.desktop.theme import Theme

A4_POINTS = (842, 595)


@pytest.fixture
def printer(theme: Theme, tmp_path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    return printer


def test_every_sheet_is_a_page_of_the_forms_paper(printer: QPrinter) -> None:
    plan = sample_plan(3)
    form = form_of(plan.profile, form_texts())
    pages = list(sheets_document(form, plan, plan.initiatives.under(), PaperFonts()).pages)
    lay_out(printer, pages[0])
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    print_pages(printer, pages)
    with pdfplumber.open(printer.outputFileName()) as printed:
        assert [(round(p.width), round(p.height)) for p in printed.pages] == [A4_POINTS] * 3
        box = printed.pages[0].bbox
        edges = [(edge["x0"], edge["x1"]) for edge in printed.pages[0].edges]
    assert edges
    assert all(box[0] < left and right < box[2] for left, right in edges)


def test_a_range_of_pages_is_printed(printer: QPrinter) -> None:
    plan = sample_plan(4)
    form = form_of(plan.profile, form_texts())
    pages = list(sheets_document(form, plan, plan.initiatives.under(), PaperFonts()).pages)
    lay_out(printer, pages[0])
    printer.setFromTo(2, 3)
    print_pages(printer, pages)
    with pdfplumber.open(printer.outputFileName()) as printed:
        assert len(printed.pages) == 2


def test_the_screen_measures_as_the_pdf_does(theme: Theme) -> None:
    from storage.fonts import find_fonts

    paper, pdf = PaperFonts(), find_fonts()
    for character in "窓口のＤＸABCgj1,（令和5年度）・～－髙﨑①㈱\t":
        assert abs(paper.regular[character] - pdf.regular[character]) <= 1, character
        assert abs(paper.bold[character] - pdf.bold[character]) <= 1, character
