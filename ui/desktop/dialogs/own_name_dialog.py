"""Asks who the person at this PC is."""

from typing import Final

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ui.desktop.parts import label, verb_or_back
from ui.desktop.theme import Theme
from ui.documents import Documents

DEPARTMENT: Final = "own_department"
NAME: Final = "own_name"
EARLIER: Final = "own_earlier_names"
"""The settings of this PC (`storage.this_pc.author`)."""
LONGEST: Final = 40
WHAT_FOR: Final = (
    "履歴に、だれが変えたかとして残ります。次に計画を開いたときから使います。\n"
    "空のときは、このPCにサインインした名前になります。"
)


class OwnNameDialog(QDialog):
    """課 and name of the person at this PC. `keep` remembers them."""

    def __init__(self, parent: QWidget, documents: Documents, theme: Theme) -> None:
        super().__init__(parent)
        self._documents = documents
        self.setWindowTitle("自分の課と名前")
        self.department, self.name = self._field(DEPARTMENT), self._field(NAME)
        rows = QFormLayout()
        for word, field in (("課", self.department), ("名前", self.name)):
            field.setAccessibleName(word)
            field.setMinimumWidth(theme.px(320))
            rows.addRow(word, field)
        buttons, _ = verb_or_back(self, "決める")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        column.addLayout(rows)
        column.addWidget(label(WHAT_FOR, "quietLabel"))
        column.addWidget(buttons)

    def _field(self, setting: str) -> QLineEdit:
        kept = self._documents.setting(setting)
        field = QLineEdit(kept if isinstance(kept, str) else "")
        field.setMaxLength(LONGEST)
        return field

    def keep(self) -> None:
        """Remember what was typed, and the name before: a file left open bears it."""
        kept = [self._documents.setting(setting) for setting in (DEPARTMENT, NAME)]
        before = " ".join(word for word in kept if isinstance(word, str) and word)
        earlier = self._documents.setting(EARLIER)
        names = earlier if isinstance(earlier, list) else []
        if before and before not in names:
            self._documents.keep_setting(EARLIER, [*names, before][-20:])
        for setting, field in ((DEPARTMENT, self.department), (NAME, self.name)):
            self._documents.keep_setting(setting, " ".join(field.text().split()))
