"""What hangs under the pointer while cards are dragged."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from ui.desktop.board.card_delegate import CardDelegate
from ui.desktop.board.card_layout import GAP
from ui.desktop.theme import Theme

SHADOW: Final = 6


def ghost_of(view: QListView, cards: CardDelegate, count: int, theme: Theme) -> QPixmap:
    """The current card of a lane as it is carried; with several cards, how many they are."""
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = QRect(QPoint(0, 0), view.visualRect(view.currentIndex()).size())
    picture = _blank(option, view.devicePixelRatioF())
    painter = QPainter(picture)
    cards.paint(painter, option, view.currentIndex())
    painter.end()
    return _lifted(picture, option.rect.size() - QSize(0, theme.px(GAP)), count, theme)


def _lifted(card: QPixmap, size: QSize, count: int, theme: Theme) -> QPixmap:
    """The picture of a card on a soft shadow."""
    ratio = card.devicePixelRatio()
    margin = theme.px(SHADOW)
    picture = QPixmap((size + QSize(2 * margin, 2 * margin)) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_shadow(painter, QRectF(margin, margin, size.width(), size.height()), margin)
    painter.drawPixmap(margin, margin, card)
    if count > 1:
        _paint_count(painter, QRect(margin, margin, size.width(), size.height()), count, theme)
    painter.end()
    return picture


def _blank(option: QStyleOptionViewItem, ratio: float) -> QPixmap:
    """An empty picture of the size of an option, for a display of this pixel ratio."""
    picture = QPixmap(option.rect.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _paint_shadow(painter: QPainter, rect: QRectF, margin: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 40, 60, 16))
    for spread in range(margin, 0, -1):
        grown = rect.adjusted(-spread, -spread + 2, spread, spread)
        painter.drawRoundedRect(grown, spread + 4, spread + 4)


def _paint_count(painter: QPainter, card: QRect, count: int, theme: Theme) -> None:
    box = QRect(0, 0, theme.px(50), theme.px(22))
    box.moveBottomRight(card.bottomRight())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(box, theme.px(11), theme.px(11))
    painter.setPen(theme.color("on_accent"))
    painter.setFont(theme.font(12, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{count}件")
