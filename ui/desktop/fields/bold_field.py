"""A field whose words can be bold: seen without the marks of the plan, kept with them."""

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QTextCharFormat

from app.forms.marks import MARK
from ui.desktop.fields.bold_text import insert, is_all_bold, plan_text, selected_text, weight
from ui.desktop.fields.text_field import TextField
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme

MARKED_MIME: Final = "application/x-keikaku-text"
"""Between our own fields bold words stay bold."""


class BoldField(TextField):
    """Plain text of which some words may be bold. Ctrl+B makes them so."""

    def __init__(
        self,
        edits: PendingEdits,
        theme: Theme,
        font: QFont | None = None,
        has_bold_words: bool = True,
    ) -> None:
        """Without `has_bold_words` none can be made bold."""
        super().__init__(edits, theme, font)
        self._given, self.has_bold_words = "", has_bold_words

    def text(self) -> str:
        """What stands in the field, as the plan writes it; untouched, exactly what was given."""
        document = self.document()
        return plan_text(document) if document.isModified() else self._given

    def show_text(self, text: str) -> None:
        """Show what the plan says; that is no typing."""
        # Marks that were typed become bold words once the field is left.
        has_marks = MARK in self.toPlainText() and not self.hasFocus()
        if text == self.text() and not has_marks:
            return
        place, cursor = self.textCursor().position(), self.textCursor()
        self.blockSignals(True)
        self.document().setUndoRedoEnabled(False)
        self.clear()
        cursor.setCharFormat(QTextCharFormat())
        insert(cursor, text)
        self.document().setUndoRedoEnabled(True)
        self.document().setModified(False)
        self._given = text
        self.blockSignals(False)
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def make_bold(self) -> None:
        """Make what is selected bold, or no longer; without a selection, what is typed next."""
        if self.has_bold_words and not self.isReadOnly():
            self.mergeCurrentCharFormat(weight(not is_all_bold(self.textCursor())))

    # Qt's own names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+B makes bold."""
        if event.matches(QKeySequence.StandardKey.Bold):
            self.make_bold()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Bold words stay bold; of anything else only the text comes in."""
        if self.has_bold_words and source.hasFormat(MARKED_MIME):
            insert(self.textCursor(), bytes(source.data(MARKED_MIME).data()).decode())
        else:
            super().insertFromMimeData(source)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text for other programs; for our own fields also which words are bold."""
        made = QMimeData()
        made.setText(self.textCursor().selection().toPlainText())
        made.setData(MARKED_MIME, selected_text(self.textCursor()).encode())
        return made
