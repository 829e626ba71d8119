"""What became of several files, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from ui.desktop.parts import label, within
from ui.desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class Result:
    """A file that was to be written: for whom, its name, and why it was not (empty: it was)."""

    department: str
    name: str
    problem: str = ""


class ResultDialog(QDialog):
    """The files that were made, and those that were not."""

    def __init__(
        self, parent: QWidget, results: Sequence[Result], folder: str, theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("課へ切り出す")
        self.resize(within(parent, theme, 620, 420))
        failed = sum(bool(result.problem) for result in results)
        self.said = label(f"{len(results) - failed}件のファイルを作りました。\n{folder}")
        if failed:
            self.said.setText(f"{self.said.text()}\n作れなかったもの：{failed}件")
        self.said.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("結果")
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(3))
        self.list.addItems([_words(result) for result in results])
        buttons = QDialogButtonBox()
        opening = buttons.addButton("フォルダーを開く", QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("閉じる", QDialogButtonBox.ButtonRole.RejectRole)
        opening.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        for widget in (self.said, self.list, buttons):
            column.addWidget(widget)


def _words(result: Result) -> str:
    return f"▲ {result.department}：{result.problem}" if result.problem else f"● {result.name}"
