"""One lane with its heading."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.plan.entities import Initiative
from app.plan.plan import Plan
from ui.desktop.board.lane_view import LaneView
from ui.desktop.parts import ElidedLabel, label
from ui.desktop.theme import Theme


class LaneWidget(QFrame):
    """A stage: its name, how many cards it shows, and the cards."""

    def __init__(self, stage: str, theme: Theme, carried: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self.stage = stage
        self.setObjectName("laneFrame")
        self.setMinimumWidth(theme.px(188))
        self.view = LaneView(theme, carried)
        self.view.setAccessibleName(f"段階「{stage}」の取組")
        self.view.receiving.connect(self._show_receiving)
        self._count = label(look="laneCount")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(8), theme.px(6), theme.px(3), theme.px(3))
        layout.setSpacing(theme.px(6))
        layout.addLayout(self._head(theme))
        layout.addWidget(self.view)

    def _head(self, theme: Theme) -> QHBoxLayout:
        name = ElidedLabel(self.stage, "laneName")
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(2), 0, theme.px(6), 0)
        head.setSpacing(theme.px(8))
        head.addWidget(name)
        head.addWidget(self._count)
        head.addStretch(1)
        return head

    def show_cards(
        self,
        plan: Plan,
        cards: Sequence[Initiative],
        is_filtered: bool,
        days: Mapping[str, int],
    ) -> None:
        """Show these initiatives; `is_filtered` means that there may be others.

        `days` is how long they have been here, by id.
        """
        self.view.empty_text = (
            "条件に合う取組はありません" if is_filtered else "ここに取組を置けます"
        )
        self.view.lane_model.show(plan, cards, days)
        self._count.setText(str(len(cards)))
        self._count.setAccessibleName(f"{len(cards)}件")
        self.view.viewport().update()

    def sizeHint(self) -> QSize:
        """All lanes want the same width."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def _show_receiving(self, receives: bool) -> None:
        self.setProperty("receiving", receives)
        self.style().unpolish(self)
        self.style().polish(self)
