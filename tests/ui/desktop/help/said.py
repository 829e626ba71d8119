"""What the program says on its screens, to hold the manual against."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from ui.desktop.main_window import MainWindow

ROOT = Path(__file__).parents[4]
_DECORATION = re.compile(r"\(&.\)|…$| ▾$| ✕$")


def plain(word: str) -> str:
    """A word of the screen without access key, dots and signs."""
    return _DECORATION.sub("", _DECORATION.sub("", word.strip())).strip()


def literals(folder: Path) -> Iterator[str]:
    """Every text in the sources below a folder but the docstrings; of a composed one its parts."""
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in docstrings:
                yield node.value


def menus(window: MainWindow) -> dict[str, set[str]]:
    """The entries of every menu of the window and of its buttons, by the word that opens it."""
    found: dict[str, set[str]] = {}
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
        words = {plain(action.text()) for action in _entries(menu)}
        for opener in _openers(menu, window):
            found.setdefault(opener, set()).update(words)
    return found


def _entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def _openers(menu: QMenu, window: MainWindow) -> Iterator[str]:
    yield plain(menu.title())
    for button in window.findChildren(QToolButton):
        if button.menu() is menu:
            yield plain(button.accessibleName() or button.text())
