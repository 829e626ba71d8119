"""The heading of a lane: the stage, how many cards it shows, and its guide."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout

from ui.desktop.board.card_layout import Ruler, broken
from ui.desktop.parts import label, plain_tip
from ui.desktop.theme import Theme


class LaneHead(QFrame):
    """What stands above the cards of a stage."""

    guide_wanted = Signal(str)
    """A person wants to set the guide of this stage."""

    def __init__(self, stage: str, theme: Theme) -> None:
        super().__init__()
        self.stage = stage
        self._name = TwoLines(stage, theme)
        self._count, self._guide = label(look="laneCount"), label(look="laneGuide")
        self._beside, self._below = QHBoxLayout(), QHBoxLayout()
        self._lay_out(theme)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(2), 0, theme.px(6), 0)
        column.setSpacing(theme.px(2))
        column.addStretch(1)
        column.addLayout(self._beside)
        column.addLayout(self._below)
        column.addStretch(1)
        self._beside.setSpacing(theme.px(8))
        self._beside.addWidget(self._name)
        self._beside.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._beside.addStretch(1)
        self._beside.addWidget(self._guide, 0, Qt.AlignmentFlag.AlignVCenter)
        self._below.addStretch(1)

    def fit(self, width: int) -> int:
        """Lay out for a width in px; the height. A guide without room goes below the name."""
        parts = (self._name, self._count, self._guide)
        spaces = 3 * self._beside.spacing()
        is_tight = sum(part.sizeHint().width() for part in parts) + spaces > width
        (self._below if is_tight else self._beside).addWidget(self._guide)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(width)

    def show_count(self, shown: int, held: int, guide: int) -> None:
        """Say how many cards are shown, and whether the `held` ones are more than the guide.

        A guide of 0 is none.
        """
        self._count.setText(str(shown))
        self._count.setAccessibleName(f"{shown}件")
        over = held - guide if guide else 0
        words = f"目安 {guide} 超過" if over > 0 else f"目安 {guide}"
        said = f"目安は{guide}件です。" + (f"{over}件超えています。" if over > 0 else "")
        self._guide.setText(words)
        self._guide.setAccessibleName(said)
        self._guide.setToolTip(plain_tip(said))
        self._guide.setVisible(guide > 0)
        if self._guide.property("over") != (over > 0):
            self._guide.setProperty("over", over > 0)
            self._guide.style().polish(self._guide)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("目安の件数を決める…", lambda: self.guide_wanted.emit(self.stage))
        menu.popup(self.mapToGlobal(place))


class TwoLines(QLabel):
    """A name on one line or, where that has no room, on two of about the same length."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("laneName")
        self.setToolTip(plain_tip(text))
        font: QFont = theme.font(13, bold=True)
        self._font, self._ruler, self._line = font, Ruler(font), theme.px(18)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lines(self, width: int) -> tuple[str, ...]:
        """The lines at a width in px."""
        return balanced(self.text(), width, self._ruler)

    # Qt's own names from here on.
    def sizeHint(self) -> QSize:
        """All on one line."""
        return QSize(self._ruler.width(self.text()) + 2, self._line)

    def minimumSizeHint(self) -> QSize:
        """Some characters on a line."""
        return QSize(min(4 * self._line, self.sizeHint().width()), self._line)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line or two."""
        return len(self.lines(width)) * self._line

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, in the middle of the height."""
        painter = QPainter(self)
        painter.setFont(self._font)
        lines = self.lines(self.width())
        top = (self.height() - len(lines) * self._line) // 2
        for n, line in enumerate(lines):
            box = QRect(0, top + n * self._line, self.width(), self._line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line)


def balanced(text: str, width: int, ruler: Ruler) -> tuple[str, ...]:
    """One line, or two as even as they can be; what two do not hold ends in …."""
    lines = broken(text, width, ruler, 2)
    while len(lines) == 2 and "".join(lines) == text:
        narrower = broken(text, ruler.width(lines[0]) - 1, ruler, 2)
        longest = max(map(ruler.width, narrower))
        if "".join(narrower) != text or longest > max(map(ruler.width, lines)):
            break
        lines = narrower
    return lines
