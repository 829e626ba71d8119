"""Printed pages to be looked through: page n of m, larger and smaller."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.documents.pages.drawing import Page
from ui.desktop.paper.paper_painter import PaperPainter
from ui.desktop.paper.paper_stack import PaperStack
from ui.desktop.parts import ElidedLabel, label
from ui.desktop.theme import Theme

WHOLE, WIDE = "ページ全体", "幅に合わせる"
# Shares of the real size, on a screen of 96 dots an inch.
_SHARES: Final = (50, 75, 100, 150, 200)
_DOTS_PER_POINT: Final = 96 / 72


class PageArea(QWidget):
    """Pages one below the other, with their head: which page this is, and how large."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.stack, self._area = PaperStack(theme), QScrollArea()
        self.size_box, self.place = QComboBox(), label()
        self._back, self._on = _arrow("‹ 前", "前のページ"), _arrow("次 ›", "次のページ")
        self._lay_out(theme)
        self.size_box.addItems([WHOLE, WIDE, *(f"{share}%" for share in _SHARES)])
        self.size_box.currentIndexChanged.connect(lambda: self._fit())
        self._back.clicked.connect(lambda: self.go_to(self.page - 1))
        self._on.clicked.connect(lambda: self.go_to(self.page + 1))
        self._area.verticalScrollBar().valueChanged.connect(lambda: self._show_place())

    def _lay_out(self, theme: Theme) -> None:
        self.size_box.setAccessibleName("表示の大きさ")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(ElidedLabel("印刷の見え方", "heading"), 1)
        for part in (self._back, self.place, self._on, self.size_box):
            head.addWidget(part)
        self._area.setObjectName("desk")
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setAccessibleName("ページ")
        self._area.setWidget(self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self._area, 1)

    @property
    def page(self) -> int:
        """The page (from 0) that is looked at: the one across the middle."""
        bar = self._area.verticalScrollBar()
        if bar.value() == 0:
            return 0
        return self.stack.page_at(bar.value() + self._area.viewport().height() // 2)

    def show_pages(self, pages: Sequence[Page], painter: PaperPainter) -> None:
        """Show other pages, at the place that was looked at before."""
        page = self.page if self.stack.pages else 0
        self.stack.show_pages(pages, painter)
        self._fit(page)

    def go_to(self, page: int) -> None:
        """Look at a page (from 0)."""
        last = max(0, len(self.stack.pages) - 1)
        self._area.verticalScrollBar().setValue(self.stack.top(max(0, min(last, page))))
        self._show_place()

    def _fit(self, page: int | None = None) -> None:
        """Make the pages as large as is wanted, and stay at a page."""
        if not self.stack.pages:
            return
        page = self.page if page is None else page
        width = self._width()
        self.stack.resize(width, self.stack.heightForWidth(width))
        self.go_to(page)

    def _width(self) -> int:
        size, room = self.size_box.currentText(), self._area.maximumViewportSize()
        wide = room.width() - self._area.verticalScrollBar().sizeHint().width()
        if size == WHOLE:
            return self.stack.width_for(0, wide, room.height())
        if size == WIDE:
            return wide
        share = int(size.removesuffix("%")) / 100
        return round(self.stack.pages[0].width * _DOTS_PER_POINT * share)

    def _show_place(self) -> None:
        page, count = self.page, len(self.stack.pages)
        self.place.setText(f"{min(page + 1, count)} / {count}ページ")
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page + 1 < count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the new room."""
        super().resizeEvent(event)
        self._fit()


def _arrow(word: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setText(word)
    made.setAccessibleName(name)
    return made
