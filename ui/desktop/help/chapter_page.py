"""A chapter as it is read: Markdown laid out in the window's colours, with its pictures."""

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QBrush,
    QFontDatabase,
    QPixmap,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from ui.desktop.help.chapters import FOLDER, Chapter
from ui.desktop.theme import FAMILY, Theme

_LINE_PERCENT: Final = 150
_ABOVE_HEADING: Final = 18
_BELOW: Final = 8
_PICTURE: Final = re.compile(r"!\[(.+?)\]\(.+?\)")
_PICTURE_CHARACTER: Final = "\ufffc"
_CAPTION: Final = 12


class ChapterPage(QTextBrowser):
    """Shows one chapter, and marks the words that are searched for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chapter: Chapter | None = None
        self._words = ""
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        # Its coming and going would change the width of the pictures.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setObjectName("chapter")
        self.setOpenLinks(False)
        self.setAccessibleName("使い方の本文")

    def show_chapter(self, chapter: Chapter, words: str = "") -> None:
        """Show a chapter from its beginning; `words` are marked, and the first is in sight."""
        self._chapter, self._words = chapter, words
        # The style sheet has the last word on the size of the type.
        self.ensurePolished()
        document = self.document()
        document.setDocumentMargin(self._theme.px(22))
        text = _PICTURE.sub(r"\g<0>\n\n\1", chapter.text)
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark_words()
        self.go_to_next()

    def go_to_next(self) -> bool:
        """Bring the next of the words into sight; False where there is none further down."""
        return bool(self._words) and self.find(self._words)

    def _mark_words(self) -> None:
        marks, place = [], QTextCursor(self.document())
        while self._words and not (place := self.document().find(self._words, place)).isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = place
            mark.format.setBackground(self._theme.color("mark"))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _dress(self) -> None:
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block)
            table = QTextCursor(block).currentTable()
            if table is not None and block.position() == table.firstPosition():
                self._dress_table(table)
            block = block.next()

    def _dress_block(self, block: QTextBlock) -> None:
        cursor, form = QTextCursor(block), block.blockFormat()
        spaced = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        # A line with a picture would be half as high again as the picture.
        if block.text() != _PICTURE_CHARACTER:
            spaced.setLineHeight(_LINE_PERCENT, kind)
        if form.headingLevel() > 1:
            spaced.setTopMargin(self._theme.px(_ABOVE_HEADING))
        if cursor.currentTable() is None and not block.textList():
            spaced.setBottomMargin(self._theme.px(_BELOW))
        cursor.mergeBlockFormat(spaced)
        if form.headingLevel():
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            colored = QTextCharFormat()
            colored.setForeground(self._theme.color("accent"))
            cursor.mergeCharFormat(colored)
        elif block.previous().text() == _PICTURE_CHARACTER:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            small = QTextCharFormat()
            small.setProperty(QTextCharFormat.Property.FontPixelSize, self._theme.px(_CAPTION))
            small.setForeground(self._theme.color("secondary"))
            cursor.mergeCharFormat(small)
        self._dress_words(block)

    def _dress_words(self, block: QTextBlock) -> None:
        """Keys and commands stand on a tint, in the window's own type; links in its colour."""
        for piece in _pieces(block):
            form = piece.charFormat()
            look = QTextCharFormat()
            if form.fontFixedPitch():
                look.setFontFamilies([FAMILY, QFontDatabase.systemFont(
                    QFontDatabase.SystemFont.GeneralFont).family()])  # fmt: skip
                look.setFontFixedPitch(False)
                look.setBackground(QBrush(self._theme.color("lane")))
            elif form.isAnchor():
                look.setForeground(self._theme.color("accent"))
            else:
                continue
            cursor = QTextCursor(block)
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setBorderCollapse(True)
        form.setBorder(1)
        form.setBorderBrush(QBrush(self._theme.color("line")))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setCellPadding(self._theme.px(6))
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setTopMargin(self._theme.px(4))
        form.setBottomMargin(self._theme.px(_BELOW))
        table.setFormat(form)
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            head = cell.format()
            head.setBackground(self._theme.color("head"))
            cell.setFormat(head)

    def _fit(self) -> None:
        if self._chapter is not None:
            bar = self.verticalScrollBar()
            share = bar.value() / max(1, bar.maximum())
            self.show_chapter(self._chapter, self._words)
            bar.setValue(round(share * bar.maximum()))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the manual, no wider than the page. Nothing else is ever loaded."""
        url = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or url.scheme():
            return None
        picture = QPixmap(str(FOLDER / url.fileName()))
        if picture.isNull():
            return None
        room = self.viewport().width() - 2 * self._theme.px(22) - 4
        ratio = self.devicePixelRatioF()
        if picture.width() > room > 0:
            picture = picture.scaledToWidth(
                round(room * ratio), Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are fitted to the new width; what was being read stays in sight.

        Afterwards: a text that is replaced while it is being laid out takes Qt down with it.
        """
        super().resizeEvent(event)
        if self._chapter is not None and event.size().width() != event.oldSize().width():
            self._fitting.start()


def _pieces(block: QTextBlock) -> list[QTextFragment]:
    """The runs of one look in a paragraph, taken before any of them is changed."""
    return list(_walked(block))


def _walked(block: QTextBlock) -> Iterator[QTextFragment]:
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1
