"""The cards of one lane: a list that paints, drags, receives and walks by keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView

from ui.desktop.board.card_delegate import (
    DROP_HEIGHT,
    CardDelegate,
    paint_drop_place,
    paint_refusal,
)
from ui.desktop.board.edge_scroll import EdgeScroll
from ui.desktop.board.ghost import SHADOW, ghost_of
from ui.desktop.board.lane_model import Index, LaneModel, cards_in, ids_in
from ui.desktop.theme import Theme


class LaneView(QListView):
    """One lane. It changes nothing by itself: it says what a person wants."""

    dropped = Signal(list, object)
    """Ids, and the id in front of which they were dropped (None: at the end)."""
    stepped = Signal(int)
    """The keyboard goes to the lane at the left (-1) or right (+1)."""
    dragging = Signal(list)
    """The ids that are dragged from here; none when the drag has ended."""
    crossed = Signal(int)
    """The keyboard goes to the swimlane above (-1) or below (+1)."""
    receiving = Signal(bool)
    """Cards are dragged over this lane, or no longer."""
    pointed = Signal(QPoint)
    """Cards are dragged over this place of the screen."""

    def __init__(
        self,
        theme: Theme,
        carried: Callable[[], Sequence[str]],
        refusal: Callable[[Sequence[str]], str] = lambda ids: "",
    ) -> None:
        """`carried` gives the ids that a drag from here takes along; `refusal` says why cards
        may not be dropped here, empty where they may.
        """
        super().__init__()
        self._theme, self._carried, self._refusal = theme, carried, refusal
        self.empty_text = ""
        self._refused = ""
        self._place: QPoint | None = None
        self.lane_model = LaneModel(self)
        self.cards = CardDelegate(theme)
        self.setModel(self.lane_model)
        self.setItemDelegate(self.cards)
        self._edge_scroll = EdgeScroll(self)
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("lane")
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setAutoScroll(False)
        self.setSelectionRectVisible(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().setSingleStep(self._theme.px(24))
        self.verticalScrollBar().valueChanged.connect(self._follow)

    def select(self, ids: Sequence[str]) -> None:
        """Select these initiatives as far as they are in this lane."""
        rows = [row for id in ids if (row := self.lane_model.row_of(id)) is not None]
        if rows == [index.row() for index in self.selectionModel().selectedIndexes()]:
            return
        wanted = QItemSelection()
        for row in rows:
            wanted.select(self.lane_model.index(row), self.lane_model.index(row))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected(self) -> list[str]:
        """The selected initiatives, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [id for row in rows if (id := self.lane_model.id_at(row))]

    def reveal(self, row: int) -> None:
        """Go to a row without changing what is selected."""
        index = self.lane_model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def row_at(self, place: QPoint) -> int:
        """In front of which row a drop at this place goes; the number of rows for the end."""
        first = max(0, self.indexAt(QPoint(self.viewport().width() // 2, 2)).row())
        for row in range(first, self.lane_model.rowCount()):
            rect = self.visualRect(self.lane_model.index(row))
            if place.y() < rect.center().y():
                return row
            if rect.top() > self.viewport().height():
                break
        return self.lane_model.rowCount()

    def _show_drop(self, row: int) -> None:
        """Make room in front of a row (the number of rows: behind the last; -1: nowhere)."""
        last = self.lane_model.rowCount() - 1
        at_end = row > last
        target = min(row, last)
        if (self.cards.drop_row, self.cards.drop_at_end) == (target, at_end):
            return
        self.cards.drop_row, self.cards.drop_at_end = target, at_end
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _follow(self) -> None:
        """Show where a drop would go: cards move under a pointer that stands still."""
        if self._place is not None and not self._refused:
            self._show_drop(self.row_at(self._place))

    def _leave(self) -> None:
        self._edge_scroll.stop()
        self._place, self._refused = None, ""
        self.cards.drop_at_end = False
        self._show_drop(-1)
        self.receiving.emit(False)

    # Qt's own names from here on.
    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry the selected cards of all lanes; nothing leaves its place before the drop."""
        ids = list(self._carried())
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(cards_in(ids))
        drag.setPixmap(ghost_of(self, self.cards, len(ids), self._theme))
        held = self.viewport().mapFromGlobal(self.cursor().pos())
        margin = QPoint(self._theme.px(SHADOW), self._theme.px(SHADOW))
        drag.setHotSpot(held - self.visualRect(self.currentIndex()).topLeft() + margin)
        self.dragging.emit(ids)
        drag.exec(Qt.DropAction.MoveAction)
        self.dragging.emit([])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again where the width has changed: names then break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards may come in, nothing else."""
        ids = ids_in(event.mimeData())
        if not ids:
            event.ignore()
            return
        self._refused = self._refusal(ids)
        event.acceptProposedAction()
        self.receiving.emit(not self._refused)
        self.viewport().update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Make room where the pointer is; what may not come in is told so."""
        self._place = event.position().toPoint()
        self._edge_scroll.follow(self._place)
        self.pointed.emit(self.viewport().mapToGlobal(self._place))
        self._follow()
        if self._refused:
            self.viewport().update()
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Close the room again."""
        self._leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped where."""
        row, ids = self.row_at(event.position().toPoint()), ids_in(event.mimeData())
        refused = self._refusal(ids)
        self._leave()
        if refused:
            event.ignore()
            return
        event.acceptProposedAction()
        below = map(self.lane_model.id_at, range(row, self.lane_model.rowCount()))
        self.dropped.emit(ids, next((id for id in below if id not in ids), None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbouring lanes, up and down beyond the ends of this one."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Up: 0, Qt.Key.Key_Down: self.lane_model.rowCount() - 1}
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif plain and ends.get(Qt.Key(event.key())) == self.currentIndex().row():
            self.crossed.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Shift adds a card of a lane where none is selected yet: there is no row to begin at."""
        held = event.modifiers() if isinstance(event, QMouseEvent) else Qt.KeyboardModifier(0)
        if held & Qt.KeyboardModifier.ShiftModifier and not self.selectionModel().hasSelection():
            return QItemSelectionModel.SelectionFlag.Select
        return super().selectionCommand(index, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards; in an empty lane what to do with it, and why cards may not come in."""
        super().paintEvent(event)
        if self._refused or self.lane_model.rowCount() == 0:
            self._paint_words(QPainter(self.viewport()))

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(1, 1, self.viewport().width() - 2, theme.px(DROP_HEIGHT))
        if self._refused:
            # Where the dragged card does not cover it, as far as the lane goes.
            is_high = self._place is not None and self._place.y() < theme.px(110)
            below = min(theme.px(150), self.viewport().height() - rect.height())
            rect.translate(0, max(0, below) if is_high else 0)
            paint_refusal(painter, rect, theme, self._refused)
        elif self.cards.drop_at_end:
            paint_drop_place(painter, rect, theme)
        else:
            painter.setPen(theme.color("secondary"))
            painter.setFont(theme.font(12))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.empty_text)
        painter.end()
