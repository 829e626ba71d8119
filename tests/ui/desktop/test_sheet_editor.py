"""Typing into the sheet."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes.merge import Conflict, KeptConflict
from app.edits.structure import set_field
from app.plan.lists.filters import Filter
from app.session import Session
from tests.ui.desktop.plans import MemoryDocuments
from ui.desktop.editor.cell_field import CellField
from ui.desktop.editor.pick_dialog import PickDialog
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

OPENED = "i0"


@pytest.fixture
def widget(widget: PlanWidget) -> PlanWidget:
    widget.open_initiative(OPENED)
    return widget


def field_of(widget: PlanWidget, name: str, year: int | None = None) -> CellField:
    found = [
        field
        for target, field in widget.editor.page.fields.by_target.items()
        if target.field == name and target.fiscal_year == year
    ]
    assert len(found) == 1
    assert isinstance(found[0], CellField)
    return found[0]


def enter(qtbot: QtBot, field: CellField) -> None:
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)


@pytest.fixture
def field(qtbot: QtBot, widget: PlanWidget) -> CellField:
    """The field of the overview, with the keyboard in it."""
    found = field_of(widget, "texts.overview")
    enter(qtbot, found)
    return found


def test_opening_a_sheet_changes_nothing(widget: PlanWidget, session: Session) -> None:
    widget.editor.finish_typing()
    assert session.history.entries == ()


def test_what_is_typed_is_in_the_plan_after_leaving_the_field(
    qtbot: QtBot, widget: PlanWidget, session: Session, field: CellField
) -> None:
    field.selectAll()
    qtbot.keyClicks(field, "ABC")
    field_of(widget, "texts.background").setFocus()
    assert session.plan.initiatives[OPENED].texts["overview"] == "ABC"


def test_what_is_typed_is_kept_while_the_field_still_has_the_keyboard(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    field = field_of(widget, "texts.actions", 2023)
    enter(qtbot, field)
    qtbot.keyClicks(field, "A")
    year = f"{OPENED}/2023"
    qtbot.waitUntil(lambda: session.plan.years[year].texts["actions"].startswith("A"), timeout=2000)
    assert field.hasFocus()


def test_a_visit_of_a_field_is_one_step_to_undo(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    field = field_of(widget, "texts.overview")
    before = field.toPlainText()
    enter(qtbot, field)
    for word in ("A", "B", "C"):
        qtbot.keyClicks(field, word)
        field.pending.commit()
    widget.undo()
    assert session.plan.initiatives[OPENED].texts["overview"] == before
    assert field.toPlainText() == before
    assert session.history.undoable is None


def test_undo_in_a_field_is_the_fields_own_first_and_then_the_plans(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    widget.board.put([OPENED], "完了")
    widget.open_initiative(OPENED)
    field = field_of(widget, "texts.overview")
    before = field.toPlainText()
    enter(qtbot, field)
    qtbot.keyClicks(field, "A")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == before
    assert session.plan.initiatives[OPENED].stage == "完了"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.plan.initiatives[OPENED].stage == "8年間で取り組むこと"


def test_text_being_composed_is_not_lost_when_the_field_is_left(
    widget: PlanWidget, session: Session, field: CellField
) -> None:
    field.clear()
    QApplication.sendEvent(field, QInputMethodEvent("まどぐち", []))
    field_of(widget, "texts.background").setFocus()
    assert session.plan.initiatives[OPENED].texts["overview"] == "まどぐち"


def test_text_being_composed_is_not_lost_when_the_window_is_left(
    widget: PlanWidget, session: Session, field: CellField
) -> None:
    field.clear()
    QApplication.sendEvent(field, QInputMethodEvent("ぜい", []))
    widget.finish_typing()
    assert session.plan.initiatives[OPENED].texts["overview"] == "ぜい"


def test_pasted_text_comes_without_its_looks(field: CellField) -> None:
    field.clear()
    QGuiApplication.clipboard().setText("窓口\x0b届出\x00")
    field.paste()
    assert field.toPlainText() == "窓口\n届出"


def test_going_on_to_the_next_initiative_keeps_what_was_typed(
    qtbot: QtBot, widget: PlanWidget, session: Session, field: CellField
) -> None:
    field.selectAll()
    qtbot.keyClicks(field, "ABC")
    widget.editor.step(1)
    assert session.plan.initiatives[OPENED].texts["overview"] == "ABC"
    assert field_of(widget, "texts.overview").toPlainText() == "・概要1。窓口をひとつにする。"


def test_choosing_a_status_is_an_edit(widget: PlanWidget, session: Session) -> None:
    fields = widget.editor.page.fields.by_target.values()
    status = next(field for field in fields if isinstance(field, ChoiceField))
    status.setCurrentText("運用中")
    status.activated.emit(status.currentIndex())
    assert session.plan.initiatives[OPENED].status == "運用中"


def test_a_list_that_is_typed_line_by_line_stays_as_typed_while_one_is_in_it(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    field = field_of(widget, "departments")
    enter(qtbot, field)
    field.moveCursor(QTextCursor.MoveOperation.End)
    field.insertPlainText("\n税務課\n")
    field.pending.commit()
    assert session.plan.initiatives[OPENED].departments == ("市民課", "税務課")
    assert field.toPlainText() == "市民課\n税務課\n"
    field.insertPlainText("総務課")
    field.pending.commit()
    assert session.plan.initiatives[OPENED].departments == ("市民課", "税務課", "総務課")


def test_an_edit_that_cannot_be_kept_says_so_and_stays_in_the_field(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    session._store.is_full = True  # type: ignore[attr-defined]
    field = field_of(widget, "texts.overview")
    enter(qtbot, field)
    qtbot.keyClicks(field, "A")
    with qtbot.waitSignal(widget.signals.failed) as failed:
        field.pending.commit()
    assert "ディスク" in str(failed.args)
    assert field.toPlainText().startswith("A")
    assert "A" not in session.plan.initiatives[OPENED].texts["overview"]
    session._store.is_full = False  # type: ignore[attr-defined]
    widget.finish_typing()
    assert session.plan.initiatives[OPENED].texts["overview"].startswith("A")


def test_a_desired_state_is_picked_from_the_lists_and_given_back(
    widget: PlanWidget, session: Session
) -> None:
    states = ("手続きの手間は最小限に抑えられる", "待たずに済む")
    widget.signals.do(lambda plan: set_field(plan, "pillar", "p1", "desired_states", states))
    menu = widget.editor.page.picker.menu()
    offered = {action.text(): action.isChecked() for action in menu.actions() if action.text()}
    assert offered == {"市民サービスの向上": False, states[0]: True, states[1]: False}
    next(action for action in menu.actions() if action.text() == states[1]).trigger()
    assert session.plan.initiatives[OPENED].desired_states == states
    shown = field_of(widget, "desired_states").toPlainText()
    assert shown == "・手続きの手間は最小限に抑えられる\n・待たずに済む"
    next(action for action in menu.actions() if action.text() == states[0]).trigger()
    assert session.plan.initiatives[OPENED].desired_states == states[1:]


def test_an_initiative_is_listed_again_and_taken_off_by_a_menu(
    widget: PlanWidget, session: Session
) -> None:
    for wanted in (["p2-1"], []):
        menu = widget.editor.facts.relisted.entries
        next(action for action in menu.actions() if action.text() == "働き方").trigger()
        assert [r.category for r in session.plan.relistings.under(OPENED)] == wanted


def test_a_year_mark_is_set_by_a_menu(widget: PlanWidget, session: Session) -> None:
    marks = widget.editor.facts.marks
    assert marks.text() == "実施年度：R4● R5→ R6→ ▾"
    (first, *_) = (action.menu() for action in marks.entries.actions())
    first.actions()[2].trigger()
    assert session.plan.years[f"{OPENED}/2022"].mark is None
    assert marks.text() == "実施年度：R4－ R5→ R6→ ▾"


def test_one_goes_on_from_a_sheet_that_has_just_left_the_filter(
    qtbot: QtBot, widget: PlanWidget
) -> None:
    widget.open_initiative("i4")
    widget.shared.set_filter(Filter(only_placeholders=True))
    for name in ("texts.actions", "texts.goals"):
        field = field_of(widget, name, 2024)
        enter(qtbot, field)
        field.selectAll()
        qtbot.keyClicks(field, "A")
        field.pending.commit()
    assert "i4" not in {initiative.id for initiative in widget.shared.shown}
    assert widget.editor.shown == "i4"
    widget.editor.step(1)
    assert widget.editor.shown == "i5"
    widget.editor.step(-1)
    assert widget.editor.shown == "i3"


def paste(field: CellField, text: str, html: str = "") -> None:
    carried = QMimeData()
    carried.setText(text)
    if html:
        carried.setHtml(html)
    field.insertFromMimeData(carried)


def test_cells_of_a_table_go_into_the_fields_in_order_in_one_step(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    told: list[str] = []
    widget.editor.told.connect(told.append)
    before = session.plan
    field = field_of(widget, "texts.overview")
    enter(qtbot, field)
    paste(field, 'ひとつ\t"ふたつ\nみっつ"\r\n', "<table><td>ひとつ</td></table>")
    initiative = session.plan.initiatives[OPENED]
    assert initiative.texts["overview"] == "ひとつ"
    assert initiative.texts["background"] == "ふたつ\nみっつ"
    assert field.toPlainText() == "ひとつ"
    assert told[0].startswith("2個のセルを2個の欄に")
    session.undo()
    assert session.plan == before


def test_text_with_tabs_that_is_no_table_stays_in_its_field(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    before = session.plan.initiatives[OPENED].texts["background"]
    field = field_of(widget, "texts.overview")
    enter(qtbot, field)
    paste(field, "1\tひとつ")
    widget.editor.finish_typing()
    assert "1\tひとつ" in session.plan.initiatives[OPENED].texts["overview"]
    assert session.plan.initiatives[OPENED].texts["background"] == before


def test_what_a_paste_cleaned_is_said(qtbot: QtBot, widget: PlanWidget) -> None:
    told: list[str] = []
    widget.editor.told.connect(told.append)
    field = field_of(widget, "texts.overview")
    enter(qtbot, field)
    paste(field, "ひと\x0bつ\x00")
    assert "2個" in told[0]
    assert "ひと\nつ" in field.toPlainText()


def test_a_cell_on_which_two_sides_differ_says_so_and_leads_to_the_decision(
    qtbot: QtBot, widget: PlanWidget
) -> None:
    open_ones = [
        KeptConflict(1, Conflict("initiative", OPENED, "texts.background", "", "自分", "相手"))
    ]
    widget.editor.find_conflicts = lambda: open_ones
    widget.editor.refresh()
    ((target, mark),) = widget.editor.page.conflict_marks.items()
    assert target.field == "texts.background"
    assert field_of(widget, "texts.background").geometry().left() < mark.geometry().left()
    with qtbot.waitSignal(widget.editor.conflict_wanted):
        mark.click()
    open_ones.clear()
    widget.signals.do(lambda plan: set_field(plan, "pillar", "p1", "name", "前へ"))
    assert widget.editor.page.conflict_marks == {}


def test_a_text_speaks_of_another_initiative_and_the_panel_leads_there(
    qtbot: QtBot, widget: PlanWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PickDialog, "exec", lambda self: self.query.setText("公園") or True)
    field = field_of(widget, "texts.background")
    enter(qtbot, field)
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    widget.finish_typing()
    assert "No.2-4" in session.plan.initiatives[OPENED].texts["background"]
    panel = widget.editor._panel if widget.editor._panel.isVisible() else widget.editor._below
    (link,) = panel.links
    assert link.text() == "→ No.2-4「公園台帳の地図化」"
    link.click()
    assert widget.editor.shown == "i4"
    assert [each.text() for each in panel.links] == ["← No.1-0「来庁予約と待ち人数の案内」"]


def test_a_sheet_that_is_only_read_can_be_copied_from(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    signals = SessionSignals(session, is_read_only=True)
    widget = PlanWidget(SharedState(signals), MemoryDocuments(), theme)
    qtbot.addWidget(widget)
    widget.show()
    widget.open_initiative(OPENED)
    field = field_of(widget, "texts.overview")
    assert field.isEnabled()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "・概要0。窓口をひとつにする。"
    qtbot.keyClicks(field, "A")
    widget.finish_typing()
    assert session.plan.initiatives[OPENED].texts["overview"] == "・概要0。窓口をひとつにする。"
