"""About the program, and every key."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QVBoxLayout,
    QWidget,
)

from app import VERSION
from ui.desktop.parts import label
from ui.desktop.theme import FAMILY

PAPER: Final = "BIZ UDGothic"


def show_about(parent: QWidget, folder: str) -> None:
    """Version, licences in short, fonts, where files lie."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("このプログラムについて")
    column = QVBoxLayout(dialog)
    column.setContentsMargins(28, 24, 28, 20)
    column.setSpacing(10)
    column.addWidget(label("計画カンバン", "title"))
    column.addWidget(label(f"版 {VERSION}", "quietLabel"))
    column.addWidget(label("このPCの外へは一切通信しません。"))
    for heading, text in _facts(folder):
        column.addSpacing(4)
        column.addWidget(label(heading, "fieldName"))
        words = label(text)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
    dialog.setMinimumWidth(560)
    _close_button(dialog, column)
    dialog.exec()


def _facts(folder: str) -> tuple[tuple[str, str], ...]:
    families = QFontDatabase.families()
    fonts = [f"{name}：{'あります' if name in families else 'ありません（代わりの書体を使います）'}"
             for name in (FAMILY, PAPER)]  # fmt: skip
    licences = (
        "このプログラムはMITライセンスです。Qt・PySide6（LGPL）、SQLite（パブリックドメイン）、"
        "ReportLab（BSD）、openpyxl（MIT）などを使っています。"
    )
    return (
        ("書体", "\n".join(fonts)),
        ("下書き・控えの場所", folder),
        ("ライセンス", licences),
    )


def _close_button(dialog: QDialog, column: QVBoxLayout) -> None:
    buttons = QDialogButtonBox()
    buttons.addButton("閉じる", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
