"""Asks for the guide of a stage."""

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from app.edits.structure import set_guide
from app.plan.board.stages import guide_of
from app.plan.entities import Profile
from ui.desktop.fields.dialog_fields import DialogFields
from ui.desktop.fields.line_field import CountField
from ui.desktop.parts import label, verb_or_back
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.session_signals import Verb
from ui.desktop.theme import Theme


class GuideDialog(QDialog):
    """One stage with its guide."""

    def __init__(
        self, parent: QWidget, edits: PendingEdits, profile: Profile, stage: str, theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("目安の件数")
        name = f"「{stage}」の目安"
        self._stage, self.field = stage, CountField(edits, name, theme)
        left = DialogFields(self, edits, "目安の件数").add(self.field.pending, name)
        self.field.show_text(left or str(guide_of(profile, stage)))
        self.field.selectAll()
        buttons, _ = verb_or_back(self, "決める")
        rows = QFormLayout()
        rows.addRow(label(name), self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        column.addLayout(rows)
        column.addWidget(
            label("超えると、段階の見出しで知らせます。0は目安なしです。", "quietLabel")
        )
        column.addWidget(buttons)

    def verb(self) -> Verb:
        """The edit that sets what a person chose."""
        most = self.field.value()
        return lambda plan: set_guide(plan, self._stage, most)
