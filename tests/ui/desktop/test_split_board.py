"""The board in rows: by pillar, category or department."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.plan.board.stages import STAGES
from app.plan.lists.filters import Filter
from app.session import Session
from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.desktop.board.lane_model import cards_in
from ui.desktop.board.lane_widget import LaneWidget
from ui.desktop.main_window import MainWindow
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.theme import Theme


@pytest.fixture
def split(widget: PlanWidget) -> PlanWidget:
    """The board in rows by pillar."""
    widget.shared.set_split("pillar")
    return widget


def headings(widget: PlanWidget) -> list[str]:
    """The headings of the rows that are seen, from top to bottom."""
    found = widget.board.findChildren(QLabel, "swimlane")
    seen = [label for label in found if label.isVisible()]
    return [
        label.text() for label in sorted(seen, key=lambda label: label.mapTo(widget, QPoint()).y())
    ]


def lane(widget: PlanWidget, pillar: str, stage: int) -> LaneWidget:
    wanted = (pillar, STAGES[stage])
    return next(x for x in widget.board.lanes if (x.swimlane.name, x.stage) == wanted)


def ids(lane: LaneWidget) -> list[str]:
    model = lane.view.lane_model
    return [str(model.id_at(row)) for row in range(model.rowCount())]


def drop(lane: LaneWidget, ids: Sequence[str], y: int = 500) -> bool:
    """Drop cards in a lane; whether it took them."""
    carried = cards_in(ids)
    how = Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(20, y), *how, Qt.KeyboardModifier.NoModifier)
    lane.view.dropEvent(event)
    return event.isAccepted()


def test_each_pillar_has_a_row_with_its_name_and_its_cards(split: PlanWidget) -> None:
    assert headings(split) == ["市民サービスの向上　6件", "業務の効率化　4件", "人財育成　2件"]
    assert ids(lane(split, "市民サービスの向上", 0)) == ["i0", "i8"]
    assert ids(lane(split, "業務の効率化", 0)) == ["i4"]


def test_a_row_without_a_card_that_matches_is_not_shown(split: PlanWidget) -> None:
    split.shared.set_filter(Filter(pillar="p3"))
    assert headings(split) == ["人財育成　2件"]
    split.shared.set_filter(Filter())
    assert len(headings(split)) == 3


def test_a_drop_in_the_same_row_changes_the_stage_and_nothing_else(
    split: PlanWidget, session: Session
) -> None:
    before = session.plan.initiatives["i0"]
    assert drop(lane(split, "市民サービスの向上", 3), ["i0"])
    after = session.plan.initiatives["i0"]
    assert (after.stage, after.categories) == (STAGES[3], before.categories)
    assert ids(lane(split, "市民サービスの向上", 3))[-1] == "i0"


def test_a_drop_in_another_row_is_not_taken(split: PlanWidget, session: Session) -> None:
    assert not drop(lane(split, "業務の効率化", 3), ["i0"])
    assert session.history.entries == ()


def test_a_lane_of_another_row_says_why_it_takes_nothing(split: PlanWidget, qtbot: QtBot) -> None:
    def entered(pillar: str) -> bool:
        there, carried = lane(split, pillar, 3), cards_in(["i0"])
        with qtbot.waitSignal(there.view.receiving) as told:
            there.view.dragEnterEvent(
                QDragEnterEvent(
                    QPoint(20, 20), Qt.DropAction.MoveAction, carried,
                    Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                )
            )  # fmt: skip
        return bool(told.args and told.args[0])

    assert entered("市民サービスの向上")
    assert not entered("業務の効率化")


def test_cards_of_several_rows_change_their_stage_together_each_in_its_own(
    split: PlanWidget, session: Session
) -> None:
    assert drop(lane(split, "業務の効率化", 4), ["i0", "i4"])
    assert {session.plan.initiatives[id].stage for id in ("i0", "i4")} == {STAGES[4]}
    assert ids(lane(split, "市民サービスの向上", 4)) == ["i0"]
    assert ids(lane(split, "業務の効率化", 4)) == ["i4"]


def test_the_keyboard_goes_beyond_the_last_card_into_the_row_below_and_back(
    qtbot: QtBot, split: PlanWidget
) -> None:
    split.board.reveal("i8")
    split.shared.select(["i8"])
    qtbot.keyClick(lane(split, "市民サービスの向上", 0).view, Qt.Key.Key_Down)
    assert split.shared.selected == ("i4",)
    qtbot.keyClick(lane(split, "業務の効率化", 0).view, Qt.Key.Key_Up)
    assert split.shared.selected == ("i8",)


def test_keys_move_a_card_in_its_row(split: PlanWidget, session: Session) -> None:
    split.shared.select(["i4"])
    split.board.move_selected(1)
    assert ids(lane(split, "業務の効率化", 1))[-1] == "i4"
    split.board.move_selected(-1)
    assert session.plan.initiatives["i4"].stage == STAGES[0]


def test_the_keyboard_stays_on_its_card_when_the_board_is_split(widget: PlanWidget) -> None:
    widget.shared.select(["i4"])
    widget.shared.set_split("pillar")
    assert lane(widget, "業務の効率化", 0).view.hasFocus()
    assert widget.shared.selected == ("i4",)


def test_the_way_to_split_is_remembered(qtbot: QtBot, theme: Theme) -> None:
    documents = MemoryDocuments(plan=sample_plan())
    for expected in ("", "department"):
        window = MainWindow(documents, theme)
        qtbot.addWidget(window, before_close_func=documents.save_all)
        window.open("plan")
        assert window.plan_widget is not None
        assert window.plan_widget.shared.split == expected
        window.plan_widget.shared.set_split("department")
