"""Paints one line of the log: what in bold, where and when below it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """The three lines of `HistoryModel`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all."""
        return QSize(self._theme.px(200), self._theme.px(72))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, three lines, and the line below."""
        theme, rect = self._theme, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.color("accent_pale" if is_chosen else "paper"))
        painter.setPen(theme.color("lane"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if is_chosen:
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.color("accent_light"))
        top = rect.top() + theme.px(8)
        looks = ((13, True, "ink"), (12.5, False, "ink"), (11.5, False, "secondary"))
        for line, (size, bold, color) in zip(str(index.data()).split("\n"), looks, strict=False):
            painter.setFont(theme.font(size, bold))
            painter.setPen(theme.color(color))
            width = rect.width() - theme.px(24)
            box = QRect(rect.left() + theme.px(12), top, width, theme.px(18))
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            top += theme.px(19)
        painter.restore()
