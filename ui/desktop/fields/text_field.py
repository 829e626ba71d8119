"""A field of some lines: what is typed into it is kept soon after, and when it is left."""

from typing import Final

from PySide6.QtGui import QFocusEvent, QFont, QInputMethodEvent, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from ui.desktop.fields.spaced_text import SpacedLayout
from ui.desktop.pending_edits import PendingEdit, PendingEdits
from ui.desktop.theme import Theme

LINE: Final = 19
"""How far lines are apart, in px at 100 %."""


class TextField(QPlainTextEdit):
    """Plain text. `pending` is what was typed and not kept yet."""

    def __init__(self, edits: PendingEdits, theme: Theme, font: QFont | None = None) -> None:
        super().__init__()
        self.line_height = theme.px(LINE)
        document = QTextDocument(self)
        document.setDocumentLayout(SpacedLayout(document, self.line_height))
        document.setDefaultFont(font or theme.font())
        self.setDocument(document)
        self.setTabChangesFocus(True)
        self.pending = PendingEdit(self, edits, lambda: self.text(), lambda t: self.show_text(t))
        self.textChanged.connect(self._touch)

    def text(self) -> str:
        """What stands in the field, as the plan writes it."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text; that is no typing."""
        if text != self.text():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def _touch(self) -> None:
        self.pending.touch()

    # Qt's own names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what cannot be kept."""
        if not self.pending.reverts_on(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self.pending.composition.follow(event)
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A visit begins."""
        super().focusInEvent(event)
        self.pending.enter()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was composed and typed."""
        self.pending.composition.take()
        super().focusOutEvent(event)
        self.pending.leave()


class LinesField(TextField):
    """A plain field as high as a number of lines."""

    def __init__(self, edits: PendingEdits, theme: Theme, lines: int) -> None:
        super().__init__(edits, theme)
        self.setFixedHeight(theme.px(LINE * lines + 18))
