"""The line above the form: previous and next, which initiative, its stage."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.desktop.parts import ElidedLabel, label, plain_tip
from ui.desktop.theme import Theme


class SheetHead(QWidget):
    """Where one is among the initiatives that are shown."""

    stepped = Signal(int)
    """To the previous (-1) or next (+1) initiative."""

    def __init__(self, stage: QWidget, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heading, self._place = ElidedLabel("", "above"), label(look="count")
        self._back = self._arrow("前", "back", "Alt+PgUp", -1)
        self._forward = self._arrow("次", "forward", "Alt+PgDown", 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for part in (self._back, self._forward):
            row.addWidget(part)
        row.addWidget(self._heading, 1)
        for widget in (label("段階", "quietLabel"), stage, self._place):
            row.addWidget(widget)

    def _arrow(self, word: str, icon: str, keys: str, step: int) -> QToolButton:
        made = QToolButton()
        made.setText(word)
        made.setIcon(self._theme.icon(icon))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setToolTip(plain_tip(f"{word}の取組（{keys.replace('Pg', 'Page')}）"))
        # A click leaves the keyboard in the field that is being written.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.stepped.emit(step))
        QShortcut(QKeySequence(keys), self).activated.connect(made.click)
        return made

    def show_place(self, heading: str, place: str) -> None:
        """Show which initiative it is, and which of how many."""
        self._heading.setText(heading)
        self._heading.setToolTip(plain_tip(heading))
        self._place.setText(place)

    def allow(self, back: bool, forward: bool) -> None:
        """Whether there is a previous and a next one."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)
