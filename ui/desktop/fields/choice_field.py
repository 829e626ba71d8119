"""A pull-down in a cell of the sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

NOTHING = "（なし）"


class ChoiceField(QComboBox):
    """One of some words, or none. Turning the wheel over it changes nothing."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[str], look: str = "", needs_one: bool = False) -> None:
        """With `needs_one` there is no choice for none."""
        super().__init__()
        self.setObjectName(look)
        self._own = tuple(choices)
        self._needs_one = needs_one
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._choose)

    def offer(self, choices: Sequence[str]) -> None:
        """Offer other words from now on."""
        self._own = tuple(choices)

    def show_text(self, text: str) -> None:
        """Show what the plan says, even a word that is not offered."""
        words = [*self._own]
        if text and text not in words:
            words.append(text)
        if not self._needs_one:
            words.insert(0, NOTHING)
        self.clear()
        self.addItems(words)
        self.setCurrentText(text or NOTHING)

    def text(self) -> str:
        """The word that is chosen."""
        return self.currentText()

    def only_show(self) -> None:
        """From now on nothing can be chosen."""
        self.setEnabled(False)

    def _choose(self) -> None:
        word = self.currentText()
        self.chosen.emit("" if word == NOTHING else word)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page behind it."""
        event.ignore()
