"""Asks which department takes the place of another in the selected initiatives."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.desktop.fields.dialog_fields import DialogFields
from ui.desktop.parts import label, verb_or_back
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme


class DepartmentDialog(QDialog):
    """`accept` means that a person wants `name` in the place of the old department."""

    def __init__(self, parent: QWidget, old: str, edits: PendingEdits, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("担当課を替える")
        self.setMinimumWidth(theme.px(400))
        self.name = DialogFields(self, edits, f"担当課「{old}」を替える").line("新しい担当課", old)
        self.name.selectAll()
        buttons, doing = verb_or_back(self, "替える")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(label(f"選んだ取組の「{old}」に替わる担当課の名前"))
        column.addWidget(self.name)
        column.addWidget(buttons)
        self.name.textChanged.connect(lambda text: doing.setEnabled(bool(text.strip())))
