"""The board of an earlier day."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.changes.history import History
from app.documents.order import Order
from app.edits.card import move_cards
from app.edits.initiative import remove_initiatives
from app.plan.board.stages import STAGES
from app.plan.lists.filters import Filter
from app.session import Session
from tests.ui.desktop.plans import MemoryStore, sample_plan
from ui.desktop.board.past_bar import DayDialog
from ui.desktop.plan_widget import PlanWidget, View

FIRST, SECOND, THIRD = date(2023, 4, 1), date(2023, 4, 10), date(2023, 5, 2)


@pytest.fixture
def session() -> Session:
    """i0 goes to 着手 on the first day, i4 is removed on the second, i0 to 完了 on the third."""
    session = Session(sample_plan(), MemoryStore())
    session.do(move_cards(session.plan, ["i0"], STAGES[2]))
    session.do(remove_initiatives(session.plan, ["i4"]))
    session.do(move_cards(session.plan, ["i0"], STAGES[4]))
    dated = zip(session.history.entries, (FIRST, SECOND, THIRD), strict=True)
    noon = (replace(e, at=datetime(d.year, d.month, d.day, 12).astimezone()) for e, d in dated)
    session.history = History(noon)
    return session


def lanes(widget: PlanWidget) -> list[list[str]]:
    """The ids of every lane."""
    models = [lane.view.lane_model for lane in widget.board.lanes]
    return [[str(m.id_at(row)) for row in range(m.rowCount())] for m in models]


def test_the_board_shows_each_day_as_it_stood_at_its_end(widget: PlanWidget) -> None:
    now = lanes(widget)
    widget.show_day(FIRST)
    assert lanes(widget)[0] == ["i4", "i8"]
    assert "i0" in lanes(widget)[2]
    widget.show_day(date(2023, 4, 30))
    assert lanes(widget)[0] == ["i8"]
    assert "i0" in lanes(widget)[2]
    widget.show_day(THIRD)
    assert lanes(widget) == now


def test_it_says_which_day_it_is_and_how_to_come_back(widget: PlanWidget) -> None:
    now = lanes(widget)
    widget.show_view(View.HISTORY)
    widget.show_day(FIRST)
    bar = widget.board.bar
    assert bar.isVisible()
    assert "令和5年4月1日のカンバン（見るだけ）" in bar._words.text()
    back = [b for b in bar.findChildren(QPushButton) if b.text() == "今のカンバンに戻る"]
    back[0].click()
    assert not bar.isVisible()
    assert lanes(widget) == now


def test_nothing_of_an_earlier_day_can_be_moved_opened_or_selected(
    widget: PlanWidget, session: Session
) -> None:
    refused: list[str] = []
    widget.signals.refused.connect(refused.append)
    widget.show_day(FIRST)
    view = widget.board.lanes[0].view
    assert not view.dragEnabled()
    view.select(["i4"])
    assert widget.shared.selected == ()
    widget.board.put(["i0"], STAGES[1])
    view.activated.emit(view.lane_model.index(0))
    assert len(refused) == 2
    assert widget.view == View.BOARD
    assert len(session.history.entries) == 3


def test_the_filter_is_about_the_plan_of_that_day(widget: PlanWidget) -> None:
    widget.shared.set_filter(Filter(pillar="p2"))
    assert all("i4" not in lane for lane in lanes(widget))
    widget.show_day(FIRST)
    assert "i4" in lanes(widget)[0]


def test_an_edit_leads_back_to_the_board_of_now(widget: PlanWidget) -> None:
    widget.show_day(FIRST)
    widget.undo()
    assert not widget.board.bar.isVisible()
    assert "i0" in lanes(widget)[2]
    assert all("i4" not in lane for lane in lanes(widget))


def test_days_in_a_stage_are_counted_up_to_that_day(widget: PlanWidget) -> None:
    widget.show_day(date(2023, 4, 8))
    model = widget.board.lanes[2].view.lane_model
    row = model.row_of("i0")
    assert row is not None
    assert model._days["i0"] == 7


def test_the_poster_of_that_day_can_be_had(widget: PlanWidget) -> None:
    wanted: list[Order] = []
    widget.board.write_wanted.connect(wanted.append)
    widget.show_day(FIRST)
    widget.board.bar.poster_wanted.emit()
    assert wanted[0].name == "令和5年4月1日のカンバン（PDF）"
    assert wanted[0].plan.initiatives["i0"].stage == STAGES[2]


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_day_is_asked_for_between_the_first_entry_and_today(
    qtbot: QtBot, widget: PlanWidget, is_accepted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[DayDialog] = []

    def answer(dialog: DayDialog) -> bool:
        seen.append(dialog)
        dialog.calendar.setSelectedDate(dialog.calendar.minimumDate())
        return is_accepted

    monkeypatch.setattr(DayDialog, "exec", answer)
    widget.filter_bar.day_wanted.emit()
    assert seen[0].day == FIRST
    assert "令和5年4月1日" in seen[0]._named.text()
    assert widget.board.bar.isVisible() == is_accepted
