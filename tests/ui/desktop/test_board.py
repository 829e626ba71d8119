"""The board: what drops, keys and menus do to the plan."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.edits.structure import set_guide
from app.edits.text import set_text
from app.plan.board.stages import STAGES, guide_of
from app.plan.lists.filters import Filter
from app.plan.plan import Plan
from app.session import Session
from tests.ui.desktop.plans import plan_widget, sample_plan, session_of
from ui.desktop.board.guide_dialog import GuideDialog
from ui.desktop.board.lane_head import LaneHead, TwoLines
from ui.desktop.board.lane_model import cards_in
from ui.desktop.board.lane_view import LaneView
from ui.desktop.board.lane_widget import LaneWidget
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.theme import Colors, Theme


def drawn(widget: PlanWidget) -> dict[str, list[str]]:
    """The ids of every lane, selected ones marked."""
    return {
        lane.stage: [
            f"[{id}]" if id in lane.view.selected() else id
            for row in range(lane.view.lane_model.rowCount())
            if (id := lane.view.lane_model.id_at(row))
        ]
        for lane in widget.board.lanes
    }


def lane(widget: PlanWidget, number: int) -> LaneView:
    return widget.board.lanes[number].view


def drop(view: LaneView, ids: list[str], row: int) -> None:
    """Drop cards in front of a row; the number of rows means below the last."""
    count = view.lane_model.rowCount()
    rect = view.visualRect(view.lane_model.index(min(row, count - 1)))
    place = QPoint(20, rect.bottom() + 5 if row >= count else rect.top() + 3)
    carried = cards_in(ids)
    event = QDropEvent(
        QPointF(place), Qt.DropAction.MoveAction, carried,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.dropEvent(event)


def test_every_card_stands_in_the_lane_of_its_stage(widget: PlanWidget) -> None:
    assert drawn(widget) == {
        STAGES[0]: ["[i0]", "i4", "i8"],
        STAGES[1]: ["i1", "i5", "i9"],
        STAGES[2]: ["i2", "i6", "i10"],
        STAGES[3]: ["i3", "i7", "i11"],
        STAGES[4]: [],
    }


def test_a_drop_between_two_cards_of_another_lane(widget: PlanWidget, session: Session) -> None:
    drop(lane(widget, 1), ["i0"], 1)
    assert drawn(widget)[STAGES[1]] == ["i1", "[i0]", "i5", "i9"]
    assert session.plan.initiatives["i0"].stage == STAGES[1]
    widget.undo()
    assert drawn(widget)[STAGES[0]] == ["[i0]", "i4", "i8"]


def test_a_drop_into_an_empty_lane(widget: PlanWidget) -> None:
    drop(lane(widget, 4), ["i0"], 0)
    assert drawn(widget)[STAGES[4]] == ["[i0]"]


def test_several_cards_are_dropped_together_in_their_order(widget: PlanWidget) -> None:
    drop(lane(widget, 2), ["i0", "i1", "i9"], 3)
    assert drawn(widget)[STAGES[2]] == ["i2", "i6", "i10", "[i0]", "[i1]", "[i9]"]
    widget.undo()
    assert drawn(widget)[STAGES[2]] == ["i2", "i6", "i10"]


@pytest.mark.parametrize("row", [1, 2])
def test_a_card_dropped_where_it_stands_changes_nothing(
    widget: PlanWidget, session: Session, row: int
) -> None:
    drop(lane(widget, 0), ["i4"], row)
    assert session.history.entries == ()


def test_cards_are_put_in_order_within_their_lane(widget: PlanWidget, session: Session) -> None:
    drop(lane(widget, 0), ["i8"], 0)
    assert drawn(widget)[STAGES[0]] == ["[i8]", "i0", "i4"]
    assert session.history.undoable is not None
    assert session.history.undoable.changes.label == "並べ替え"


def test_the_keyboard_walks_over_cards_and_lanes(qtbot: QtBot, widget: PlanWidget) -> None:
    widget.board.reveal("i0")
    widget.shared.select(["i0"])
    qtbot.keyClick(lane(widget, 0), Qt.Key.Key_Down)
    qtbot.keyClick(lane(widget, 0), Qt.Key.Key_Right)
    assert widget.shared.selected == ("i5",)
    qtbot.keyClick(lane(widget, 1), Qt.Key.Key_Left)
    assert widget.shared.selected == ("i4",)


def test_an_empty_lane_is_stepped_over(qtbot: QtBot, widget: PlanWidget) -> None:
    drop(lane(widget, 4), ["i11"], 0)
    drop(lane(widget, 4), ["i3", "i7"], 0)
    widget.shared.select(["i10"])
    qtbot.keyClick(lane(widget, 2), Qt.Key.Key_Right)
    assert widget.shared.selected[0] in ("i3", "i7", "i11")


def test_enter_opens_the_sheet(qtbot: QtBot, widget: PlanWidget) -> None:
    widget.board.reveal("i4")
    widget.shared.select(["i4"])
    qtbot.keyClick(lane(widget, 0), Qt.Key.Key_Return)
    assert widget.editor.isVisible()
    assert widget.editor.shown == "i4"


def test_selected_cards_go_a_lane_further_by_command(widget: PlanWidget) -> None:
    widget.shared.select(["i0", "i4"])
    widget.board.move_selected(1)
    assert drawn(widget)[STAGES[1]] == ["i1", "i5", "i9", "[i0]", "[i4]"]
    widget.board.move_selected(-1)
    widget.board.move_selected(-1)
    assert drawn(widget)[STAGES[0]] == ["i8", "[i0]", "[i4]"]


def test_selected_cards_go_up_and_down_by_command(widget: PlanWidget) -> None:
    widget.shared.select(["i8"])
    widget.board.move_within_lane(-1)
    assert drawn(widget)[STAGES[0]] == ["i0", "[i8]", "i4"]
    widget.board.move_within_lane(1)
    assert drawn(widget)[STAGES[0]] == ["i0", "i4", "[i8]"]


def test_a_click_in_another_lane_moves_the_selection(qtbot: QtBot, widget: PlanWidget) -> None:
    for number, id in ((0, "i4"), (1, "i5")):
        view = lane(widget, number)
        place = view.visualRect(view.lane_model.index(1)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert widget.shared.selected == (id,)
    assert "[" not in "".join(drawn(widget)[STAGES[0]])


def test_a_filter_hides_cards_and_takes_them_out_of_the_selection(widget: PlanWidget) -> None:
    widget.shared.select(["i0", "i1"])
    widget.shared.set_filter(Filter(department="情報政策課"))
    assert drawn(widget)[STAGES[0]] == []
    assert drawn(widget)[STAGES[1]] == ["[i1]", "i5", "i9"]
    assert widget.shared.selected == ("i1",)


def test_only_cards_are_taken_in(widget: PlanWidget, session: Session) -> None:
    carried = cards_in([])
    carried.clear()
    carried.setText("窓口")
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.MoveAction, carried,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    lane(widget, 0).dropEvent(event)
    assert session.history.entries == ()


def test_cards_of_another_plan_s_window_are_left_out(widget: PlanWidget, session: Session) -> None:
    before = drawn(widget)
    drop(lane(widget, 1), ["よその取組"], 1)
    assert drawn(widget) == before
    assert session.history.entries == ()
    drop(lane(widget, 1), ["よその取組", "i4"], 1)
    assert drawn(widget)[STAGES[1]] == ["i1", "[i4]", "i5", "i9"]
    assert len(session.history.entries) == 1


def test_a_move_that_cannot_be_kept_leaves_the_board_as_it_was(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    session._store.is_full = True  # type: ignore[attr-defined]
    before = {stage: [c.strip("[]") for c in cards] for stage, cards in drawn(widget).items()}
    with qtbot.waitSignal(widget.signals.failed):
        drop(lane(widget, 1), ["i0"], 0)
    after = drawn(widget)
    assert {s: [c.strip("[]") for c in cards] for s, cards in after.items()} == before
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("width", [1500, 1000, 1300])
def test_every_card_has_the_room_its_name_needs_at_any_width(
    qtbot: QtBot, widget: PlanWidget, width: int
) -> None:
    widget.resize(width, 800)

    def heights() -> list[tuple[int, int]]:
        view = lane(widget, 1)
        rows = [view.lane_model.index(row) for row in range(view.lane_model.rowCount())]
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        return [
            (view.visualRect(i).height(), view.cards.sizeHint(option, i).height()) for i in rows
        ]

    qtbot.waitUntil(lambda: all(there == needed for there, needed in heights()))
    assert len({needed for _, needed in heights()}) > 1


def test_an_empty_plan_says_how_to_begin(qtbot: QtBot, theme: Theme) -> None:
    widget = plan_widget(session_of(Plan(sample_plan().profile)), theme)
    qtbot.addWidget(widget)
    widget.show()
    words = [each.view.empty_text for each in widget.board.lanes]
    assert "新しい取組" in words[0]
    assert words[1] == "ここに取組を置けます"


def test_a_card_says_how_long_it_has_been_in_its_stage(widget: PlanWidget) -> None:
    view = lane(widget, 0)
    plan = widget.shared.plan
    rows = [plan.initiatives["i0"], plan.initiatives["i4"]]
    view.lane_model.show(plan, rows, {"i0": 12})
    said = [view.lane_model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert "12日経過" in said[0]
    assert "経過" not in said[1]


def test_what_has_the_keyboard_at_the_start_can_be_moved_at_once(
    widget: PlanWidget, session: Session
) -> None:
    assert widget.shared.selected == ("i0",)
    assert lane(widget, 0).hasFocus()
    widget.board.move_selected(1)
    assert session.plan.initiatives["i0"].stage == STAGES[1]


def test_ctrl_and_shift_take_cards_of_other_lanes_along(qtbot: QtBot, widget: PlanWidget) -> None:
    def click(number: int, row: int, held: Qt.KeyboardModifier, key: Qt.Key) -> None:
        view = lane(widget, number)
        place = view.visualRect(view.lane_model.index(row)).center()
        # Offscreen no keyboard is asked what it holds: the event brings it.
        qtbot.keyPress(view, key)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
        qtbot.keyRelease(view, key)

    control = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Control
    shift = Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Shift
    # The lane was visited before: Shift must not begin where somebody was then.
    for number, row in ((2, 2), (0, 0)):
        click(number, row, Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F24)
    click(1, 1, *control)
    assert widget.shared.selected == ("i0", "i5")
    click(2, 0, *shift)
    assert widget.shared.selected == ("i0", "i5", "i2")
    click(2, 2, *shift)
    assert widget.shared.selected == ("i0", "i5", "i2", "i6", "i10")


@pytest.mark.parametrize(
    ("at_foot", "expected"), [(False, "[i0] i1 i5 i9"), (True, "i1 i5 i9 [i0]")]
)
def test_a_drop_on_the_frame_of_a_lane_goes_to_its_end(
    widget: PlanWidget, at_foot: bool, expected: str
) -> None:
    frame = widget.board.lanes[1]
    place = QPointF(20, frame.height() - 2 if at_foot else 4)
    carried = cards_in(["i0"])
    event = QDropEvent(
        place, Qt.DropAction.MoveAction, carried,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    frame.dropEvent(event)
    assert event.isAccepted()
    assert " ".join(drawn(widget)[STAGES[1]]) == expected


def guides(widget: PlanWidget) -> list[str]:
    """What the headings say of their guides; * warns."""
    found = [label for label in widget.board.findChildren(QLabel, "laneGuide") if label.isVisible()]
    return [f"{label.text()}{'*' if label.property('over') else ''}" for label in found]


def test_a_heading_warns_where_a_stage_holds_more_than_its_guide(
    widget: PlanWidget, session: Session
) -> None:
    assert guides(widget) == []
    session.do(set_guide(session.plan, STAGES[1], 3))
    assert guides(widget) == ["目安 3"]
    widget.board.move_selected(1)
    assert guides(widget) == ["目安 3 超過*"]
    widget.shared.set_filter(Filter(query="税"))
    assert guides(widget) == ["目安 3 超過*"]
    session.undo()
    assert guides(widget) == ["目安 3"]


@pytest.mark.parametrize("zoom", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("stage", STAGES)
def test_the_name_of_a_stage_is_never_cut_in_the_narrowest_lane(
    qtbot: QtBot, zoom: float, stage: str
) -> None:
    head = LaneHead(stage, Theme(Colors(), zoom))
    qtbot.addWidget(head)
    head.show_count(100, 100, 30)
    frame = LaneWidget.NARROWEST - 16
    head.resize(round(frame * zoom), head.fit(round(frame * zoom)))
    head.show()
    name = head.findChildren(TwoLines)[0]
    assert "".join(name.lines(name.width())) == stage
    assert head.rect().contains(head.childrenRect())


def test_a_screen_reader_says_the_card(widget: PlanWidget) -> None:
    view = lane(widget, 1)
    told = QAccessible.queryAccessibleInterface(view).child(0).text(QAccessible.Text.Name)
    for word in (
        "1-1",
        "証明書手数料のキャッシュレス決済",
        "市民",
        "着手中",
        "新規",
        "未設定2か所",
    ):
        assert word in told


def test_a_guide_is_set_in_the_settings_and_by_the_heading(
    qtbot: QtBot, widget: PlanWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget.show_view(View.SETTINGS)
    widget.settings.facts.guides.fields[STAGES[2]].setValue(7)
    assert guide_of(session.plan.profile, STAGES[2]) == 7

    def answer(dialog: GuideDialog) -> bool:
        assert dialog.field.value() == 7
        dialog.field.setValue(0)
        return True

    monkeypatch.setattr(GuideDialog, "exec", answer)
    widget.board.grid.heads[2].guide_wanted.emit(STAGES[2])
    assert guide_of(session.plan.profile, STAGES[2]) == 0


def test_a_card_tells_why_it_was_found(widget: PlanWidget, session: Session) -> None:
    session.do(set_text(session.plan, "i0", "background", "・とても珍しい理由がある。"))
    widget.shared.set_filter(Filter(query="珍しい"))
    view = widget.board.grid.view_of("i0")
    assert view is not None
    index = view.lane_model.index(0)
    assert view.lane_model.found_at(0) == "取組の背景に「・とても珍しい理由がある。」"
    assert "珍しい" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    higher = view.visualRect(index).height()
    marked = view.grab().toImage()
    colors = {marked.pixelColor(x, y).name() for x in range(marked.width()) for y in range(150)}
    assert widget.theme.color("mark").name() in colors
    widget.shared.set_filter(Filter(query="来庁予約"))
    assert view.lane_model.found_at(0) == ""
    assert view.visualRect(view.lane_model.index(0)).height() < higher
