"""One lane: the cards of a stage, of the whole plan or of one swimlane."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QVBoxLayout

from app.plan.board.swimlanes import Swimlane
from app.plan.entities import Initiative
from app.plan.plan import Plan
from ui.desktop.board.lane_head import LaneHead
from ui.desktop.board.lane_model import NO_SEARCH, Search
from ui.desktop.board.lane_view import LaneView
from ui.desktop.theme import Theme


class LaneWidget(QFrame):
    """Cards in a frame; where the board is not split, its heading stands in it too."""

    NARROWEST = 188
    """Width in px at 100 %; where lanes would be narrower, the board scrolls."""

    def __init__(
        self, stage: str, swimlane: Swimlane, view: LaneView, head: LaneHead | None, theme: Theme
    ) -> None:
        super().__init__()
        self.stage, self.swimlane, self.view = stage, swimlane, view
        self._theme = theme
        self.setObjectName("laneFrame")
        self.setAcceptDrops(True)
        self.setMinimumWidth(theme.px(self.NARROWEST))
        inside = f"（{swimlane.name}）" if swimlane.name else ""
        view.setAccessibleName(f"段階「{stage}」の取組{inside}")
        view.receiving.connect(self._show_receiving)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(n) for n in (8, 6, 3, 3)))
        layout.setSpacing(theme.px(6))
        if head is not None:
            layout.addWidget(head)
        layout.addWidget(view, 1)

    def show_cards(
        self,
        plan: Plan,
        cards: Sequence[Initiative],
        days: Mapping[str, int],
        empty_text: str,
        search: Search = NO_SEARCH,
    ) -> None:
        """Show these initiatives. `days` is how long they have been here, by id."""
        self.view.empty_text = empty_text
        self.view.lane_model.show(plan, cards, days, search)
        self.view.viewport().update()

    def wanted_height(self, most: int) -> int:
        """The height at which all cards are seen, up to `most` px."""
        option = QStyleOptionViewItem()
        self.view.initViewItemOption(option)
        height = self._theme.px(9) + 2 * self.frameWidth()
        for row in range(self.view.lane_model.rowCount()):
            index = self.view.lane_model.index(row)
            height += self.view.cards.sizeHint(option, index).height()
            if height >= most:
                return most
        return height

    def sizeHint(self) -> QSize:
        """All lanes want the same width."""
        return QSize(self.minimumWidth(), self._theme.px(90))

    def _show_receiving(self, receives: bool) -> None:
        self.setProperty("receiving", receives)
        self.style().unpolish(self)
        self.style().polish(self)

    # Qt's own names from here on.
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The heading and the frame take what the cards between them take."""
        self.view.dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Above the first card, or below the last one."""
        there = QDragMoveEvent(self._in_view(event), *_carried(event))
        self.view.dragMoveEvent(there)
        event.setAccepted(there.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Close the room again."""
        self.view.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Above the first card, or below the last one."""
        there = QDropEvent(self._in_view(event).toPointF(), *_carried(event))
        self.view.dropEvent(there)
        event.setAccepted(there.isAccepted())

    def _in_view(self, event: QDropEvent) -> QPoint:
        return self.view.viewport().mapFrom(self, event.position().toPoint())


def _carried(
    event: QDropEvent,
) -> tuple[Qt.DropAction, QMimeData, Qt.MouseButton, Qt.KeyboardModifier]:
    """What an event of a drag says beside its place."""
    return event.possibleActions(), event.mimeData(), event.buttons(), event.modifiers()
