"""The small widgets that every view is put together from."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.desktop.theme import Theme


def label(text: str = "", look: str = "") -> QLabel:
    """A label that shows plan text as it is, never as markup. `look` is its style name."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(look)
    return made


def plain_tip(text: str) -> str:
    """A text for a tool tip, shown as it is: Qt would take what looks like one for markup.

    Markup can name a picture anywhere, which is then fetched.
    """
    if "<" not in text:
        return text
    return f"<span>{'<br>'.join(map(escape, text.split(chr(10))))}</span>"


class ElidedLabel(QLabel):
    """A label that ends in … where it has no room, and says the rest in its tool tip."""

    def __init__(self, text: str, look: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(look)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        """As narrow as needed."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text as far as it goes."""
        painter = QPainter(self)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)


def button(action: QAction, theme: Theme, look: str = "") -> QToolButton:
    """A button with icon and word for an action."""
    made = QToolButton()
    made.setObjectName(look)
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def menu_button(word: str, menu: QMenu, look: str = "") -> QToolButton:
    """A button that opens a menu; ▾ says so."""
    made = QToolButton()
    made.setObjectName(look)
    made.setText(f"{word} ▾")
    made.setAccessibleName(word)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made


def verb_or_back(dialog: QDialog, verb: str) -> tuple[QDialogButtonBox, QPushButton]:
    """The buttons of a dialog that does one thing, `verb` or もどる, and the one that does it."""
    made = QDialogButtonBox()
    doing = made.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
    made.addButton("もどる", QDialogButtonBox.ButtonRole.RejectRole)
    made.accepted.connect(dialog.accept)
    made.rejected.connect(dialog.reject)
    return made, doing


def within(parent: QWidget, theme: Theme, width: int, height: int) -> QSize:
    """The size of a dialog in px at 100 %, no larger than the window it belongs to."""
    return QSize(theme.px(width), theme.px(height)).boundedTo(parent.window().size())
