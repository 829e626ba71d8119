"""Picks desired states from the lists of the pillars."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.plan.plan import Plan


class StatePicker(QToolButton):
    """A link that opens the lists; what the initiative has already is ticked."""

    picked = Signal(str)
    """A state to be added, or taken away where the initiative has it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setText("＋ 一覧から選ぶ")
        self.setAccessibleName("達成すべき状態を一覧から選ぶ")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    def offer(self, plan: Plan, initiative: str) -> None:
        """Offer the states of all pillars, those of the home pillar first."""
        self._menu.clear()
        shown = plan.initiatives[initiative]
        home = plan.home_pillar(shown)
        pillars = sorted(plan.pillars.under(), key=lambda pillar: pillar is not home)
        for pillar in pillars:
            if pillar.desired_states:
                self._menu.addSection(pillar.name.replace("&", "&&"))
            for state in pillar.desired_states:
                self._add(state, state in shown.desired_states)
        self.setVisible(not self._menu.isEmpty())

    def _add(self, state: str, is_there: bool) -> None:
        action = self._menu.addAction(state.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_there)
        action.triggered.connect(lambda: self.picked.emit(state))
