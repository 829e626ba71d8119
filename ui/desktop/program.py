"""Starts the window."""

import sys
from types import TracebackType
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from resources import resource
from ui.desktop.dialogs.messages import is_gone, show_problem
from ui.desktop.leaving import Leaving
from ui.desktop.main_window import LAST, START, MainWindow
from ui.desktop.theme import FAMILY, dress
from ui.documents import Documents, Program

FAULT: Final = (
    "プログラムの不具合のため、いまの操作を終えられませんでした。保存済みの内容は無事です。"
    "計画を開き直しても続くときは、操作の手順を管理者に知らせてください。"
)
JAPANESE: Final = QLocale(QLocale.Language.Japanese, QLocale.Country.Japan)


def run(documents: Documents, path: str | None = None) -> int:
    """Open the window on a plan file (none: the last one, else the welcome page).

    Returns the exit code.
    """
    application = make_application(sys.argv)
    theme = dress()
    window = MainWindow(documents, theme)
    tell_about_faults(window, documents.program)
    leaving = Leaving(application, window, lambda: application.exit(0))
    path = path or last_plan(documents)
    if path:
        window.open(path)
    if is_gone(window):
        # The system wanted us gone while the plan was being opened.
        return 0
    window.show()
    code = application.exec()
    leaving.deleteLater()
    return code


def last_plan(documents: Documents) -> str:
    """The plan that was open when the window was closed last; empty where none is wanted."""
    last = documents.setting(LAST)
    is_wanted = documents.setting(START) != "welcome" and last in documents.recent()
    return str(last) if is_wanted else ""


def tell_about_faults(window: MainWindow, program: Program) -> None:
    """From now on a fault of the program is written down and told to the person.

    What was kept is safe whatever happens here: edits are in the file before they are shown.
    """

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        where = program.note_fault(fault)
        if not window.findChildren(QMessageBox):
            show_problem(window, f"{FAULT}（{where}）")

    sys.excepthook = tell


def make_application(arguments: list[str]) -> QApplication:
    """The application, in Japanese, with Qt's own dialogs in Japanese too."""
    QLocale.setDefault(JAPANESE)
    # Of a name that is no text (Shift-JIS from an old ZIP file) PySide would crash.
    application = QApplication([word.encode("utf-8", "replace").decode() for word in arguments])
    application.setApplicationDisplayName("計画カンバン")
    application.setWindowIcon(QIcon(str(resource("icons/program.svg"))))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(JAPANESE, "qtbase", "_", folder):
        application.installTranslator(translator)
    _bring_fonts()
    return application


def _bring_fonts() -> None:
    """The fonts that come with the built program, where this PC has none of ours."""
    if FAMILY not in QFontDatabase.families():
        for file in sorted(resource("fonts").glob("*.tt[cf]")):
            QFontDatabase.addApplicationFont(str(file))
