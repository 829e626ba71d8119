"""A field of one line, and one for a number: kept soon after something is typed, and on leaving."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from ui.desktop.pending_edits import PendingEdit, PendingEdits
from ui.desktop.theme import Theme

MOST = 999


class LineField(QLineEdit):
    """One line of text. `pending` is what was typed and not kept yet."""

    def __init__(self, edits: PendingEdits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pending = PendingEdit(self, edits, self.text, self.show_text)
        # Not only keys: what reads the screen to a person may also put text in.
        self.textChanged.connect(self._touch)
        self.returnPressed.connect(self._settle)

    def show_text(self, text: str) -> None:
        """Show a text; that is no typing."""
        if text == self.text():
            return
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _touch(self) -> None:
        self.pending.touch()

    def _settle(self) -> None:
        self.pending.settle()

    # Qt's own names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what cannot be kept."""
        if not self.pending.reverts_on(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self.pending.composition.follow(event)
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A visit begins."""
        super().focusInEvent(event)
        self.pending.enter()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was composed and typed."""
        self.pending.composition.take()
        super().focusOutEvent(event)
        self.pending.leave()


class CountField(QSpinBox):
    """A number from 0 (なし) to 999."""

    def __init__(self, edits: PendingEdits, name: str, theme: Theme) -> None:
        """`name` is what a person calls it."""
        super().__init__()
        self.setRange(0, MOST)
        self.setSpecialValueText("なし")
        self.setSuffix("件")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.px(92))
        self.setAccessibleName(name)
        self.setKeyboardTracking(False)
        self.pending = PendingEdit(self, edits, self.digits, self.show_text)
        self.lineEdit().textChanged.connect(self._touch)
        self.valueChanged.connect(self._take)

    def digits(self) -> str:
        """The number that stands in the field, taken over or not."""
        typed = self.cleanText().strip()
        return typed if typed.isdecimal() else str(self.value())

    def show_text(self, text: str) -> None:
        """Show a number; that is no typing."""
        self.blockSignals(True)
        self.setValue(int(text or 0))
        self.blockSignals(False)

    def _take(self) -> None:
        """An arrow, Enter or leaving has settled the number."""
        self.pending.touch()
        self.pending.commit()

    def _touch(self) -> None:
        self.pending.touch()

    # Qt's own names from here on.
    def focusInEvent(self, event: QFocusEvent) -> None:
        """A visit begins."""
        super().focusInEvent(event)
        self.pending.enter()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed."""
        super().focusOutEvent(event)
        self.pending.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page behind it: turning the wheel changes no number."""
        event.ignore()
