"""Asks for the guide of a stage."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.edits.structure import set_guide
from app.plan.board.stages import guide_of
from app.plan.entities import Profile
from ui.desktop.parts import label, verb_or_back
from ui.desktop.session_signals import Verb
from ui.desktop.theme import Theme

MOST = 999


class GuideField(QSpinBox):
    """How many initiatives a stage should hold at most; 0 shows as なし."""

    def __init__(self, stage: str, theme: Theme) -> None:
        super().__init__()
        self.setRange(0, MOST)
        self.setSpecialValueText("なし")
        self.setSuffix("件")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.px(92))
        self.setAccessibleName(f"「{stage}」の目安")
        self.setKeyboardTracking(False)


class GuideDialog(QDialog):
    """One stage with its guide."""

    def __init__(self, parent: QWidget, profile: Profile, stage: str, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("目安の件数")
        self._stage, self.field = stage, GuideField(stage, theme)
        self.field.setValue(guide_of(profile, stage))
        self.field.selectAll()
        buttons, _ = verb_or_back(self, "決める")
        rows = QFormLayout()
        rows.addRow(f"「{stage}」の目安", self.field)
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
