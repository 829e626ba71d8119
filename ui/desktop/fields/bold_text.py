"""Bold words in a text document: plan text with its `**…**` goes in and comes out again."""

from collections.abc import Iterator

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument

from app.forms.marks import Marked, marked, segments, unmarked


def weight(is_bold: bool) -> QTextCharFormat:
    """The format of bold words, or of those that are not."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold if is_bold else QFont.Weight.Normal)
    return made


def insert(cursor: QTextCursor, text: str) -> None:
    """Put plan text in at the cursor, bold where its marks say so, the marks left out."""
    content = unmarked(text)
    cursor.beginEditBlock()
    for start, end, is_bold in segments(content, 0, len(content.plain)):
        cursor.insertText(content.plain[start:end], weight(True) if is_bold else QTextCharFormat())
    cursor.endEditBlock()


def plan_text(document: QTextDocument) -> str:
    """What a document says as plan text; the inverse of `insert`."""
    plain, spans, length = [], list[tuple[int, int]](), 0
    for text, is_bold in _runs(document):
        if is_bold and spans and spans[-1][1] == length:
            spans[-1] = (spans[-1][0], length + len(text))
        elif is_bold:
            spans.append((length, length + len(text)))
        plain.append(text)
        length += len(text)
    return marked(Marked("".join(plain), tuple(spans)))


def _runs(document: QTextDocument) -> Iterator[tuple[str, bool]]:
    """The text piece by piece, line ends included, each with whether it is bold."""
    block = document.begin()
    while block.isValid():
        if block != document.begin():
            # The format of a block is that of the line end before it.
            yield "\n", _is_bold(block.charFormat())
        # Qt counts in UTF-16, where a rare kanji is two.
        units = block.text().encode("utf-16-le", "surrogatepass")
        for run in block.textFormats():
            piece = units[2 * run.start : 2 * (run.start + run.length)]
            text = piece.decode("utf-16-le", "surrogatepass").replace("\u2028", "\n")
            yield text, _is_bold(run.format)
        block = block.next()


def is_all_bold(cursor: QTextCursor) -> bool:
    """Whether everything that is selected is bold; without a selection, what is typed next."""
    if not cursor.hasSelection():
        return _is_bold(cursor.charFormat())
    part = QTextDocument()
    QTextCursor(part).insertFragment(cursor.selection())
    return all(is_bold for text, is_bold in _runs(part) if text.strip())


def selected_text(cursor: QTextCursor) -> str:
    """What is selected as plan text."""
    part = QTextDocument()
    QTextCursor(part).insertFragment(cursor.selection())
    return plan_text(part)


def _is_bold(format: QTextCharFormat) -> bool:
    return format.fontWeight() >= QFont.Weight.Bold
