"""One change: where it is, the text with its changed characters marked, a way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from app.changes.change import WHOLE, Change
from app.changes.marking import pieces
from app.plan.plan import Plan
from ui.change_words import labels_of, place_words, value_words
from ui.desktop.editor.spaced_text import SpacedLayout, line_count
from ui.desktop.parts import label
from ui.desktop.theme import Theme

_LINE = 20


class ChangeWidget(QFrame):
    """What was taken away is struck through, what was added is underlined."""

    restored = Signal()
    """A person wants to have back what was there before."""

    def __init__(self, plan: Plan, change: Change, theme: Theme, can_restore: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._theme = theme
        before = value_words(plan, change.before)
        after = value_words(plan, change.after)
        self.text = MarkedText(theme)
        self.text.show_change(before, after)
        self.button = QPushButton("この前の内容に戻す")
        self.button.setVisible(can_restore)
        self.button.clicked.connect(self.restored)
        where = label(" ＞ ".join(place_words(plan, change, labels_of(plan))), "fieldName")
        where.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(where, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.addLayout(head)
        if change.field == WHOLE:
            column.addWidget(label("削除しました" if change.after is None else "追加しました"))
        column.addWidget(self.text)


class MarkedText(QPlainTextEdit):
    """A text to be read, as high as it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        document = QTextDocument(self)
        document.setDocumentLayout(SpacedLayout(document, theme.px(_LINE)))
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setObjectName("cell")
        self.setReadOnly(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_change(self, before: str, after: str) -> None:
        """Show both texts in one."""
        cursor = QTextCursor(self.document())
        looks = self._looks()
        for piece in pieces(before, after):
            cursor.insertText(piece.text, looks[piece.kind])
        self._grow()

    def _looks(self) -> dict[str, QTextCharFormat]:
        gone, new = QTextCharFormat(), QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(self._theme.color("error"))
        new.setFontUnderline(True)
        new.setFontWeight(QFont.Weight.Bold)
        new.setForeground(self._theme.color("good"))
        new.setBackground(self._theme.color("good_pale"))
        return {"same": QTextCharFormat(), "gone": gone, "new": new}

    def _grow(self) -> None:
        width = max(self._theme.px(200), self.viewport().width())
        lines = line_count(self.toPlainText(), self._theme.font(bold=True), width)
        self.setFixedHeight(lines * self._theme.px(_LINE) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the text is at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()
