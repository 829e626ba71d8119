"""Typing right into a row of a list or tree: its editor is a field like any other."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.desktop.fields.line_field import LineField
from ui.desktop.pending_edits import Destination, PendingEdits

Index = QModelIndex | QPersistentModelIndex


class FieldDelegate(QStyledItemDelegate):
    """Makes a `LineField` for the cell that is typed into."""

    def __init__(
        self,
        edits: PendingEdits,
        destination: Callable[[Index], Destination],
        parent: QAbstractItemView,
    ) -> None:
        """`destination` says where what is typed into a cell goes."""
        super().__init__(parent)
        self._edits, self._destination = edits, destination

    # Qt's own names from here on.
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field of one line."""
        return LineField(self._edits, parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what the plan says."""
        if isinstance(editor, LineField):
            editor.pending.stand_for(self._destination(index))
            editor.pending.give(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep what was typed; what is shown changes when the plan has."""
        if isinstance(editor, LineField):
            editor.pending.commit()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """As high as the row, or its text could not be read, and wide enough."""
        rect = option.rect
        rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Esc puts back what stood there."""
        if isinstance(event, QKeyEvent) and isinstance(editor, LineField):
            is_pressed = event.type() == QEvent.Type.KeyPress
            if is_pressed and event.key() == Qt.Key.Key_Escape:
                editor.pending.revert()
        return super().eventFilter(editor, event)


def stays_open(editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> bool:
    """Whether an editor holds what could not be kept: then it is not closed, nor its text lost."""
    is_back = hint == QAbstractItemDelegate.EndEditHint.RevertModelCache
    return isinstance(editor, LineField) and editor.pending.is_dirty and not is_back


def close_editors(view: QAbstractItemView) -> None:
    """Keep what is typed into rows of a view, and close the editors whose words are kept."""
    for editor in view.viewport().findChildren(LineField):
        if editor.isVisibleTo(view):
            editor.pending.composition.take()
            view.commitData(editor)
            view.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
