"""The ways to a plan: a file, a new file, the sample."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import KeikakuError
from app.session import Session
from ui.desktop.dialogs.messages import show_problem
from ui.desktop.dialogs.new_plan_dialog import NewPlanDialog
from ui.desktop.dialogs.paths import ask_existing, ask_target
from ui.desktop.documents import Documents
from ui.desktop.theme import Theme

FILES = "計画 (*.keikaku)"
SUFFIX = ".keikaku"


class PlanOpening(QObject):
    """Asks which plan and opens it; says why where that fails."""

    opened = Signal(object, str)
    """A Session and the path of its file."""

    def __init__(self, documents: Documents, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._window = documents, window
        self.shown = ""
        """The path of the plan that the window shows, empty for none."""

    def open(self, path: str) -> None:
        """Open a plan file, unless it is the one that is open."""
        if not self.shown or Path(path).resolve() != Path(self.shown).resolve():
            self._try(lambda: (self._documents.open(path), path))

    def open_sample(self) -> None:
        """Open the sample."""
        self._try(self._documents.sample)

    def ask_open(self) -> None:
        """Ask for a plan file and open it."""
        path = ask_existing(self._window, "計画を開く", FILES)
        if path:
            self.open(path)

    def ask_new(self, theme: Theme) -> None:
        """Ask what a new plan needs, and where to keep it, and open it."""
        dialog = NewPlanDialog(self._window, theme)
        if not dialog.exec():
            return
        city, title = dialog.municipality.text().strip(), dialog.title.text().strip()
        path = ask_target(self._window, "新しい計画の保存先", FILES, title + SUFFIX, SUFFIX)
        if path:
            self._try(lambda: (self._documents.create(path, city, title, dialog.form), path))

    def _try(self, opening: Callable[[], tuple[Session, str]]) -> None:
        try:
            session, path = opening()
        except KeikakuError as error:
            show_problem(self._window, str(error))
        else:
            self.opened.emit(session, path)
