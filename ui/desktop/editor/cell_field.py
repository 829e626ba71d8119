"""A text field in a cell of the sheet."""

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from app.plan.search import found_in
from app.plan.texts.plain_text import cleaned
from ui.desktop.fields.bold_field import MARKED_MIME, BoldField
from ui.desktop.fields.spaced_text import line_count, units
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme

LINK_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)


class CellField(BoldField):
    """Text of one cell, as high as it is.

    What the plan marks as bold is shown bold, without its marks. The field's own undo comes
    first; when that has nothing left, `undo_wanted` asks for the plan's.
    """

    entered = Signal()
    left = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    cells_pasted = Signal(object)
    """The texts of several cells of a table, for this field and those after it."""
    link_wanted = Signal()
    """A person wants to speak of another initiative here."""
    told = Signal(str)
    """What a person should know of what was pasted."""

    def __init__(
        self, edits: PendingEdits, theme: Theme, bold: bool = False, has_bold_words: bool = False
    ) -> None:
        """`bold` is how all of it is shown; with `has_bold_words` some can be made so."""
        font = theme.font(14 if bold else 13, bold)
        super().__init__(edits, theme, font, has_bold_words)
        self._theme = theme
        self._set_up(font)

    def _set_up(self, font: QFont) -> None:
        self.document().setDocumentMargin(0)
        self.setFont(font)
        self.setObjectName("cell")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def height_at(self, width: int) -> int:
        """How high the text is at a width, in px; room for one line at least."""
        return line_count(self.text(), self.font(), width) * self.line_height

    def show_found(self, words: Sequence[str]) -> None:
        """Mark where these folded words stand."""
        text, marks = self.toPlainText(), []
        for start, end in found_in(text, words) if words else ():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self.textCursor()
            mark.cursor.setPosition(units(text[:start]))
            mark.cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(self._theme.color("mark"))
            # In high contrast the ground says nothing.
            mark.format.setFontUnderline(True)
            marks.append(mark)
        self.setExtraSelections(marks)

    def select_text(self, text: str) -> None:
        """Select the first place where these words stand; without words go to the end."""
        found = self.document().find(text, 0, QTextDocument.FindFlag.FindCaseSensitively)
        if text and not found.isNull():
            self.setTextCursor(found)
        else:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def only_show(self) -> None:
        """From now on the text can be selected and copied, not changed."""
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    # Qt's own names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo of the field before those of the plan; Ctrl+K asks for a link."""
        document = self.document()
        if event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable():
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable():
            self.redo_wanted.emit()
        elif event.keyCombination() == LINK_KEY:
            self.link_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that a visit begins."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that it was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as clean plain text; cells of a table go into the fields in order."""
        if source.hasFormat(MARKED_MIME) or not source.hasText():
            super().insertFromMimeData(source)
            return
        text, count = cleaned(source.text().replace("\r\n", "\n"))
        cells = cells_in(text) if "<table" in source.html() else ()
        if len(cells) > 1:
            self.cells_pasted.emit(cells)
        else:
            self.insertPlainText(text)
        if count:
            self.told.emit(
                f"貼り付けた文章から、印刷できない文字{count}個を取り除くか、改行に直しました。"
            )


def cells_in(text: str) -> Sequence[str]:
    """The cells of a table as a spreadsheet copies it, row by row; none where it has but one."""
    if "\t" not in text:
        return ()
    rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    return [cell for row in rows for cell in row]
