"""What the window shows when no plan is open."""

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.desktop.bars.actions import Actions
from ui.desktop.parts import label, plain_tip
from ui.desktop.theme import Theme


class WelcomeWidget(QWidget):
    """Four ways to begin, and the plans that were open last."""

    chosen = Signal(str)
    """The path of a recent plan."""

    def __init__(self, actions: Actions, recent: Sequence[str], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        panel = self._panel()
        column = QVBoxLayout(panel)
        column.setContentsMargins(*[theme.px(28)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(label("計画カンバン", "title"))
        column.addWidget(
            label(
                "取組をカンバンで動かし、公式の様式のまま書いて、そのまま印刷できます。",
                "quietLabel",
            )
        )
        column.addSpacing(theme.px(8))
        for action, word in (
            (actions.open_plan, "計画のファイルを開く"),
            (actions.new_plan, "新しい計画を作る"),
            (actions.bring_documents, "ほかの形式から取り込む（Excel・Word・PDF）"),
            (actions.open_sample, "見本を開いて試す"),
        ):
            column.addWidget(self._button(action, word))
        if recent:
            self._add_recent(column, recent)

    def _button(self, action: QAction, word: str) -> QPushButton:
        made = QPushButton(word)
        made.setFixedHeight(self._theme.px(36))
        made.clicked.connect(action.trigger)
        return made

    def _panel(self) -> QFrame:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setFixedWidth(self._theme.px(520))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        return panel

    def _add_recent(self, column: QVBoxLayout, recent: Sequence[str]) -> None:
        column.addSpacing(self._theme.px(8))
        column.addWidget(label("最近使った計画", "heading"))
        for path in recent[:5]:
            made = QPushButton(PurePath(path).stem.replace("&", "&&"))
            made.setToolTip(plain_tip(path))
            made.clicked.connect(lambda _, path=path: self.chosen.emit(path))
            column.addWidget(made)
