"""About the program, and every key."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMenu,
    QMenuBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import VERSION
from ui.desktop.parts import label
from ui.desktop.theme import FAMILY, Theme

PAPER: Final = "BIZ UDGothic"
_MORE_KEYS: Final = (
    ("カンバン", (("カードの間を動く", "↑ ↓ ← →"), ("個票を開く", "Enter"),
                  ("続けて選ぶ", "Shift+↑ ↓"), ("ドラッグをやめる", "Esc"))),
    ("個票", (("次の欄・前の欄", "Tab・Shift+Tab"), ("太字", "Ctrl+B"))),
    ("さがす", (("見つかった取組へ", "Enter"), ("消す", "Esc"))),
    ("一覧", (("個票を開く", "Enter"), ("選んだ行をコピー", "Ctrl+C"))),
    ("画面", (("カンバン・一覧・個票・履歴・計画の設定", "Ctrl+1～5"),)),
)  # fmt: skip


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


def show_keys(parent: QWidget, bar: QMenuBar, theme: Theme) -> None:
    """Every key there is: those of the menus, then those of the views."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("キー操作一覧")
    dialog.resize(theme.px(560), theme.px(580))
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(*[theme.px(8)] * 4)
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(0, 1)
    for heading, keys in (*_menu_keys(bar), *_MORE_KEYS):
        row = grid.rowCount()
        grid.addWidget(label(heading, "fieldName"), row, 0)
        for word, key in keys:
            row += 1
            grid.addWidget(label(f"　{word}"), row, 0)
            grid.addWidget(label(key), row, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    column = QVBoxLayout(dialog)
    column.addWidget(area, 1)
    _close_button(dialog, column)
    dialog.exec()


def _menu_keys(bar: QMenuBar) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for menu in bar.findChildren(QMenu):
        keys = tuple(
            (
                _plain(action.text()),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in menu.actions()
            if not action.shortcut().isEmpty()
        )
        if keys:
            yield _plain(menu.title()), keys


def _plain(word: str) -> str:
    """A menu's word without its access key: 保存(&S)… as 保存."""
    return word.partition("(&")[0]


def _close_button(dialog: QDialog, column: QVBoxLayout) -> None:
    buttons = QDialogButtonBox()
    buttons.addButton("閉じる", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
