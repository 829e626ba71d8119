"""A plain field of some lines that says when it was left with something new in it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from ui.desktop.fields.spaced_text import SpacedLayout
from ui.desktop.theme import Theme

LINE: Final = 19


class LinesField(QPlainTextEdit):
    """Some lines of text."""

    left = Signal()

    def __init__(self, theme: Theme, lines: int) -> None:
        super().__init__()
        document = QTextDocument(self)
        document.setDocumentLayout(SpacedLayout(document, theme.px(LINE)))
        document.setDefaultFont(theme.font())
        self.setDocument(document)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(LINE * lines + 18))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that it was left, where something was typed."""
        super().focusOutEvent(event)
        if self.document().isModified():
            self.document().setModified(False)
            self.left.emit()
