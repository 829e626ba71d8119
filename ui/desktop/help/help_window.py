"""The manual in a window of its own, beside the plan: chapters at the left, text at the right."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from ui.desktop.help.chapter_page import ChapterPage
from ui.desktop.help.chapters import Chapter
from ui.desktop.parts import label
from ui.desktop.theme import Theme

FRAME = 30
"""What a window's title takes, in px."""


class HelpWindow(QWidget):
    """Stays open while one works; searching leaves only the chapters that hold the words."""

    def __init__(self, parent: QWidget, chapters: Sequence[Chapter], theme: Theme) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("plan")
        self.setWindowTitle("使い方")
        self.chapters, self._listed = tuple(chapters), tuple(chapters)
        self.search, self.list, self.page = QLineEdit(), QListWidget(), ChapterPage(theme)
        self._found = label(look="quietLabel")
        self._lay_out(theme)
        self._connect()
        self._show_list()

    def _lay_out(self, theme: Theme) -> None:
        wanted, room = QSize(theme.px(1000), theme.px(680)), self.screen().availableSize()
        self.resize(wanted.boundedTo(room - QSize(0, FRAME)))
        self.search.setPlaceholderText("使い方をさがす（Ctrl+F）")
        self.search.setAccessibleName("使い方をさがす")
        self.search.setClearButtonEnabled(True)
        self.list.setObjectName("chapters")
        self.list.setAccessibleName("章の一覧")
        side = QVBoxLayout()
        side.setSpacing(theme.px(8))
        for widget in (self.search, self._found, self.list):
            widget.setFixedWidth(theme.px(250))
            side.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.px(12)] * 4)
        row.setSpacing(theme.px(12))
        row.addLayout(side)
        row.addWidget(self.page, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show_list)
        self.search.returnPressed.connect(self._go_on)
        self.list.currentRowChanged.connect(self._show_row)
        self.page.anchorClicked.connect(self._follow)
        for keys, step in ((QKeySequence.StandardKey.Find, self._start_search),
                           (Qt.Key.Key_Escape, self._leave)):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(step)

    @property
    def shown_name(self) -> str:
        """The name of the chapter that is shown, "" for none."""
        shown = self._shown()
        return shown.name if shown else ""

    def show_chapter(self, name: str) -> None:
        """Show the chapter of that name (of its file, without .md)."""
        self.search.clear()
        names = [chapter.name for chapter in self.chapters]
        self.list.setCurrentRow(names.index(name))
        self.list.setFocus()

    def _show_list(self) -> None:
        """The chapters that hold the words, with how often; the chapter shown stays if it may."""
        words, shown = self.search.text().strip(), self._shown()
        held = [chapter for chapter in self.chapters if chapter.count(words) or not words]
        self._listed = tuple(held)
        self.list.blockSignals(True)
        self.list.clear()
        for chapter in held:
            times = f"（{chapter.count(words)}）" if words else ""
            self.list.addItem(f"{chapter.title}{times}")
        self.list.blockSignals(False)
        self._found.setText(_found_words(words, len(held)))
        self.list.setCurrentRow(held.index(shown) if shown in held else 0)

    def _shown(self) -> Chapter | None:
        row = self.list.currentRow()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def _show_row(self, row: int) -> None:
        if 0 <= row < len(self._listed):
            self.page.show_chapter(self._listed[row], self.search.text().strip())

    def _go_on(self) -> None:
        """To the next place, at the end of a chapter to the next chapter."""
        if self.list.count() and not self.page.go_to_next():
            row = (self.list.currentRow() + 1) % self.list.count()
            if row == self.list.currentRow():
                self._show_row(row)
            self.list.setCurrentRow(row)

    def _follow(self, link: QUrl) -> None:
        self.show_chapter(PurePosixPath(link.path()).stem)

    def _start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _leave(self) -> None:
        """Esc empties the search, then closes."""
        if self.search.text():
            self.search.clear()
        else:
            self.close()


def _found_words(words: str, count: int) -> str:
    if not words:
        return ""
    return f"「{words}」のある章 {count}（Enterで次へ）" if count else f"「{words}」はありません。"
