"""Scrolls a list while something is dragged near its upper or lower edge."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractItemView

_EDGE: Final = 36
_STEP: Final = 14
"""Within this many px of the edge it scrolls, by this much each time."""


class EdgeScroll(QObject):
    """The scrolling of one view."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view, self._by = view, 0
        self._timer = QTimer(self)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self._scroll)

    def follow(self, place: QPoint) -> None:
        """The pointer is here in the viewport."""
        below = place.y() > self._view.viewport().height() - _EDGE
        above = place.y() < _EDGE
        self._by = (below - above) * _STEP
        if self._by and not self._timer.isActive():
            self._timer.start()
        elif not self._by:
            self._timer.stop()

    def stop(self) -> None:
        """The drag has left or ended."""
        self._timer.stop()

    def _scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._by)
