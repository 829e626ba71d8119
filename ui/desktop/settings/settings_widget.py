"""The settings view."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
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
        self.facts, self.structure = PlanFacts(signals, theme), StructureWidget(signals, theme)
        self.departments = DepartmentsWidget(signals.pending, theme)
        self._narrowest = theme.px(760)
        self._left, self._right = QVBoxLayout(), QScrollArea()
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(theme.px(12))
        self._left.addWidget(self.facts)
        self._left.addWidget(self.departments)
        self._left.addStretch(1)
        holder, left = QWidget(), QScrollArea()
        holder.setLayout(self._left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        for side, area in ((holder, left), (self.structure, self._right)):
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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

    def finish_typing(self) -> None:
        """Close the name that is typed, where it is kept."""
        self.structure.tree.finish_typing()

    # Qt's own names from here on.
    def resizeEvent(self, event: QResizeEvent) -> None:
        """All in one column where two would be too narrow."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._narrowest
        if is_narrow and self._right.widget() is not None:
            self._left.insertWidget(2, self._right.takeWidget())
        elif not is_narrow and self._right.widget() is None:
            self._right.setWidget(self.structure)
        self._right.setVisible(not is_narrow)
        self.structure.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self.refresh()
