"""Printing sheets on a printer, with Qt's own preview and print dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from app.documents.drawing import Page
from app.documents.sheets import sheets_document
from app.forms.plan_form import form_of
from app.plan.plan import Plan
from resources import form_texts
from ui.desktop.paper import PaperFonts, paint_page


def preview_sheets(parent: QWidget, plan: Plan, initiatives: Sequence[str]) -> None:
    """Show the sheets of these initiatives as a printer will print them.

    Raises KeikakuError where the plan's form cannot be read.
    """
    chosen = [plan.initiatives[id] for id in initiatives if id in plan.initiatives]
    form = form_of(plan.profile, form_texts())
    pages = list(sheets_document(form, plan, chosen, PaperFonts()).pages)
    if not pages:
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    lay_out(printer, pages[0])
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle("印刷プレビュー")
    dialog.paintRequested.connect(lambda target: print_pages(target, pages))
    dialog.resize(parent.size() * 0.9)
    dialog.exec()


def lay_out(printer: QPrinter, page: Page) -> None:
    """Set paper and orientation; the margins are those of the form, inside the page."""
    short, long = sorted((page.width, page.height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point)
    is_wide = page.width > page.height
    way = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, way, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def print_pages(printer: QPrinter, pages: Sequence[Page]) -> None:
    """Paint the pages of the range that was chosen (0 means to the end)."""
    first = max(1, printer.fromPage())
    last = printer.toPage() or len(pages)
    painter = QPainter(printer)
    for number, page in enumerate(pages[first - 1 : last]):
        if number:
            printer.newPage()
        paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
        paint_page(painter, page, paper)
    painter.end()
