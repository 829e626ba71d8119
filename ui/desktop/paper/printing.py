"""Printing pages on a printer, with the system's own dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.documents.order import Choices
from app.documents.pages.drawing import Page, Progress
from app.errors import KeikakuError
from app.forms.fitting.metrics import PageFonts
from ui.desktop.paper.paper_painter import PaperPainter


def ask_printer(
    parent: QWidget, title: str, pages: Sequence[Page], choices: Choices
) -> QPrinter | None:
    """The printer a person chose, ready for these pages; None where they went back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    lay_out(printer, pages[0], choices)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("印刷")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(pages))
    return printer if dialog.exec() else None


def lay_out(printer: QPrinter, page: Page, choices: Choices) -> None:
    """Set paper, orientation and sides; the margins are those of the page itself."""
    short, long = sorted((page.width, page.height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point)
    is_wide = page.width > page.height
    way = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, way, QMarginsF(0, 0, 0, 0)))
    printer.setDuplex(_sides(choices, is_wide))


def _sides(choices: Choices, is_wide: bool) -> QPrinter.DuplexMode:
    """Leaves are turned about the edge they are bound at: left where nothing is said."""
    if not choices.both_sides:
        return QPrinter.DuplexMode.DuplexNone
    is_long_edge = (choices.binding == "top") == is_wide
    return (
        QPrinter.DuplexMode.DuplexLongSide if is_long_edge else QPrinter.DuplexMode.DuplexShortSide
    )


def print_pages(printer: QPrinter, pages: Sequence[Page], fonts: PageFonts, tell: Progress) -> None:
    """Print the pages of the range that was chosen. May run off the UI thread.

    Raises KeikakuError where the printer cannot be begun; what `tell` stops is not printed.
    """
    first = max(1, printer.fromPage())
    last = printer.toPage() or len(pages)
    paper, painter = PaperPainter(fonts), QPainter()
    if not painter.begin(printer):
        raise KeikakuError(
            "プリンターで印刷を始められませんでした。計画は変わっていません。"
            "プリンターの電源と接続を確かめて、もう一度印刷してください。"
        )
    try:
        for number, page in enumerate(pages[first - 1 : last]):
            tell(number, last - first + 1)
            if number:
                printer.newPage()
            paper.paint(painter, page, _place(printer, page))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _place(printer: QPrinter, page: Page) -> QRectF:
    """The paper, or as much of it as has the proportions of the page, in its middle."""
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    shape = QSizeF(page.width, page.height)
    fitted = shape.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(paper.topLeft(), fitted)
    place.moveCenter(paper.center())
    return place
