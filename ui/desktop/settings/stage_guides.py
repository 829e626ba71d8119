"""The guide of each stage (目安) as a small table of numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.edits.structure import set_guide
from app.plan.board.stages import guide_of
from app.plan.entities import Profile
from ui.desktop.board.guide_dialog import GuideField
from ui.desktop.parts import ElidedLabel
from ui.desktop.theme import Theme


class StageGuides(QWidget):
    """How many initiatives each stage should hold at most; 0 shows as なし."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fields: dict[str, GuideField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)

    def show_profile(self, profile: Profile) -> None:
        """Show the guides as they are."""
        if tuple(self.fields) != profile.stages:
            self._make(profile.stages)
        for stage, field in self.fields.items():
            if not field.hasFocus():
                field.blockSignals(True)
                field.setValue(guide_of(profile, stage))
                field.blockSignals(False)

    def _make(self, stages: Sequence[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {stage: self._field(stage) for stage in stages}
        for row, (stage, field) in enumerate(self.fields.items()):
            self._grid.addWidget(ElidedLabel(stage), row, 0)
            self._grid.addWidget(field, row, 1)

    def _field(self, stage: str) -> GuideField:
        field = GuideField(stage, self._theme)
        field.valueChanged.connect(
            lambda most: self.wanted.emit(lambda plan: set_guide(plan, stage, most))
        )
        return field
