"""Scrolls while something is dragged near an edge."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

_EDGE: Final = 36
_STEP: Final = 14
"""Within this many px of the edge it scrolls, by this much each time."""


class EdgeScroll(QObject):
    """The scrolling of one area, in both directions as far as it can go."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area, self._by = area, (0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self._scroll)

    def follow(self, place: QPoint) -> None:
        """The pointer is here in the viewport."""
        inside = self._area.viewport().rect()
        self._by = (_beyond(place.x(), inside.width()), _beyond(place.y(), inside.height()))
        if not any(self._by):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The drag has left or ended."""
        self._timer.stop()

    def _scroll(self) -> None:
        bars = (self._area.horizontalScrollBar(), self._area.verticalScrollBar())
        for bar, by in zip(bars, self._by, strict=True):
            bar.setValue(bar.value() + by)


def _beyond(at: int, length: int) -> int:
    """By how much to scroll for a pointer at a place of a length."""
    return ((at > length - _EDGE) - (at < _EDGE)) * _STEP
