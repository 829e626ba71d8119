"""The dark rail at the left: one button for each view."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton, QVBoxLayout

from ui.desktop.parts import plain_tip
from ui.desktop.theme import Theme

MOST = 99


class ViewRail(QFrame):
    """Chooses the view. It shows only the views that exist."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(theme.px(74))
        self._theme = theme
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen.emit)
        self._counts: list[QLabel] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.px(8), 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)

    def add(self, word: str, icon: str) -> None:
        """Add the button of the next view."""
        place = len(self._group.buttons())
        made = QToolButton()
        made.setText(word)
        made.setIcon(self._theme.icon(icon, "rail_ink", chosen="rail_bright"))
        made.setIconSize(QSize(self._theme.px(22), self._theme.px(22)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setCheckable(True)
        made.setFixedSize(self._theme.px(74), self._theme.px(52))
        # A button's own shortcut clicks it a moment later; keys that follow would go astray.
        QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self).activated.connect(made.click)
        made.setToolTip(plain_tip(f"{word}（Ctrl+{place + 1}）"))
        self._group.addButton(made, place)
        self._counts.append(self._count(made))
        self._layout.insertWidget(place, made)

    def _count(self, button: QToolButton) -> QLabel:
        made = QLabel(button)
        made.setObjectName("railCount")
        made.setIndent(0)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.hide()
        return made

    def show_count(self, place: int, count: int) -> None:
        """Say at the button of a view how much there is in it; 0 says nothing."""
        made, button = self._counts[place], self._group.button(place)
        made.setText(str(count) if count <= MOST else f"{MOST}+")
        made.adjustSize()
        # Beside the upper right corner of the icon, which stays free.
        most = button.width() - made.width() - self._theme.px(2)
        made.move(min(button.width() // 2 + self._theme.px(8), most), self._theme.px(2))
        made.setVisible(bool(count))
        button.setAccessibleName(f"{button.text()} {count}件" if count else button.text())

    @property
    def words(self) -> tuple[str, ...]:
        """The words on the buttons, from the top."""
        return tuple(button.text() for button in self._group.buttons())

    def show_chosen(self, place: int) -> None:
        """Mark the view that is shown."""
        self._group.button(place).setChecked(True)
