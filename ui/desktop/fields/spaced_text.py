"""A text document with air between its lines, and how many lines a text takes in it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from app.forms.marks import Marked, segments, unmarked


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


def line_count(text: str, font: QFont, width: int) -> int:
    """How many lines plan text takes in a field whose lines are `width` px wide."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    content, start, count = unmarked(text), 0, 0
    for paragraph in content.plain.split("\n"):
        end = start + len(paragraph)
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.setFormats(_bold_ranges(content, start, end))
        count += _lines(layout, width)
        start = end + 1
    return count


def _bold_ranges(content: Marked, start: int, end: int) -> list[QTextLayout.FormatRange]:
    """The bold words of a paragraph, as a layout counts them: in UTF-16."""
    ranges = []
    for low, high, is_bold in segments(content, start, end):
        if is_bold:
            made = QTextLayout.FormatRange()
            made.start = units(content.plain[start:low])
            made.length = units(content.plain[low:high])
            made.format.setFontWeight(QFont.Weight.Bold)
            ranges.append(made)
    return ranges


def units(text: str) -> int:
    """Length of a text as Qt counts it: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _lines(layout: QTextLayout, width: int) -> int:
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return max(1, count)
