"""Typing right into the list: a line of text, or a choice from the plan's own words."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.desktop.list.table_model import FOUND
from ui.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
# That of a cell in the style sheet, and what Qt itself leaves before a text.
_PADDING: Final = 6
_MARGIN: Final = 4


class TypingDelegate(QStyledItemDelegate):
    """Makes the editor of a cell; `choices` gives the words of a column, none for free text."""

    def __init__(
        self, choices: Callable[[int], Sequence[str]], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._choices, self._theme = choices, theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Found words have a ground of their own."""
        text, rect = str(index.data()), option.rect
        left, line = rect.left() + self._theme.px(_PADDING) + _MARGIN, self._theme.px(18)
        for start, end in index.data(FOUND) or ():
            before = option.fontMetrics.horizontalAdvance(text[:start])
            width = option.fontMetrics.horizontalAdvance(text[start:end])
            place = QRect(left + before, rect.center().y() - line // 2, width, line)
            place = place.intersected(rect)
            painter.fillRect(place, self._theme.color("mark"))
            # In high contrast the ground says nothing.
            painter.setPen(self._theme.color("ink"))
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        super().paint(painter, option, index)

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

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Wide enough to be read, even in a narrow column."""
        rect = option.rect
        rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)
