"""Typing right into the list: a line of text, or a choice from the plan's own words."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyleOptionViewItem, QWidget

from ui.desktop.fields.field_delegate import FieldDelegate, Index
from ui.desktop.list.table_model import FOUND, PLACE
from ui.desktop.pending_edits import Destination, PendingEdits
from ui.desktop.theme import Theme

# That of a cell in the style sheet, and what Qt itself leaves before a text.
_PADDING: Final = 6
_MARGIN: Final = 4


class TypingDelegate(FieldDelegate):
    """Makes the editor of a cell; `choices` gives the words of a column, none for free text."""

    def __init__(
        self,
        edits: PendingEdits,
        destination: Callable[[Index], Destination],
        choices: Callable[[int], Sequence[str]],
        theme: Theme,
        parent: QAbstractItemView,
    ) -> None:
        """`destination` says where what is typed into a cell goes."""
        super().__init__(edits, destination, parent)
        self._choices, self._theme = choices, theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Found words have a ground of their own."""
        text, rect = str(index.data()), self.text_rect(option.rect, index)
        paint_found(painter, rect, text, index.data(FOUND) or (), self._theme)
        super().paint(painter, option, index)
        if index.data(PLACE):
            paint_line(painter, rect, text)

    def text_rect(self, rect: QRect, index: Index) -> QRect:
        """Where in a cell its text may be: above what tells where words were found."""
        inset = self._theme.px(_PADDING) + _MARGIN
        below = rect.height() // 2 if index.data(PLACE) else 0
        return rect.adjusted(inset, self._theme.px(4) if below else 0, -_MARGIN, -below)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Where two lines are, the style draws none: it would put one between them."""
        super().initStyleOption(option, index)
        if index.data(PLACE):
            option.text = ""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A pull-down where there are choices."""
        words = self._choices(index.column())
        if not words:
            return super().createEditor(parent, option, index)
        editor = QComboBox(parent)
        editor.addItems(list(words))
        editor.activated.connect(lambda: self._finish(editor))
        return editor

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what the plan says."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for what was typed or chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)


def paint_found(
    painter: QPainter, rect: QRect, text: str, found: Sequence[tuple[int, int]], theme: Theme
) -> None:
    """The ground of found words in a line of text that begins at the left of `rect`."""
    line, measure = theme.px(18), painter.fontMetrics()
    for start, end in found:
        before, width = (measure.horizontalAdvance(t) for t in (text[:start], text[start:end]))
        place = QRect(rect.left() + before, rect.center().y() - line // 2, width, line)
        place = place.intersected(rect)
        painter.fillRect(place, theme.color("mark"))
        # In high contrast the ground says nothing.
        painter.setPen(theme.color("ink"))
        painter.drawLine(place.bottomLeft(), place.bottomRight())


def paint_line(painter: QPainter, rect: QRect, text: str) -> None:
    """A line of text as far as it goes."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
