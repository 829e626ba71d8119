"""Starts the window."""

import sys
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from resources import resource
from ui.desktop.documents import Documents
from ui.desktop.main_window import MainWindow
from ui.desktop.theme import dress

JAPANESE: Final = QLocale(QLocale.Language.Japanese, QLocale.Country.Japan)


def run(documents: Documents, path: str | None = None) -> int:
    """Open the window on a plan file (none: the welcome page) and return the exit code."""
    application = make_application(sys.argv)
    theme = dress()
    window = MainWindow(documents, theme)
    if path:
        window.open(path)
    window.show()
    return application.exec()


def make_application(arguments: list[str]) -> QApplication:
    """The application, in Japanese, with Qt's own dialogs in Japanese too."""
    QLocale.setDefault(JAPANESE)
    application = QApplication(arguments)
    application.setApplicationDisplayName("計画カンバン")
    application.setWindowIcon(QIcon(str(resource("icons/program.svg"))))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(JAPANESE, "qtbase", "_", folder):
        application.installTranslator(translator)
    return application
