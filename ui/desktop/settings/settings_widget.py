"""The settings view."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.desktop.session_signals import SessionSignals
from ui.desktop.settings.departments_widget import DepartmentsWidget
from ui.desktop.settings.plan_facts import PlanFacts
from ui.desktop.settings.structure_widget import StructureWidget
from ui.desktop.theme import Theme


class SettingsWidget(QWidget):
    """The plan's facts and departments at the left, pillars and categories at the right."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self._signals = signals
        self.facts, self.structure = PlanFacts(theme), StructureWidget(theme)
        self.departments = DepartmentsWidget(theme)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.facts)
        column.addWidget(self.departments)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        for side in (holder, self.structure):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(side)
            row.addWidget(area, 1)
        for part in (self.facts, self.structure, self.departments):
            part.wanted.connect(signals.do)
        signals.changed.connect(self.refresh)
        signals.refused.connect(self.refresh)
        signals.failed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what the plan says now; while nobody looks, wait until somebody does."""
        if self.isVisible():
            self.facts.show_profile(self._signals.plan.profile)
            self.structure.show_plan(self._signals.plan)
            self.departments.show_plan(self._signals.plan)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self.refresh()
