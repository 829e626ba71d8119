"""The printed page beside the editor, and how well the sheet fits it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.documents.drawing import Page
from app.documents.sheets import sheet_pages
from app.forms.fitting import Fitter
from app.forms.form import Form
from app.forms.layout import FittedSheet
from app.forms.sheet import Sheet
from ui.desktop.paper import PaperFonts, paint_page
from ui.desktop.parts import label
from ui.desktop.theme import Theme


class PreviewWidget(QWidget):
    """The pages of one sheet as they will print."""

    def __init__(self, theme: Theme, below: QWidget) -> None:
        """`below` stands under the pages and scrolls with them."""
        super().__init__()
        self._metrics = PaperFonts()
        self._fitter = Fitter(self._metrics)
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
        fitted = self._fitter.fit(sheet)
        self._gauge.show_fit(form, fitted)
        self._words.setText(fit_words(fitted))
        self._paper.show_pages(tuple(sheet_pages(form, [fitted], self._metrics)))


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


class PaperStack(QWidget):
    """Pages one below the other, as wide as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._gap = theme.px(12)
        self._pages: Sequence[Page] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setObjectName("desk")
        self.setAccessibleName("印刷の見え方")

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show these pages."""
        self._pages = pages
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Height of all pages at a width."""
        return round(sum(self._height(page, width) + self._gap for page in self._pages))

    def _height(self, page: Page, width: int) -> float:
        return (width - 4) * page.height / page.width

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper on a shadow, and what is printed on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for page in self._pages:
            place = QRectF(0, top, self.width() - 4, self._height(page, self.width()))
            painter.fillRect(place.translated(2, 2), QColor(0, 0, 0, 36))
            painter.fillRect(place, Qt.GlobalColor.white)
            paint_page(painter, page, place)
            top += place.height() + self._gap
        painter.end()
