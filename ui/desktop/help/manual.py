"""Opens the manual where it answers for what a person sees."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from ui.desktop.help.chapters import read_chapters
from ui.desktop.help.help_window import HelpWindow
from ui.desktop.help.keys import all_keys, keys_text
from ui.desktop.theme import Theme

START: Final = "01-start"
KEYS: Final = "99-keys"


class Manual(QObject):
    """At most one window with the manual, in the look and at the zoom of the main window."""

    def __init__(self, main: QMainWindow) -> None:
        super().__init__(main)
        self._main = main
        self.window: HelpWindow | None = None

    def show(self, view: str, views: Sequence[str], theme: Theme) -> None:
        """Open it at the chapter that answers for a view (its word on the rail, "" for none)."""
        keys = keys_text(all_keys(self._main.menuBar(), views))
        chapters = read_chapters(keys)
        names = [chapter.name for chapter in chapters if view in chapter.views]
        self._open(HelpWindow(self._main, chapters, theme), names[0] if names else START)

    def show_keys(self, views: Sequence[str], theme: Theme) -> None:
        """Open it at the list of keys."""
        self.show("", views, theme)
        if self.window is not None:
            self.window.show_chapter(KEYS)

    def follow(self, theme: Theme) -> None:
        """Show an open manual at another zoom."""
        if self.window is not None and self.window.isVisible():
            shown, old = self.window.shown_name, self.window
            self._open(HelpWindow(self._main, old.chapters, theme), shown)

    def _open(self, window: HelpWindow, chapter: str) -> None:
        if self.window is not None:
            if self.window.isVisible():
                window.setGeometry(self.window.geometry())
            self.window.close()
            self.window.deleteLater()
        self.window = window
        window.show_chapter(chapter)
        window.show()
        window.activateWindow()
