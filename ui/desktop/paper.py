"""Printed pages on the screen: measured with the fonts of the paper, painted by Qt."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPen, QRawFont

from app.documents.drawing import Box, Page, Text
from app.plan.search import is_variation_selector

FAMILY: Final = "BIZ UDGothic"
_EM: Final = 1000
_DRAWN: Final = 100


class _Widths(dict[str, int]):
    """Advance widths of one face in 1/1000 em, worked out when first asked for."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._raw = QRawFont.fromFont(font)

    def __missing__(self, character: str) -> int:
        self[character] = width = self._measured(character)
        return width

    def _measured(self, character: str) -> int:
        if character == "\t":
            return _EM
        if ord(character) < 0x20 or is_variation_selector(character):
            return 0
        glyphs = self._raw.glyphIndexesForString(character)
        if not glyphs or not glyphs[0]:
            return _EM
        return round(self._raw.advancesForGlyphIndexes(glyphs)[0].x())


class PaperFonts:
    """The two faces of the printed page (`FontMetrics`)."""

    def __init__(self) -> None:
        self._regular, self._bold = _Widths(paper_font(False, _EM)), _Widths(paper_font(True, _EM))

    @property
    def regular(self) -> Mapping[str, int]:
        """Widths in the regular face, 1/1000 of the size."""
        return self._regular

    @property
    def bold(self) -> Mapping[str, int]:
        """Widths in the bold face, 1/1000 of the size."""
        return self._bold


@cache
def paper_font(bold: bool, size: int = _DRAWN) -> QFont:
    """A face of the paper at a size in px; the system's font where BIZ UDGothic is missing."""
    font = QFont(FAMILY) if FAMILY in QFontDatabase.families() else QFont()
    font.setPixelSize(size)
    font.setBold(bold)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def paint_page(painter: QPainter, page: Page, place: QRectF) -> None:
    """Paint a page into a rectangle of the same proportions."""
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(place.width() / page.width, place.height() / page.height)
    for box in page.boxes:
        _paint_box(painter, box)
    for rule in page.rules:
        painter.setPen(QPen(QColor(f"#{rule.color}"), rule.line))
        painter.drawLine(QPointF(rule.x1, rule.y1), QPointF(rule.x2, rule.y2))
    for text in page.texts:
        _paint_text(painter, text)
    painter.restore()


def _paint_box(painter: QPainter, box: Box) -> None:
    rect = QRectF(box.x, box.y, box.width, box.height)
    if box.fill:
        painter.fillRect(rect, QColor(f"#{box.fill}"))
    if box.line:
        painter.setPen(QPen(QColor(f"#{box.color}"), box.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


def _paint_text(painter: QPainter, text: Text) -> None:
    painter.save()
    painter.translate(text.x, text.y)
    if text.turned:
        painter.rotate(90)
    painter.scale(text.size / _DRAWN, text.size / _DRAWN)
    painter.setFont(paper_font(text.bold))
    painter.setPen(QColor(f"#{text.color}"))
    painter.drawText(0, 0, text.text)
    painter.restore()
