"""The parts of the program, and the licence of each in full."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ports import Licence
from ui.desktop.parts import label
from ui.desktop.theme import Theme

_NO_TEXT = "このライセンスの全文は、部品と一緒には届いていません。"


class LicenceDialog(QDialog):
    """A list of the parts; beside it the text of the chosen one."""

    def __init__(self, parent: QWidget, licences: Sequence[Licence], theme: Theme) -> None:
        super().__init__(parent)
        self._licences = licences
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("ライセンス")
        self.resize(theme.px(860), theme.px(520))
        self.parts = QListWidget()
        self.parts.setAccessibleName("部品")
        self.parts.setFixedWidth(theme.px(280))
        self.parts.setSpacing(theme.px(2))
        self.parts.addItems([_title(licence) for licence in licences])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("ライセンスの全文")
        self.name = label(look="fieldName")
        self.name.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.addButton("閉じる", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        right = QVBoxLayout()
        right.addWidget(self.name)
        right.addWidget(self.text, 1)
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(12))
        sides.addWidget(self.parts)
        sides.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.addLayout(sides, 1)
        column.addWidget(buttons)
        self.parts.currentRowChanged.connect(self._show)
        self.parts.setCurrentRow(0)

    def _show(self, row: int) -> None:
        licence = self._licences[row]
        self.name.setText(f"{_title(licence)}　{licence.name}")
        self.text.setPlainText(licence.text or _NO_TEXT)


def _title(licence: Licence) -> str:
    return f"{licence.part} {licence.version}".rstrip()
