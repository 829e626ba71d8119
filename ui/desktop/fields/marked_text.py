"""Two states of a text in one: what is gone struck through, what is new underlined."""

from collections.abc import Iterator
from itertools import groupby, islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from app.changes.comparing.marking import Kind, Piece, pieces
from app.forms.marks import Marked, segments, unmarked
from ui.desktop.fields.bold_text import weight
from ui.desktop.fields.spaced_text import SpacedLayout, line_count
from ui.desktop.theme import Theme

_LINE = 20


class MarkedText(QPlainTextEdit):
    """A text to be read, as high as it is: struck through is gone, underlined is new."""

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
        """Show both texts in one, bold words in bold."""
        cursor = QTextCursor(self.document())
        looks = self._looks()
        for piece, is_bold in bold_pieces(before, after):
            look = QTextCharFormat(looks[piece.kind])
            look.merge(weight(is_bold))
            cursor.insertText(piece.text, look)
        self._grow()

    def _looks(self) -> dict[str, QTextCharFormat]:
        gone, new = QTextCharFormat(), QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(self._theme.color("error"))
        new.setFontUnderline(True)
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


def bold_pieces(before: str, after: str) -> Iterator[tuple[Piece, bool]]:
    """The pieces of two plan texts without their marks, each with whether it is bold.

    Words that only became bold, or no longer are, are gone and new.
    """
    old, new = unmarked(before), unmarked(after)
    was, now = iter(_is_bold(old)), iter(_is_bold(new))
    for piece in pieces(old.plain, new.plain):
        count = len(piece.text)
        before_bold = list(islice(was, count if piece.kind != "new" else 0))
        after_bold = list(islice(now, count if piece.kind != "gone" else 0))
        if piece.kind == "same":
            yield from _same_words(piece.text, before_bold, after_bold)
        else:
            yield from _runs(piece.kind, piece.text, before_bold or after_bold)


def _is_bold(text: Marked) -> list[bool]:
    """Of each character."""
    return [
        bold for start, end, bold in segments(text, 0, len(text.plain)) for _ in range(start, end)
    ]


def _same_words(text: str, was: list[bool], now: list[bool]) -> Iterator[tuple[Piece, bool]]:
    """Words that stay, or that only change between bold and not."""
    for (before, after), run in groupby(zip(was, now, text, strict=True), key=lambda c: c[:2]):
        words = "".join(character for _, _, character in run)
        if before == after:
            yield Piece("same", words), after
        else:
            yield Piece("gone", words), before
            yield Piece("new", words), after


def _runs(kind: Kind, text: str, bold: list[bool]) -> Iterator[tuple[Piece, bool]]:
    for is_bold, run in groupby(zip(bold, text, strict=True), key=lambda c: c[0]):
        yield Piece(kind, "".join(character for _, character in run)), is_bold
