"""The program set up to have its pictures taken."""

from collections.abc import Callable
from pathlib import Path
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from app.changes.change import ChangeSet
from app.plan.plan import Plan
from docs.camera import Camera
from storage.document.local_document import LocalDocument
from storage.local_documents import LocalDocuments
from ui.desktop.help.chapters import FOLDER
from ui.desktop.main_window import MainWindow
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.theme import dress

PLACE: Final = "S:\\情報政策課\\計画\\"


class Studio:
    """The program with a plan open, and a camera in front of it."""

    def __init__(self, folder: Path) -> None:
        """`folder` is for the plans; the pictures go to the manual."""
        self.folder, self.theme = folder, dress()
        self.documents = LocalDocuments()
        self.camera = Camera(FOLDER, self.theme)
        self.window = MainWindow(self.documents, self.theme)
        self.window.resize(1366, 768)
        self.window.show()

    @property
    def shown(self) -> PlanWidget:
        """The views of the open plan."""
        assert self.window.plan_widget is not None
        return self.window.plan_widget

    @property
    def plan(self) -> Plan:
        """The open plan."""
        return self.shown.shared.plan

    def do(self, verb: Callable[[Plan], ChangeSet]) -> None:
        """Make an edit."""
        assert self.shown.signals.do(verb) is not None

    def open(self, path: Path) -> None:
        """Open a plan; the window shows a path as people have it."""
        with patch.object(LocalDocument, "path", PLACE + path.name):
            self.window.open(str(path))
        self.settle()

    def save(self) -> None:
        """Save what is open, so that nothing is asked when it is closed."""
        self.window.actions_of_window.save.trigger()
        self.settle()

    def view(self, view: View) -> None:
        """Show a view."""
        self.shown.show_view(view)
        self.settle()

    def wait(self, is_ready: Callable[[], bool]) -> None:
        """Wait until something made in the background is there."""
        while not is_ready():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        self.settle()

    def settle(self) -> None:
        """Let the window lay itself out."""
        for _ in range(5):
            QApplication.processEvents()
