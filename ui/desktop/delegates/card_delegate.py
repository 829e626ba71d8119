"""Paints one card of the board."""

from bisect import bisect_right
from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.forms.lines import can_break
from app.plan.cards import Card, one_line
from ui.desktop.models.lane_model import CARD, LaneModel, left_open, stayed
from ui.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
MOST_LINES: Final = 3
GAP: Final = 8
DROP_HEIGHT: Final = 44
_INSETS: Final = (15, 9)


class CardDelegate(QStyledItemDelegate):
    """A card: stripe and word of its pillar, number, category, name, departments, status.

    `dragged` are the ids being dragged: they are drawn pale. `drop_row` is the row in
    front of which a drop would put them: the card there leaves a free place above.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name_metrics = QFontMetrics(theme.font(13.5, bold=True))
        self._line_height = theme.px(18)
        self.dragged: frozenset[str] = frozenset()
        self.drop_row = -1
        self.drop_at_end = False
        self._pens = _Pens(theme)
        self._heights: dict[tuple[str, int, bool], int] = {}
        self._broken: dict[tuple[str, int], tuple[str, ...]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height for the name's lines at the width of the lane, with the gap below."""
        # Asked for every row of a lane before anything is painted: no detour by roles.
        row = index.row()
        initiative = cast(LaneModel, index.model()).initiative_at(row)
        # Before a row has a place, its option holds the whole list with its scroll bar.
        width = cast(QAbstractItemView, option.widget).viewport().width()
        key = (initiative.name, width, bool(initiative.departments or initiative.status))
        height = self._heights.get(key)
        if height is None:
            height = self._heights[key] = self._height(*key)
        return QSize(width, height + self._room(index) if row == self.drop_row else height)

    def _height(self, name: str, width: int, has_foot: bool) -> int:
        lines = len(self._lines(one_line(name), self._words_width(width)))
        foot = self._theme.px(24) if has_foot else 0
        return self._theme.px(38) + lines * self._line_height + foot + self._theme.px(GAP)

    def _words_width(self, row_width: int) -> int:
        """Width of the words in a row of this width, as `paint` lays them out."""
        return row_width - 2 - sum(self._theme.px(inset) for inset in _INSETS)

    def _room(self, index: Index) -> int:
        """Room for the place where a drop would go."""
        here = index.row() == self.drop_row
        return self._theme.px(DROP_HEIGHT + GAP) if here else 0

    def card_rect(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Where in its row the card itself is."""
        above = 0 if self.drop_at_end else self._room(index)
        below = self._room(index) if self.drop_at_end else 0
        return option.rect.adjusted(1, above + 1, -1, -self._theme.px(GAP) - below)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the card, and the free place for a drop."""
        card: Card = index.data(CARD)
        rect = self.card_rect(option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self.drop_row:
            self._paint_drop_place(painter, option.rect)
        painter.setOpacity(0.4 if card.id in self.dragged else 1.0)
        self._paint_frame(painter, rect, card, option.state)
        left, right = (self._theme.px(inset) for inset in _INSETS)
        self._paint_words(painter, rect.adjusted(left, 0, -right, 0), card)
        painter.restore()

    def _paint_drop_place(self, painter: QPainter, row: QRect) -> None:
        height = self._theme.px(DROP_HEIGHT)
        top = row.bottom() - height - self._theme.px(GAP) if self.drop_at_end else row.top() + 1
        paint_drop_place(painter, QRect(row.left() + 1, top, row.width() - 2, height), self._theme)

    def _paint_frame(
        self, painter: QPainter, rect: QRect, card: Card, state: QStyle.StateFlag
    ) -> None:
        theme, radius = self._theme, self._theme.px(4)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(self._pens.frame(state))
        painter.setBrush(theme.color("accent_pale" if chosen else "paper"))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colors.pillar(card.pillar_place)))
        painter.setClipRect(QRect(rect.left(), rect.top(), theme.px(6), rect.height()))
        painter.drawRoundedRect(rect, radius, radius)
        painter.setClipping(False)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._pens.focus)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)

    def _paint_words(self, painter: QPainter, rect: QRect, card: Card) -> None:
        theme = self._theme
        head = QRect(rect.left(), rect.top() + theme.px(7), rect.width(), theme.px(18))
        self._paint_head(painter, head, card)
        painter.setFont(theme.font(13.5, bold=True))
        painter.setPen(theme.color("ink"))
        top = head.bottom() + theme.px(3)
        spare = self._line_height - self._name_metrics.height()
        baseline = self._name_metrics.ascent() + spare // 2
        for line in self._lines(card.name, rect.width()):
            painter.drawText(rect.left(), top + baseline, line)
            top += self._line_height
        if card.departments or card.status:
            self._paint_foot(
                painter, QRect(rect.left(), top + theme.px(3), rect.width(), theme.px(19)), card
            )

    def _paint_head(self, painter: QPainter, rect: QRect, card: Card) -> None:
        """No., pillar, category; the badges at the right come first, they are never cut."""
        theme, left, right = self._theme, rect.left(), rect.right()
        if card.placeholders and not _has_mark_below(card):
            beside = f"{card.number}{card.pillar_word}{card.category}"
            mark = self._mark(card, beside, rect.width() - theme.px(28))
            right = self._paint_badge(painter, rect, right, mark, "warn") - theme.px(4)
        for badge in reversed(card.badges):
            tint = "error" if badge == "新規" else "secondary"
            right = self._paint_badge(painter, rect, right, badge, tint) - theme.px(4)
        painter.setPen(theme.color("ink"))
        left += self._paint_text(painter, rect, left, right, card.number, 13)
        if card.pillar_word:
            left += self._paint_pillar(painter, rect, left, card)
        painter.setPen(theme.color("secondary"))
        self._paint_text(painter, rect, left, right, card.category, 12)

    def _paint_text(
        self, painter: QPainter, rect: QRect, left: int, right: int, text: str, size: float
    ) -> int:
        """Draw a word and return its width with the gap after it."""
        if not text or right - left < self._theme.px(size):
            return 0
        painter.setFont(self._theme.font(size))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, right - left))
        box = QRect(left, rect.top(), max(0, right - left), rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown) + self._theme.px(6)

    def _paint_pillar(self, painter: QPainter, rect: QRect, left: int, card: Card) -> int:
        theme = self._theme
        painter.setFont(theme.font(11))
        width = painter.fontMetrics().horizontalAdvance(card.pillar_word) + theme.px(10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colors.pillar(card.pillar_place)))
        box = QRect(left, rect.top(), width, rect.height())
        painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        painter.setPen(theme.color("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, card.pillar_word)
        return width + theme.px(6)

    def _paint_foot(self, painter: QPainter, rect: QRect, card: Card) -> None:
        right = rect.right()
        if card.status:
            tint = {"着手中": "accent", "運用中": "good"}.get(card.status, "secondary")
            right = self._paint_badge(painter, rect, right, card.status, tint) - self._theme.px(6)
        words = "　".join(filter(None, (card.departments, stayed(card))))
        if card.placeholders and _has_mark_below(card):
            mark = self._mark(card, words, right - rect.left() - self._theme.px(6))
            right = self._paint_badge(painter, rect, right, mark, "warn") - self._theme.px(4)
        painter.setPen(self._theme.color("secondary"))
        self._paint_text(painter, rect, rect.left(), right, words, 12)

    def _mark(self, card: Card, beside: str, room: int) -> str:
        """未設定2, or ▲2 where it would leave no room for the words beside it."""
        taken = QFontMetrics(self._theme.font(12)).horizontalAdvance(beside)
        taken += QFontMetrics(self._theme.font(11.5)).horizontalAdvance(left_open(card))
        fits = taken + self._theme.px(12) <= room
        return left_open(card) if fits else f"▲{card.placeholders}"

    def _paint_badge(self, painter: QPainter, rect: QRect, right: int, word: str, tint: str) -> int:
        """Draw an outlined word that ends at `right`; returns where it begins."""
        theme = self._theme
        painter.setFont(theme.font(11.5))
        width = painter.fontMetrics().horizontalAdvance(word) + theme.px(12)
        box = QRectF(right - width, rect.top(), width, rect.height()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = {"accent": "accent_pale", "good": "good_pale"}.get(tint, "paper")
        painter.setPen(QPen(theme.color(tint), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        return right - width

    def _lines(self, name: str, width: int) -> tuple[str, ...]:
        key = (name, width)
        if key not in self._broken:
            self._broken[key] = broken(name, width, self._name_metrics)
        return self._broken[key]


def _has_mark_below(card: Card) -> bool:
    """Whether the mark of placeholders stands beside the status: badges take the room above."""
    return bool(card.badges) and bool(card.departments or card.status)


class _Pens:
    """The frames of a card in its states."""

    def __init__(self, theme: Theme) -> None:
        self._plain = QPen(theme.color("line"), 1)
        self._hover = QPen(theme.color("accent_light"), 1)
        self._chosen = QPen(theme.color("accent_light"), 2)
        self.focus = QPen(theme.color("accent"), 2)

    def frame(self, state: QStyle.StateFlag) -> QPen:
        """The frame for a state: selected before hover before plain."""
        if state & QStyle.StateFlag.State_Selected:
            return self._chosen
        return self._hover if state & QStyle.StateFlag.State_MouseOver else self._plain


def broken(name: str, width: int, metrics: QFontMetrics, most: int = MOST_LINES) -> tuple[str, ...]:
    """The lines of a name at a width in px; what the `most` lines do not hold ends in ….

    Breaks where Japanese typesetting permits it, as the printed sheet does.
    """
    lines: list[str] = []
    while name and len(lines) < most - 1:
        cut = _cut(name, width, metrics)
        lines.append(name[:cut])
        name = name[cut:]
    if name or not lines:
        lines.append(metrics.elidedText(name, Qt.TextElideMode.ElideRight, width))
    return tuple(lines)


def _cut(name: str, width: int, metrics: QFontMetrics) -> int:
    if metrics.horizontalAdvance(name) <= width:
        return len(name)
    lengths = range(1, len(name))
    most = bisect_right(lengths, width, key=lambda n: metrics.horizontalAdvance(name[:n]))
    return next((at for at in range(most, 0, -1) if can_break(name, at)), max(1, most))


def paint_drop_place(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """The dashed place where a drop would go."""
    pen = QPen(theme.color("accent_light"), 2, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.color("accent_pale"))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
    painter.setPen(theme.color("accent"))
    painter.setFont(theme.font(13))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "ここへ移動")


def paint_refusal(painter: QPainter, rect: QRect, theme: Theme, words: str) -> None:
    """Why nothing can be dropped here, over whatever stands there."""
    painter.setPen(QPen(theme.color("warn"), 1))
    painter.setBrush(theme.color("warn_pale"))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
    painter.setFont(theme.font(12))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(rect.adjusted(theme.px(6), 0, -theme.px(6), 0), flags, words)
