"""A plain text document with air between its lines, and bold words shown bold."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout

from app.forms.marks import MARK, segments, unmarked


class SpacedLayout(QPlainTextDocumentLayout):
    """Lays every line `line_height` px apart: Japanese fonts come without leading."""

    def __init__(self, document: QTextDocument, line_height: int) -> None:
        super().__init__(document)
        self._line_height = line_height

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The block's rectangle, its lines put in their places."""
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            y = number * self._line_height + (self._line_height - line.height()) / 2
            if line.y() != y:
                place = line.position()
                place.setY(y)
                line.setPosition(place)
        return QRectF(rect.x(), rect.y(), rect.width(), layout.lineCount() * self._line_height)


class BoldMarks(QSyntaxHighlighter):
    """Shows what stands between ** in bold, and the marks themselves pale."""

    def __init__(self, document: QTextDocument, pale: QColor) -> None:
        super().__init__(document)
        self._bold, self._pale = QTextCharFormat(), QTextCharFormat()
        self._bold.setFontWeight(QFont.Weight.Bold)
        self._pale.setForeground(pale)

    def highlightBlock(self, text: str) -> None:
        """Mark one line."""
        at, marked = 0, unmarked(text)
        for start, end, bold in segments(marked, 0, len(marked.plain)):
            length = end - start
            if bold:
                self.setFormat(at, len(MARK), self._pale)
                self.setFormat(at + len(MARK), length, self._bold)
                self.setFormat(at + len(MARK) + length, len(MARK), self._pale)
                length += 2 * len(MARK)
            at += length


def line_count(text: str, font: QFont, width: int) -> int:
    """How many lines a text takes in a field whose lines are `width` px wide."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return sum(_lines_of(paragraph, font, width, option) for paragraph in text.split("\n"))


def _lines_of(paragraph: str, font: QFont, width: int, option: QTextOption) -> int:
    layout = QTextLayout(paragraph, font)
    layout.setTextOption(option)
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return max(1, count)
