"""Paints printed pages with Qt: the one way in which the screen and a printer show them.

Texts are painted as outlines of the very fonts that the PDF embeds, at the places the layout
measured. So screen, printer and PDF agree, no installed font is asked for, and a printer gets
sharp shapes instead of pictures of them.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QRawFont,
)

from app.documents.pages.drawing import Box, Page, Text
from app.forms.fitting.metrics import THICKER, PageFonts

# Outlines are made once at this size (px) and scaled: large, as some systems round them to it.
_EM: Final = 1000.0
_REMEMBERED: Final = 4000


class PaperPainter:
    """Paints pages with some fonts. It is of use in the thread only that made it."""

    def __init__(self, fonts: PageFonts) -> None:
        self.fonts = fonts
        self._faces: dict[str, QRawFont] = {}
        self._glyphs: dict[tuple[str, str], QPainterPath] = {}
        self._outlined = lru_cache(_REMEMBERED)(self._outline)

    def paint(self, painter: QPainter, page: Page, place: QRectF) -> None:
        """Paint a page into a rectangle of the same proportions."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(place.topLeft())
        painter.scale(place.width() / page.width, place.height() / page.height)
        for box in page.boxes:
            _paint_box(painter, box)
        for rule in page.rules:
            painter.setPen(QPen(QColor(f"#{rule.color}"), rule.line))
            painter.drawLine(QPointF(rule.x1, rule.y1), QPointF(rule.x2, rule.y2))
        for image in page.images:
            place = QRectF(image.x, image.y, image.width, image.height)
            painter.drawImage(place, QImage.fromData(image.data))
        for text in page.texts:
            self._paint_text(painter, text)
        painter.restore()

    def _paint_text(self, painter: QPainter, text: Text) -> None:
        painter.save()
        painter.translate(text.x, text.y)
        if text.turned:
            painter.rotate(90)
        painter.scale(text.size / _EM, text.size / _EM)
        painter.fillPath(self._outlined(text.text, text.bold), QColor(f"#{text.color}"))
        painter.restore()

    def _outline(self, text: str, bold: bool) -> QPainterPath:
        widths = self.fonts.bold if bold else self.fonts.regular
        outline, x = QPainterPath(), 0
        outline.setFillRule(Qt.FillRule.WindingFill)
        for name, run in self.fonts.runs(text, bold):
            part = QPainterPath()
            part.setFillRule(Qt.FillRule.WindingFill)
            for character in run:
                part.addPath(self._glyph(name, character).translated(x, 0))
                x += widths[character]
            outline.addPath(part)
            if self.fonts.is_thickened(name, bold):
                outline.addPath(_edge(part))
        return outline

    def _glyph(self, name: str, character: str) -> QPainterPath:
        key = (name, character)
        if key not in self._glyphs:
            face = self._face(name)
            indexes = face.glyphIndexesForString(character)
            self._glyphs[key] = face.pathForGlyph(indexes[0]) if indexes else QPainterPath()
        return self._glyphs[key]

    def _face(self, name: str) -> QRawFont:
        if name not in self._faces:
            program = QByteArray(self.fonts.program(name))
            unhinted = QFont.HintingPreference.PreferNoHinting
            self._faces[name] = QRawFont(program, _EM, unhinted)
        return self._faces[name]


def _edge(outline: QPainterPath) -> QPainterPath:
    """What a pen along an outline covers: it makes a regular face bold."""
    stroker = QPainterPathStroker()
    stroker.setWidth(THICKER * _EM)
    return stroker.createStroke(outline)


def _paint_box(painter: QPainter, box: Box) -> None:
    rect = QRectF(box.x, box.y, box.width, box.height)
    if box.fill:
        painter.fillRect(rect, QColor(f"#{box.fill}"))
    if box.line:
        painter.setPen(QPen(QColor(f"#{box.color}"), box.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
