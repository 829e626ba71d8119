"""Paints one card of the board."""

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.plan.board.cards import Card
from app.plan.search import found_in
from ui.desktop.board.card_layout import (
    BADGE,
    FOOT_LINE,
    GAP,
    NAME_LINE,
    SPLIT_GAP,
    TOP,
    WORD_GAP,
    CardLayout,
    CardLayouts,
    QuietWords,
)
from ui.desktop.board.lane_model import CARD, LaneModel
from ui.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
DROP_HEIGHT: Final = 44
_TINTS: Final = {"新規": "error", "着手中": "accent", "運用中": "good"}
_INSETS: Final = (13, 8)


class CardDelegate(QStyledItemDelegate):
    """A card: stripe and word of its pillar, number, category, name, departments, status.

    `dragged` are the ids being dragged: they are drawn pale. `drop_row` is the row in
    front of which a drop would put them: the card there leaves a free place above.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layouts = CardLayouts(theme)
        self._words: Sequence[str] = ()
        self.dragged: frozenset[str] = frozenset()
        self.drop_row = -1
        self.drop_at_end = False
        self._pens = _Pens(theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height for the lines of the words at the width of the lane, with the gap below."""
        # Asked for every row of a lane before anything is painted: no detour by roles.
        row = index.row()
        outline = cast(LaneModel, index.model()).outline_at(row)
        # Before a row has a place, its option holds the whole list with its scroll bar.
        width = cast(QAbstractItemView, option.widget).viewport().width()
        height = self._layouts.of(outline, self._words_width(width)).height
        return QSize(width, height + self._room(index) if row == self.drop_row else height)

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
        model = cast(LaneModel, index.model())
        self._words = model.words
        rect = self.card_rect(option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self.drop_row:
            self._paint_drop_place(painter, option.rect)
        painter.setOpacity(0.4 if card.id in self.dragged else 1.0)
        self._paint_frame(painter, rect, card, option.state)
        left, right = (self._theme.px(inset) for inset in _INSETS)
        layout = self._layouts.of(
            model.outline_at(index.row()), self._words_width(option.rect.width())
        )
        self._paint_words(painter, rect.adjusted(left, 0, -right, 0), card, layout)
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

    def _paint_words(self, painter: QPainter, rect: QRect, card: Card, layout: CardLayout) -> None:
        theme, quiet = self._theme, self._layouts.quiet(card, layout, rect.width())
        head = QRect(rect.left(), rect.top() + theme.px(7), rect.width(), theme.px(18))
        self._paint_head(painter, head, card, layout.above, quiet.mark if quiet.is_above else "")
        top = self._paint_name(painter, rect, rect.top() + theme.px(TOP), layout.name)
        for place in layout.place:
            line = QRect(rect.left(), top, rect.width(), theme.px(FOOT_LINE))
            painter.setPen(theme.color("secondary"))
            self._paint_text(painter, line, rect.left(), rect.right() + 1, place, 12)
            top += line.height()
        foot = QRect(rect.left(), top + theme.px(3), rect.width(), theme.px(BADGE))
        self._paint_foot(painter, foot, layout, quiet)

    def _paint_name(self, painter: QPainter, rect: QRect, top: int, lines: Sequence[str]) -> int:
        """Draw the name and return where it ends."""
        theme, metrics = self._theme, self._layouts.names.metrics
        painter.setFont(theme.font(13.5, bold=True))
        painter.setPen(theme.color("ink"))
        height = theme.px(NAME_LINE)
        baseline = metrics.ascent() + (height - metrics.height()) // 2
        found, begin = found_in("".join(lines), self._words), 0
        for line in lines:
            box = QRect(rect.left(), top, rect.width(), height)
            inside = [(max(0, s - begin), min(len(line), e - begin)) for s, e in found]
            self._paint_marks(painter, box, line, [(s, e) for s, e in inside if s < e])
            painter.drawText(rect.left(), top + baseline, line)
            top, begin = top + height, begin + len(line)
        return top

    def _paint_marks(
        self, painter: QPainter, box: QRect, text: str, found: Sequence[tuple[int, int]]
    ) -> None:
        """Give found words a ground of their own, and a line for high contrast."""
        pen, measure = painter.pen(), painter.fontMetrics()
        for start, end in found:
            left = box.left() + measure.horizontalAdvance(text[:start])
            width = measure.horizontalAdvance(text[start:end])
            place = QRect(left, box.top() + 1, width, box.height() - 2)
            painter.fillRect(place, self._theme.color("mark"))
            painter.setPen(self._theme.color("ink"))
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.setPen(pen)

    def _paint_head(
        self, painter: QPainter, rect: QRect, card: Card, badges: Sequence[str], mark: str
    ) -> None:
        """No., pillar, category; the badges at the right come first, they are never cut."""
        theme, left = self._theme, rect.left()
        right = self._paint_badges(painter, rect, badges)
        if mark:
            right -= self._layouts.words.width(mark)
            painter.setPen(theme.color("warn"))
            self._paint_text(painter, rect, right, right + rect.width(), mark, 12)
            right -= theme.px(4)
        painter.setPen(theme.color("ink"))
        left += self._paint_text(painter, rect, left, right, card.number, 13)
        if card.pillar_word:
            left += self._paint_pillar(painter, rect, left, card)
        if self._layouts.is_readable(card.category, right - left):
            painter.setPen(theme.color("secondary"))
            self._paint_text(painter, rect, left, right, card.category, 12)

    def _paint_text(
        self, painter: QPainter, rect: QRect, left: int, right: int, text: str, size: float
    ) -> int:
        """Draw a word and return its width with the gap after it."""
        room = right - left
        if not text or room < self._theme.px(size):
            return 0
        painter.setFont(self._theme.font(size))
        metrics = painter.fontMetrics()
        # Eliding counts fractions of a px: it would cut what was found to fit.
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        box = QRect(left, rect.top(), room + 1, rect.height())
        self._paint_marks(painter, box, text, found_in(text, self._words))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
        return metrics.horizontalAdvance(text) + self._theme.px(WORD_GAP)

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
        return width + theme.px(WORD_GAP)

    def _paint_foot(
        self, painter: QPainter, rect: QRect, layout: CardLayout, quiet: QuietWords
    ) -> None:
        """Departments, then days and what is left open; status and badges at the right."""
        theme, left = self._theme, rect.left()
        for line in layout.departments:
            painter.setPen(theme.color("secondary"))
            width = self._paint_text(painter, rect, rect.left(), rect.right() + 1, line, 12)
            left = rect.left() + width
            rect.translate(0, theme.px(FOOT_LINE))
        if layout.is_split:
            left = rect.left()
            rect.translate(0, theme.px(SPLIT_GAP))
        elif layout.departments:
            rect.translate(0, -theme.px(FOOT_LINE))
        right = self._paint_badges(painter, rect, layout.below)
        for word, tint in (
            (quiet.days, "secondary"),
            ("" if quiet.is_above else quiet.mark, "warn"),
        ):
            painter.setPen(theme.color(tint))
            left += self._paint_text(painter, rect, left, right, word, 12)

    def _paint_badges(self, painter: QPainter, rect: QRect, words: Sequence[str]) -> int:
        """Draw badges at the right end and return where they begin."""
        right = rect.left() + rect.width()
        for word in reversed(words):
            right = self._paint_badge(painter, rect, right, word, _TINTS.get(word, "secondary"))
            right -= self._theme.px(4)
        return right

    def _paint_badge(self, painter: QPainter, rect: QRect, right: int, word: str, tint: str) -> int:
        """Draw an outlined word that ends at `right`; returns where it begins."""
        theme = self._theme
        painter.setFont(theme.font(11.5))
        width = self._layouts.badge(word)
        box = QRectF(right - width, rect.top(), width, rect.height()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = {"accent": "accent_pale", "good": "good_pale"}.get(tint, "paper")
        painter.setPen(QPen(theme.color(tint), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        return right - width


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
