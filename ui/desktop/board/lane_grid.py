"""The lanes of the board: one for each stage, side by side, in rows where the board is split."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.plan.board.cards import card_order
from app.plan.board.stages import guide_of
from app.plan.board.swimlanes import NO_SPLIT, Swimlane, swimlane_of, swimlanes
from app.plan.entities import Initiative
from app.plan.plan import Plan
from ui.desktop.board.edge_scroll import EdgeScroll
from ui.desktop.board.lane_head import LaneHead
from ui.desktop.board.lane_model import NO_SEARCH, Search, ids_in
from ui.desktop.board.lane_view import LaneView
from ui.desktop.board.lane_widget import LaneWidget
from ui.desktop.parts import label
from ui.desktop.theme import Theme

_SPACING: Final = 10
_WHOLE: Final = (Swimlane("", ""),)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lanes are to show: a plan, which of its cards, how long they have been there.

    `empty` is what a lane without cards says; `split` is one of `app.plan.board.swimlanes.SPLITS`.
    """

    plan: Plan
    cards: Sequence[Initiative]
    days: Mapping[str, int] = field(default_factory=dict)
    empty: str = ""
    split: str = NO_SPLIT
    search: Search = NO_SEARCH


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of lanes with its heading."""

    swimlane: Swimlane
    widget: QWidget
    title: QLabel
    lanes: tuple[LaneWidget, ...]


class LaneGrid(QScrollArea):
    """Makes the lanes and shows cards in them. `new_view` makes the view of a stage's lane."""

    def __init__(self, new_view: Callable[[str, Swimlane], LaneView], theme: Theme) -> None:
        super().__init__()
        self._new_view, self._theme = new_view, theme
        self._made: tuple[object, ...] = ()
        self._rows: list[_Row] = []
        self.heads: list[LaneHead] = []
        self._heads_above: QWidget | None = None
        self._edge_scroll = EdgeScroll(self)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self.horizontalScrollBar().valueChanged.connect(self._place_heads)

    guide_wanted = Signal(str)
    """A person wants to set the guide of this stage."""

    @property
    def lanes(self) -> list[LaneWidget]:
        """All lanes, row by row."""
        return [lane for row in self._rows for lane in row.lanes]

    def views(self) -> Iterator[LaneView]:
        """The views of all lanes."""
        return (lane.view for lane in self.lanes)

    def view_of(self, initiative: str) -> LaneView | None:
        """The view in which an initiative is shown, None for none."""
        return next((v for v in self.views() if v.lane_model.row_of(initiative) is not None), None)

    def beyond(self, view: LaneView, right: int, down: int) -> LaneView | None:
        """The next view that has cards, so many lanes and rows at a time; None for none."""
        places = [[lane.view for lane in row.lanes] for row in self._rows]
        y, x = next((y, row.index(view)) for y, row in enumerate(places) if view in row)
        while 0 <= (y := y + down) < len(places) and 0 <= (x := x + right) < len(places[y]):
            if places[y][x].lane_model.rowCount():
                return places[y][x]
        return None

    def follow_drag(self, place: QPoint) -> None:
        """Scroll where cards are dragged near an edge; `place` is one of the screen."""
        self._edge_scroll.follow(self.viewport().mapFromGlobal(place))

    def show_dragged(self, ids: Sequence[str]) -> None:
        """Draw these cards as dragged; none when the drag has ended."""
        if not ids:
            self._edge_scroll.stop()
        for view in self.views():
            view.cards.dragged = frozenset(ids)
            view.viewport().update()

    def show_cards(self, shown: Shown) -> bool:
        """Show these cards; True where stages or swimlanes are other ones, so lanes are new."""
        plan = shown.plan
        rows = swimlanes(plan, shown.split) or _WHOLE
        is_new = self._make(plan.profile.stages, rows)
        cards: dict[tuple[str, str], list[Initiative]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for initiative in sorted(shown.cards, key=card_order):
            key = swimlane_of(plan, initiative, shown.split)
            cards[key, initiative.stage].append(initiative)
            counts[key] += 1
        empty = shown.empty if len(rows) == 1 else ""
        for row in self._rows:
            key = row.swimlane.key
            row.title.setText(f"{row.swimlane.name}　{counts[key]}件")
            row.widget.setVisible(counts[key] > 0 or len(rows) == 1)
            for lane in row.lanes:
                lane.show_cards(plan, cards[key, lane.stage], shown.days, empty, shown.search)
        self._show_counts(plan, shown.cards)
        self._fit_rows()
        return is_new

    def _show_counts(self, plan: Plan, cards: Sequence[Initiative]) -> None:
        held = Counter(initiative.stage for initiative in plan.initiatives.under())
        seen = Counter(initiative.stage for initiative in cards)
        for head in self.heads:
            guide = guide_of(plan.profile, head.stage)
            head.show_count(seen[head.stage], held[head.stage], guide)
        self._even_heads()

    def _make(self, stages: Sequence[str], rows: Sequence[Swimlane]) -> bool:
        wanted = (tuple(stages), tuple(rows))
        if wanted == self._made:
            return False
        self._made = wanted
        if self._heads_above is not None:
            self._heads_above.deleteLater()
        self.heads = [self._new_head(stage) for stage in stages]
        is_split = len(rows) > 1 or bool(rows[0].name)
        self._heads_above = self._heads_row() if is_split else None
        inside = QWidget()
        inside.setObjectName("board")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(_SPACING))
        self._rows = [self._new_row(swimlane, is_split) for swimlane in rows]
        for row in self._rows:
            column.addWidget(row.widget, 0 if is_split else 1)
        if is_split:
            column.addStretch(1)
        # The lanes of before go with it. They get their width before their cards come, so
        # that these are laid out only once.
        self.setWidget(inside)
        self._even_heads()
        column.activate()
        for row in self._rows:
            _activate(row.widget)
        return True

    def _new_head(self, stage: str) -> LaneHead:
        head = LaneHead(stage, self._theme)
        head.guide_wanted.connect(self.guide_wanted)
        return head

    def _heads_row(self) -> QWidget:
        above = QWidget(self)
        layout = QHBoxLayout(above)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(_SPACING))
        for head in self.heads:
            head.setContentsMargins(self._theme.px(8), 0, 0, 0)
            layout.addWidget(head, 1)
        above.show()
        return above

    def _new_row(self, swimlane: Swimlane, is_split: bool) -> _Row:
        widget, title = QWidget(), label(look="swimlane")
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        column.addWidget(title)
        title.setVisible(is_split)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(self._theme.px(_SPACING))
        lanes = []
        for head in self.heads:
            view = self._new_view(head.stage, swimlane)
            view.pointed.connect(self.follow_drag)
            view.dragging.connect(self.show_dragged)
            shown_head = None if is_split else head
            lanes.append(LaneWidget(head.stage, swimlane, view, shown_head, self._theme))
            side_by_side.addWidget(lanes[-1], 1)
        column.addLayout(side_by_side, 1)
        return _Row(swimlane, widget, title, tuple(lanes))

    def _even_heads(self) -> None:
        """Headings are as high as the highest: cards begin at one height."""
        heights = [head.fit(head.width()) for head in self.heads]
        for head in self.heads:
            head.setMinimumHeight(max(heights, default=0))
        self._place_heads()

    def _place_heads(self) -> None:
        above, inside = self._heads_above, self.widget()
        if above is None or inside is None:
            self.setViewportMargins(0, 0, 0, 0)
            return
        height = above.sizeHint().height() + self._theme.px(4)
        self.setViewportMargins(0, height, 0, 0)
        left = -self.horizontalScrollBar().value()
        above.setGeometry(left, 0, inside.width(), height)

    def _fit_rows(self) -> None:
        """A row is as high as its fullest lane, but all of it can be seen at once."""
        if self._heads_above is None:
            return
        most = self.viewport().height() - self._theme.px(30)
        for row in self._rows:
            height = max(lane.wanted_height(most) for lane in row.lanes)
            for lane in row.lanes:
                lane.setFixedHeight(max(height, self._theme.px(70)))

    # Qt's own names from here on.
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headings and rows follow the width."""
        super().resizeEvent(event)
        self._even_heads()
        self._fit_rows()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Between the lanes nothing can be dropped, but it scrolls there too."""
        event.setAccepted(bool(ids_in(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Scroll at the edges."""
        self.follow_drag(self.mapToGlobal(event.position().toPoint()))
        event.ignore()


def _activate(widget: QWidget) -> None:
    layout = widget.layout()
    if layout is not None:
        layout.activate()
