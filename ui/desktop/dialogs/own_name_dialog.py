"""Asks who the person at this PC is."""

from typing import Final

from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from ui.desktop.fields.dialog_fields import DialogFields
from ui.desktop.parts import label, verb_or_back
from ui.desktop.pending_edits import PendingEdits
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

    def __init__(
        self, parent: QWidget, edits: PendingEdits, documents: Documents, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self.setWindowTitle("自分の課と名前")
        fields = DialogFields(self, edits, self.windowTitle())
        self.department = fields.line("課", self._kept(DEPARTMENT))
        self.name = fields.line("名前", self._kept(NAME))
        rows = QFormLayout()
        for field in (self.department, self.name):
            field.setMaxLength(LONGEST)
            field.setMinimumWidth(theme.px(320))
            rows.addRow(label(field.accessibleName()), field)
        buttons, _ = verb_or_back(self, "決める")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        column.addLayout(rows)
        column.addWidget(label(WHAT_FOR, "quietLabel"))
        column.addWidget(buttons)

    def _kept(self, setting: str) -> str:
        kept = self._documents.setting(setting)
        return kept if isinstance(kept, str) else ""

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
