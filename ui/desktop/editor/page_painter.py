"""Paints the grid of a form on the screen: tints, labels, lines, what is left to fill."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.forms.fields import Target
from app.forms.sheet import Cell
from app.plan.texts.placeholders import placeholder_count
from ui.desktop.editor.grid import Places
from ui.desktop.fields.spaced_text import line_count
from ui.desktop.theme import Theme


class PagePainter:
    """How a form looks on the screen."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font, self._bold = theme.font(13), theme.font(13, bold=True)
        self._small = theme.font(11.5)
        self._metrics = QFontMetrics(self._bold)
        self._line, self._padding = theme.px(19), theme.px(6)

    def height(self, cell: Cell, width: int) -> int:
        """How high a cell that is not typed in must be."""
        if cell.spec.vertical and not self._is_wide(cell, width):
            return len(cell.text) * self._line + self._padding
        lines = line_count(cell.text, self._bold, width - 2 * self._padding)
        room = 0 if cell.head and cell.spec.field else self._padding
        return lines * self._line + room

    def paint(
        self, painter: QPainter, places: Places, texts: Mapping[Target, str], focused: Target | None
    ) -> None:
        """Paint all cells; `texts` are those of the fields at this moment."""
        boxes = _boxes(places)
        for cell, rect in places:
            painter.fillRect(rect, self._theme.color("head" if cell.tinted else "paper"))
        for target, box in boxes.items():
            if target == focused:
                painter.fillRect(box, self._theme.color("typing"))
        for cell, rect in places:
            if cell.target is None:
                self._paint_label(painter, cell, rect)
        self._paint_lines(painter, places)
        labelled = {cell.target for cell, _ in places if cell.joined}
        for target, box in boxes.items():
            if target in labelled:
                self._paint_state(painter, box, texts[target], target == focused)
            if target == focused:
                painter.setPen(QPen(self._theme.color("accent_light"), 2))
                painter.drawRect(box.adjusted(1, 1, 0, 0))

    def _paint_label(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        names_field = cell.head and bool(cell.spec.field)
        painter.setFont(self._bold if cell.bold or names_field else self._font)
        painter.setPen(self._theme.color("accent" if names_field else "ink"))
        inside = rect.adjusted(self._padding, 0, -self._padding, 0)
        if cell.spec.vertical and not self._is_wide(cell, rect.width()):
            self._paint_vertical(painter, cell.text, rect)
        elif names_field:
            painter.drawText(inside.adjusted(0, self._theme.px(4), 0, 0), 0, cell.text)
        else:
            centered = cell.head or cell.spec.align == "center"
            across = Qt.AlignmentFlag.AlignHCenter if centered else Qt.AlignmentFlag.AlignLeft
            flags = across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWrapAnywhere
            painter.drawText(inside, flags, cell.text)

    def _is_wide(self, cell: Cell, width: int) -> bool:
        """Whether a label that stands upright on paper can lie on the screen."""
        return self._metrics.horizontalAdvance(cell.text) + 2 * self._padding <= width

    def _paint_vertical(self, painter: QPainter, text: str, rect: QRect) -> None:
        top = rect.top() + (rect.height() - len(text) * self._line) // 2
        for number, character in enumerate(text):
            box = QRect(rect.left(), top + number * self._line, rect.width(), self._line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, character)

    def _paint_lines(self, painter: QPainter, places: Places) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("grid"), 1))
        for cell, rect in places:
            if not (cell.head and cell.spec.field):
                rise = _label_height(places, cell, rect) if cell.joined else 0
                painter.drawRect(rect.adjusted(0, -rise, 0, 0))
        if places:
            right = max(rect.right() for _, rect in places)
            painter.setPen(QPen(self._theme.color("ink"), 1))
            painter.drawRect(QRect(0, 0, right + 1, places[-1][1].bottom() + 1))

    def _paint_state(self, painter: QPainter, box: QRect, text: str, focused: bool) -> None:
        """Beside the label: the count where one types, 未設定 where a placeholder is left."""
        painter.setFont(self._small)
        corner = QRect(box.topLeft() + QPoint(0, 3), box.size()).adjusted(0, 0, -self._padding, 0)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if focused:
            painter.setPen(self._theme.color("secondary"))
            painter.drawText(corner, flags, counted(text))
        elif placeholder_count(text):
            painter.setPen(self._theme.color("error"))
            painter.drawText(corner, flags, "未設定")


def counted(text: str) -> str:
    """Number of lines with something in them, and of characters: 3項目・52字."""
    lines = [line for line in text.split("\n") if line.strip()]
    return f"{len(lines)}項目・{sum(map(len, lines))}字"


def _boxes(places: Places) -> dict[Target, QRect]:
    """The whole box of each field, with its label where that stands above it."""
    boxes = {}
    for cell, rect in places:
        if cell.target is not None:
            rise = _label_height(places, cell, rect) if cell.joined else 0
            boxes[cell.target] = rect.adjusted(0, -rise, 0, 0)
    return boxes


def _label_height(places: Places, cell: Cell, rect: QRect) -> int:
    labels = (r for c, r in places if c.head and c.spec is cell.spec and r.left() == rect.left())
    return next((r.height() for r in labels if r.bottom() + 1 == rect.top()), 0)
