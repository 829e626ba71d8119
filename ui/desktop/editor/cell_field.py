"""A text field in a cell of the sheet."""

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.forms.marks import MARK
from app.plan.search import found_in
from app.plan.texts.plain_text import cleaned
from ui.desktop.fields.bold_text import insert, is_all_bold, plan_text, selected_text, weight
from ui.desktop.fields.spaced_text import SpacedLayout, line_count, units
from ui.desktop.theme import Theme

DRAFT_MS = 1500
LINK_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)
# Between our own fields bold words stay bold.
MARKED_MIME = "application/x-keikaku-text"


class CellField(QPlainTextEdit):
    """Text of one cell. What is typed is offered by `drafted` soon after, and on leaving.

    What the plan marks as bold is shown bold, without its marks. The field's own undo comes
    first; when that has nothing left, `undo_wanted` asks for the plan's.
    """

    drafted = Signal()
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

    def __init__(self, theme: Theme, bold: bool = False, has_bold_words: bool = False) -> None:
        """`bold` is how all of it is shown; with `has_bold_words` some can be made so."""
        super().__init__()
        self._theme, self._has_bold_words = theme, has_bold_words
        self._composition, self._given = "", ""
        self.has_draft = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_MS)
        self._pause.timeout.connect(self.keep)
        self.line_height = theme.px(19)
        self._set_up(bold)
        self.textChanged.connect(self._start_draft)

    def _set_up(self, bold: bool) -> None:
        font = self._theme.font(14 if bold else 13, bold)
        document = QTextDocument(self)
        document.setDocumentLayout(SpacedLayout(document, self.line_height))
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setFont(font)
        self.setObjectName("cell")
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def text(self) -> str:
        """What stands in the field, as the plan writes it; untouched, exactly what was given."""
        document = self.document()
        return plan_text(document) if document.isModified() else self._given

    def height_at(self, width: int) -> int:
        """How high the text is at a width, in px; room for one line at least."""
        return line_count(self.text(), self.font(), width) * self.line_height

    def show_text(self, text: str) -> None:
        """Show what the plan says; nothing is drafted by it."""
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

    def keep(self) -> None:
        """Offer what was typed, if anything was."""
        self._pause.stop()
        if self.has_draft:
            self.has_draft = False
            self.drafted.emit()

    def take_composition(self) -> None:
        """Take what an input method still composes as typed: it must not be lost."""
        QGuiApplication.inputMethod().commit()
        if self._composition:
            event = QInputMethodEvent()
            event.setCommitString(self._composition)
            self.inputMethodEvent(event)
            QGuiApplication.inputMethod().reset()

    def make_bold(self) -> None:
        """Make what is selected bold, or no longer; without a selection, what is typed next."""
        if self._has_bold_words and not self.isReadOnly():
            self.mergeCurrentCharFormat(weight(not is_all_bold(self.textCursor())))

    def _start_draft(self) -> None:
        self.has_draft = True
        if not self._pause.isActive():
            self._pause.start()

    # Qt's own names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo of the field before those of the plan; Ctrl+B makes bold."""
        document = self.document()
        if event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable():
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable():
            self.redo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Bold):
            self.make_bold()
        elif event.keyCombination() == LINK_KEY:
            self.link_wanted.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self._composition = event.preeditString()
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that a visit begins."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was composed and typed."""
        self.take_composition()
        super().focusOutEvent(event)
        self.keep()
        self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as clean plain text; cells of a table go into the fields in order."""
        if self._has_bold_words and source.hasFormat(MARKED_MIME):
            insert(self.textCursor(), bytes(source.data(MARKED_MIME).data()).decode())
            return
        if not source.hasText():
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

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text for other programs; for our own fields also which words are bold."""
        made = QMimeData()
        made.setText(self.textCursor().selection().toPlainText())
        made.setData(MARKED_MIME, selected_text(self.textCursor()).encode())
        return made


def cells_in(text: str) -> Sequence[str]:
    """The cells of a table as a spreadsheet copies it, row by row; none where it has but one."""
    if "\t" not in text:
        return ()
    rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    return [cell for row in rows for cell in row]
