"""Picks one initiative by typing some of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.plan.entities import Initiative
from app.plan.lists.lookup import display_name
from app.plan.search import fold, words
from ui.desktop.parts import verb_or_back
from ui.desktop.theme import Theme

_ID = Qt.ItemDataRole.UserRole
_STEPS: Final[Mapping[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PickDialog(QDialog):
    """A field to type in, and the initiatives that match; `picked` is the id of the chosen one."""

    def __init__(
        self, parent: QWidget, title: str, verb: str, offered: Sequence[Initiative], theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(theme.px(520), theme.px(420))
        self.query, self.list = QLineEdit(), QListWidget()
        self.query.setPlaceholderText("番号か名前の一部")
        self.query.setAccessibleName("取組をさがす")
        self.list.setAccessibleName("取組")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._offered = [(i, fold(f"{i.number or ''}\x00{i.name}")) for i in offered]
        buttons, self.doing = verb_or_back(self, verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        for part in (self.query, self.list, buttons):
            column.addWidget(part)
        self.query.textChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(self.accept)
        self.query.installEventFilter(self)
        self._show()

    @property
    def picked(self) -> str:
        """Id of the chosen initiative, empty for none."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item else ""

    def _show(self) -> None:
        wanted = words(self.query.text())
        self.list.clear()
        for initiative, text in self._offered:
            if all(word in text for word in wanted):
                item = QListWidgetItem(display_name(initiative))
                item.setData(_ID, initiative.id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.doing.setEnabled(bool(self.picked))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the field go through the list."""
        step = 0
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(event.key(), 0)
        if step:
            row = self.list.currentRow() + step
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
            return True
        return super().eventFilter(watched, event)
