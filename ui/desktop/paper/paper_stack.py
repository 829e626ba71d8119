"""Printed pages on a desk, one below the other."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.documents.pages.drawing import Page
from ui.desktop.paper.paper_painter import PaperPainter
from ui.desktop.theme import Theme

_SHADOW = 4


class PaperStack(QWidget):
    """Pages one below the other, as wide as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._gap = theme.px(12)
        self.pages: Sequence[Page] = ()
        self._painter: PaperPainter | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setObjectName("desk")
        self.setAccessibleName("印刷の見え方")

    def show_pages(self, pages: Sequence[Page], painter: PaperPainter | None) -> None:
        """Show these pages, laid out with the fonts of this painter."""
        self.pages, self._painter = pages, painter
        self.updateGeometry()
        self.update()

    def width_for(self, number: int, width: int, height: int) -> int:
        """How wide the stack must be for a whole page (from 0) to fit into a place."""
        page = self.pages[number]
        return min(width, round((height - self._gap) * page.width / page.height) + _SHADOW)

    def top(self, number: int) -> int:
        """Where a page begins at the present width."""
        return next((round(y.top()) for n, y in enumerate(self._places()) if n == number), 0)

    def page_at(self, y: int) -> int:
        """The page (from 0) that stands at a height."""
        last = max(0, len(self.pages) - 1)
        return next((n for n, place in enumerate(self._places()) if y < place.bottom()), last)

    def heightForWidth(self, width: int) -> int:
        """Height of all pages at a width."""
        return round(sum(self._height(page, width) + self._gap for page in self.pages))

    def _height(self, page: Page, width: int) -> float:
        return (width - _SHADOW) * page.height / page.width

    def _places(self) -> Iterator[QRectF]:
        top = 0.0
        for page in self.pages:
            height = self._height(page, self.width())
            yield QRectF(0, top, self.width() - _SHADOW, height)
            top += height + self._gap

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper on a shadow, and what is printed on it; only what is to be seen."""
        if self._painter is None:
            return
        painter = QPainter(self)
        for page, place in zip(self.pages, self._places(), strict=True):
            if place.bottom() < event.rect().top():
                continue
            if place.top() > event.rect().bottom():
                break
            painter.fillRect(place.translated(2, 2), QColor(0, 0, 0, 36))
            painter.fillRect(place, Qt.GlobalColor.white)
            self._painter.paint(painter, page, place)
        painter.end()
