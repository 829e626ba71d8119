"""Opens the manual where it answers for what a person sees."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from ui.desktop.plan_widget import PlanWidget
from ui.desktop.theme import Theme

if TYPE_CHECKING:
    from ui.desktop.help.chapters import Chapter
    from ui.desktop.help.help_window import HelpWindow

START: Final = "01-start"
KEYS: Final = "99-keys"


class Manual(QObject):
    """At most one window with the manual, in the look and at the zoom of the main window."""

    def __init__(
        self, main: QMainWindow, shown: Callable[[], PlanWidget | None], theme: Theme
    ) -> None:
        """`shown` gives the plan that the main window shows then, None for none."""
        super().__init__(main)
        self._main, self._shown, self._theme = main, shown, theme
        self.window: HelpWindow | None = None

    def show(self) -> None:
        """Open it at the chapter that answers for the view that is shown."""
        plan, chapters = self._shown(), self._chapters()
        view = plan.rail.words[plan.view] if plan else ""
        names = [chapter.name for chapter in chapters if view in chapter.views]
        self._open(chapters, names[0] if names else START)

    def show_keys(self) -> None:
        """Open it at the list of keys."""
        self._open(self._chapters(), KEYS)

    def _chapters(self) -> "Sequence[Chapter]":
        from ui.desktop.help.chapters import read_chapters
        from ui.desktop.help.keys import all_keys, keys_text

        plan = self._shown()
        keys = all_keys(self._main.menuBar(), plan.rail.words if plan else ())
        return read_chapters(keys_text(keys))

    def follow(self, theme: Theme) -> None:
        """From now on the main window is shown at another zoom."""
        self._theme = theme
        if self.window is not None and self.window.isVisible():
            self._open(self.window.chapters, self.window.shown_name)

    def _open(self, chapters: "Sequence[Chapter]", chapter: str) -> None:
        from ui.desktop.help.help_window import HelpWindow

        window = HelpWindow(self._main, chapters, self._theme)
        if self.window is not None:
            if self.window.isVisible():
                window.setGeometry(self.window.geometry())
            self.window.close()
            self.window.deleteLater()
        self.window = window
        window.show_chapter(chapter)
        window.show()
        window.activateWindow()
