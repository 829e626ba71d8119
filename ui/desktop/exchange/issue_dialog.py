"""Which departments get their initiatives as a file, in which form, and where."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.documents.file_names import file_name
from ui.desktop.dialogs.paths import ask_folder
from ui.desktop.parts import label, verb_or_back, within
from ui.desktop.theme import Theme

PLAN_FILE, WORKBOOK = ".keikaku", ".xlsx"


def issue_name(department: str, title: str, suffix: str) -> str:
    """The name of a department's file, as people name such files: 【市民課】計画_照会.keikaku."""
    return file_name(f"【{department}】{title}_照会", suffix)


class IssueDialog(QDialog):
    """`accept` means that a person wants `chosen` departments to get a file in `folder`."""

    def __init__(
        self, parent: QWidget, departments: Mapping[str, int], folder: str, theme: Theme
    ) -> None:
        """`departments` with the number of their initiatives."""
        super().__init__(parent)
        self.setWindowTitle("課へ切り出す")
        self.resize(within(parent, theme, 560, 560))
        self.list = QListWidget()
        self.list.setAccessibleName("切り出す課")
        self.list.setSpacing(theme.px(4))
        for name, count in departments.items():
            item = QListWidgetItem(f"{name}（{count}件）", self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.every, self.none = QPushButton("すべて選ぶ"), QPushButton("すべて外す")
        self.plan_file = QRadioButton("計画のファイル（このプログラムで記入し、統合で戻す）")
        self.workbook = QRadioButton("Excelの様式（Excelで記入して戻す）")
        self.plan_file.setChecked(True)
        self.folder = QLineEdit(folder)
        self.folder.setAccessibleName("保存先のフォルダー")
        self.choose = QPushButton("フォルダーを選ぶ…")
        self._count = label(look="quietLabel")
        self._count.setWordWrap(True)
        # Its two lines from the start, or a tick would move what is pressed next.
        self._count.setMinimumHeight(theme.px(40))
        self.buttons, self.doing = verb_or_back(self, "切り出す")
        self._lay_out(theme)
        self._connect()
        self._show_count()

    def _lay_out(self, theme: Theme) -> None:
        ticks, place = QHBoxLayout(), QHBoxLayout()
        ticks.addWidget(self.every)
        ticks.addWidget(self.none)
        ticks.addStretch(1)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(label("どの課に渡しますか", "heading"))
        column.addWidget(self.list, 1)
        column.addLayout(ticks)
        column.addWidget(self.plan_file)
        column.addWidget(self.workbook)
        column.addWidget(label("保存先のフォルダー", "fieldName"))
        column.addLayout(place)
        column.addWidget(self._count)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.every.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.choose.clicked.connect(self._choose_folder)
        self.list.itemChanged.connect(self._show_count)
        self.plan_file.toggled.connect(self._show_count)
        self.folder.textChanged.connect(self._show_count)

    @property
    def chosen(self) -> list[str]:
        """The departments that are ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked]

    @property
    def suffix(self) -> str:
        """What the files end in."""
        return PLAN_FILE if self.plan_file.isChecked() else WORKBOOK

    def _tick(self, state: Qt.CheckState) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(state)

    def _choose_folder(self) -> None:
        found = ask_folder(self, "保存先のフォルダー", self.folder.text())
        if found:
            self.folder.setText(str(Path(found)))

    def _show_count(self) -> None:
        chosen = self.chosen
        example = issue_name(chosen[0], "…", self.suffix) if chosen else ""
        self._count.setText(
            f"{len(chosen)}件のファイルを作ります（例：{example}）。"
            "同じ名前のファイルがあるときは、番号を付けて作ります。"
            if chosen
            else "課を選んでください。"
        )
        self.doing.setEnabled(bool(chosen and self.folder.text().strip()))
