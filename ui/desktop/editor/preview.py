"""The printed page beside the editor, and how well the sheet fits it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.documents.sheets import sheet_pages
from app.errors import KeikakuError
from app.forms.fitting.fitting import Fitter
from app.forms.fitting.layout import FittedSheet
from app.forms.fitting.metrics import PageFonts
from app.forms.form import Form
from app.forms.sheet import Sheet
from ui.desktop.paper.paper_painter import PaperPainter
from ui.desktop.paper.paper_stack import PaperStack
from ui.desktop.parts import label
from ui.desktop.theme import Theme


class PreviewWidget(QWidget):
    """The pages of one sheet as they will print."""

    def __init__(
        self, theme: Theme, below: QWidget, page_fonts: Callable[[str], PageFonts]
    ) -> None:
        """`below` stands under the pages and scrolls with them.

        `page_fonts` finds the fonts for a form's `font.family`.
        """
        super().__init__()
        self._page_fonts = page_fonts
        self._painters: dict[str, tuple[Fitter, PaperPainter]] = {}
        self._gauge, self._words = FitGauge(theme), label(look="quietLabel")
        self._paper = PaperStack(theme)
        self._lay_out(theme, below)

    def _lay_out(self, theme: Theme, below: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(label("印刷の見え方", "heading"))
        head.addSpacing(theme.px(8))
        head.addWidget(self._gauge)
        head.addWidget(self._words)
        head.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(_stacked(self._paper, below))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(area, 1)

    def show_sheet(self, form: Form, sheet: Sheet) -> None:
        """Lay the sheet out and show its pages."""
        try:
            fitter, painter = self._painter(form.font.family)
        except KeikakuError as error:
            self._words.setText(str(error))
            return
        fitted = fitter.fit(sheet)
        self._gauge.show_fit(form, fitted)
        self._words.setText(fit_words(fitted))
        self._paper.show_pages(tuple(sheet_pages(form, [fitted], painter.fonts)), painter)

    def _painter(self, family: str) -> tuple[Fitter, PaperPainter]:
        if family not in self._painters:
            fonts = self._page_fonts(family)
            self._painters[family] = Fitter(fonts), PaperPainter(fonts)
        return self._painters[family]


def _stacked(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder


def fit_words(fitted: FittedSheet) -> str:
    """How a sheet fits: 1ページに収まります（9.5pt）."""
    count, size = len(fitted.pages), f"{fitted.size:g}pt"
    if count == 1:
        return f"1ページに収まります（{size}）"
    return f"{count}ページになります（{size}・つづきあり）"


class FitGauge(QFrame):
    """How much of the room between the form's smallest and largest type is left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share, self._fits = 1.0, True
        self.setFixedSize(theme.px(120), theme.px(10))
        self.setAccessibleName("収まり具合")

    def show_fit(self, form: Form, fitted: FittedSheet) -> None:
        """Show a fitted sheet: empty at the largest size, full where a page more is needed."""
        room = form.font.largest - form.font.smallest
        self._fits = len(fitted.pages) == 1
        used = (form.font.largest - fitted.size) / room if room else 0.0
        self._share = 0.2 + 0.75 * used if self._fits else 1.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line"))
        bar, radius = QRectF(self.rect()), self.height() / 2
        painter.drawRoundedRect(bar, radius, radius)
        painter.setBrush(self._theme.color("good" if self._fits else "warn"))
        bar.setWidth(bar.width() * self._share)
        painter.drawRoundedRect(bar, radius, radius)
        painter.end()
