"""The guide of each stage (目安) as a small table of numbers."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.changes.change import ChangeSet
from app.edits.structure import set_guide
from app.plan.board.stages import guide_of
from app.plan.entities import Profile
from app.plan.plan import Plan
from ui.desktop.fields.destinations import PlanText
from ui.desktop.fields.line_field import CountField
from ui.desktop.parts import ElidedLabel
from ui.desktop.session_signals import SessionSignals
from ui.desktop.theme import Theme


class StageGuides(QWidget):
    """How many initiatives each stage should hold at most; 0 shows as なし."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self._signals, self._theme = signals, theme
        self.fields: dict[str, CountField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)

    def show_profile(self, profile: Profile) -> None:
        """Show the guides as they are."""
        if tuple(self.fields) != profile.stages:
            self._make(profile.stages)
        for stage, field in self.fields.items():
            field.pending.give(str(guide_of(profile, stage)))

    def _make(self, stages: Sequence[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {stage: self._field(stage) for stage in stages}
        for row, (stage, field) in enumerate(self.fields.items()):
            self._grid.addWidget(ElidedLabel(stage), row, 0)
            self._grid.addWidget(field, row, 1)

    def _field(self, stage: str) -> CountField:
        def write(plan: Plan, text: str) -> ChangeSet:
            return set_guide(plan, stage, int(text))

        name = f"「{stage}」の目安"
        field = CountField(self._signals.pending, name, self._theme)
        field.pending.stand_for(PlanText(self._signals, name, f"計画の設定 ＞ {name}", write))
        return field
