"""Takes pictures of widgets, with numbers put beside what the text speaks of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from ui.desktop.theme import Theme

Mark = QWidget | tuple[QWidget, QRect]
"""What a number stands beside: a widget, or a part of one in its own coordinates."""
_RADIUS: Final = 13
_INK: Final = QColor("#b3261e")
_COLORS: Final = 48


class Camera:
    """Keeps pictures as small PNG files in one folder."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder, self._theme = folder, theme

    def take(
        self,
        name: str,
        shown: QWidget,
        marks: Sequence[Mark] = (),
        crop: QRect | None = None,
        arrow: tuple[Mark, Mark] | None = None,
    ) -> None:
        """Keep a picture of a widget (of `crop` in it), marks numbered ① ② … in their order."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.processEvents()
        picture = shown.grab().toImage()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if arrow:
            _draw_arrow(painter, *(QPointF(_place(mark, shown).center()) for mark in arrow))
        taken: list[QPoint] = []
        for number, mark in enumerate(marks, 1):
            frame = _place(mark, shown)
            painter.setPen(QPen(_INK, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(frame), 4, 4)
            taken.append(_beside(frame, crop or shown.rect(), taken))
            self._draw_number(painter, number, taken[-1])
        painter.end()
        self._keep(picture.copy(crop) if crop else picture, name)

    def _draw_number(self, painter: QPainter, number: int, center: QPoint) -> None:
        painter.setPen(QPen(QColor("white"), 2))
        painter.setBrush(QBrush(_INK))
        painter.drawEllipse(center, _RADIUS, _RADIUS)
        painter.setFont(self._theme.font(16, bold=True))
        size = QSize(2 * _RADIUS, 2 * _RADIUS)
        place = QRect(center - QPoint(_RADIUS, _RADIUS), size)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))

    def _keep(self, picture: QImage, name: str) -> None:
        plain = picture.convertToFormat(QImage.Format.Format_RGB888)
        size = (plain.width(), plain.height())
        bits = plain.constBits().tobytes()
        drawn = Image.frombytes("RGB", size, bits, "raw", "RGB", plain.bytesPerLine())
        few = drawn.quantize(_COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(self._folder / f"{name}.png", optimize=True)


def _place(mark: Mark, shown: QWidget) -> QRect:
    widget, part = mark if isinstance(mark, tuple) else (mark, mark.rect())
    return QRect(widget.mapTo(shown, part.topLeft()), part.size()).intersected(shown.rect())


def _beside(frame: QRect, picture: QRect, taken: Sequence[QPoint]) -> QPoint:
    """A corner of the frame where a number has room: in the picture, not on another number."""
    room = picture.adjusted(_RADIUS + 1, _RADIUS + 1, -_RADIUS - 1, -_RADIUS - 1)
    out = QPoint(_RADIUS // 2, _RADIUS // 2)
    wanted = (frame.topLeft() - out, frame.topRight(), frame.bottomLeft(), frame.bottomRight())
    places = [
        QPoint(
            min(max(corner.x(), room.left()), room.right()),
            min(max(corner.y(), room.top()), room.bottom()),
        )
        for corner in wanted
    ]
    near = [
        abs(place.x() - corner.x()) <= _RADIUS // 2
        for place, corner in zip(places, wanted, strict=True)
    ]
    free = [all((p - t).manhattanLength() > 2 * _RADIUS for t in taken) for p in places]
    fit = [p for p, is_near, is_free in zip(places, near, free, strict=True) if is_near and is_free]
    return next(iter(fit), places[0])


def _draw_arrow(painter: QPainter, start: QPointF, end: QPointF) -> None:
    painter.setPen(QPen(_INK, 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(start, end)
    for back in (QPointF(-16, -11), QPointF(-16, 11)):
        painter.drawLine(end, end + back)
