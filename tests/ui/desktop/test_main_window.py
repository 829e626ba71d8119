"""The window as a whole: opening, titles, outputs, closing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.documents.pages.drawing import Progress
from app.edits.new_plan import new_plan
from app.edits.structure import remove_part
from app.edits.text import set_fact
from tests.ui.desktop.plans import MemoryDocuments, sample_plan, session_of
from ui.desktop.document import saving as plan_saving
from ui.desktop.list.table_model import TableModel
from ui.desktop.main_window import MainWindow
from ui.desktop.plan_widget import View
from ui.desktop.session_signals import SessionSignals
from ui.desktop.theme import Theme


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments(plan=sample_plan())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, documents: MemoryDocuments) -> MainWindow:
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=documents.save_all)
    window.resize(1366, 740)
    window.show()
    qtbot.waitExposed(window)
    return window


def message(window: MainWindow) -> QMessageBox:
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 1
    return boxes[0]


def test_the_title_names_the_plan_and_its_edition(window: MainWindow) -> None:
    assert window.windowTitle() == "計画カンバン"
    window.open("plan")
    wanted = "見本市デジタル市役所計画 第1期実施計画（令和5年度改訂版） － 計画カンバン"
    assert window.windowTitle() == wanted


def test_a_file_that_cannot_be_opened_leaves_the_open_plan(window: MainWindow) -> None:
    window.open("plan")
    before = window.plan_widget
    window.open("nowhere")
    assert message(window).text().startswith("計画のファイルが見つかりません。")
    assert window.plan_widget is before


def test_undo_and_redo_can_be_had_only_when_there_is_something(window: MainWindow) -> None:
    a = window.actions_of_window
    window.open("plan")
    assert (a.undo.isEnabled(), a.redo.isEnabled()) == (False, False)
    assert window.plan_widget is not None
    window.plan_widget.board.put(["i0"], "完了")
    assert (a.undo.isEnabled(), a.redo.isEnabled()) == (True, False)
    assert "段階を変更" in a.undo.toolTip()
    a.undo.trigger()
    assert (a.undo.isEnabled(), a.redo.isEnabled()) == (False, True)


def test_typing_in_the_search_field_filters_the_board(qtbot: QtBot, window: MainWindow) -> None:
    window.open("plan")
    plan = window.plan_widget
    assert plan is not None
    window.actions_of_window.find.trigger()
    qtbot.keyClicks(window.tools.search, "i")
    window.tools.search.setText("税")
    assert {i.id for i in plan.shared.shown} == {"i2", "i8"}
    qtbot.keyClick(window.tools.search, Qt.Key.Key_Escape)
    assert len(plan.shared.shown) == 12


def test_a_new_initiative_opens_to_be_filled_in(window: MainWindow) -> None:
    window.open("plan")
    plan = window.plan_widget
    assert plan is not None
    plan.shared.select(["i3"])
    window.actions_of_window.add.trigger()
    new = plan.shared.plan.initiatives[plan.editor.shown]
    assert (new.name, new.categories) == ("新しい取組", ("p2-1",))
    assert plan.editor.isVisible()
    window.actions_of_window.undo.trigger()
    assert new.id not in plan.shared.plan.initiatives


def test_an_output_is_written_beside_the_window(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, tmp_path: Path
) -> None:
    window.open("plan")
    plan = documents.sessions["plan"].plan
    target = str(tmp_path / "個票.pdf")
    window._outputs.write(Order(plan, OUTPUTS[0], ("i1",)), target)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    assert documents.exported == [("sheets.pdf", ("i1",), target)]
    assert target in message(window).text()


def test_an_output_can_be_stopped(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(order: Order, target: str, tell: Progress) -> None:
        while True:
            tell(0, 1)

    monkeypatch.setattr(documents, "export", endless)
    window.open("plan")
    plan = documents.sessions["plan"].plan
    window._outputs.write(Order(plan, OUTPUTS[0]), "x.pdf")
    job = window._outputs.job
    assert job is not None
    with qtbot.waitSignal(job.stopped):
        job.stop()
    qtbot.waitUntil(lambda: window._outputs.job is None)
    assert window.findChildren(QMessageBox) == []


def test_closing_keeps_what_is_being_typed(
    qtbot: QtBot,
    window: MainWindow,
    documents: MemoryDocuments,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan_saving, "choose", lambda *words: "保存して閉じる")
    window.open("plan")
    assert window.plan_widget is not None
    window.plan_widget.open_initiative("i0")
    fields = window.plan_widget.editor.page.fields.by_target.items()
    field = next(field for target, field in fields if target.field == "texts.overview")
    field.setFocus()
    qtbot.keyClicks(field, "ABC")
    window.close()
    text = documents.sessions["plan"].plan.initiatives["i0"].texts["overview"]
    assert text.startswith("ABC")


def test_zooming_keeps_view_filter_and_selection(window: MainWindow) -> None:
    window.open("plan")
    assert window.plan_widget is not None
    window.tools.search.setText("税")
    window.plan_widget.open_initiative("i8")
    height = window.tools.height()
    for _ in range(3):
        window.actions_of_window.zoom_in.trigger()
    assert window.plan_widget.editor.isVisible()
    assert window.plan_widget.editor.shown == "i8"
    assert window.tools.search.text() == "税"
    assert window.tools.sizeHint().height() > height
    window.actions_of_window.zoom_normal.trigger()
    assert window.tools.sizeHint().height() == height


def test_the_open_plan_is_not_opened_twice(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open("plan")
    monkeypatch.setattr(documents, "sessions", {})
    window.open("plan")
    assert window.findChildren(QMessageBox) == []


def test_a_new_plan_begins_with_its_settings(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    documents.create("new", new_plan("見本市", "新しい計画", "matsue", 2026))
    window.open("new")
    plan = window.plan_widget
    assert plan is not None
    assert plan.settings.isVisible()
    plan.settings.structure.buttons["柱を追加"].click()
    plan.settings.structure.buttons["区分を追加"].click()
    for _ in range(3):
        window.actions_of_window.add.trigger()
    assert len(plan.shared.plan.initiatives) == 3
    while window.actions_of_window.undo.isEnabled():
        window.actions_of_window.undo.trigger()
    assert len(plan.shared.plan.pillars) == 0


def test_what_is_refused_is_not_called_unsaved(window: MainWindow) -> None:
    window.open("plan")
    plan = window.plan_widget
    assert plan is not None
    plan.signals.do(lambda plan: remove_part(plan, "category", "p1-1"))
    assert "保存されていません" not in window.status.words
    assert "取組が" in message(window).text()


def test_enter_in_the_search_field_goes_to_the_first_card_found(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open("plan")
    plan = window.plan_widget
    assert plan is not None
    search = window.tools.search
    window.actions_of_window.find.trigger()
    search.setText("税")
    QApplication.sendEvent(search, QInputMethodEvent("ぜい", []))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert plan.shared.selected == ()
    QApplication.sendEvent(search, QInputMethodEvent("", []))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert plan.shared.selected == ("i2",)
    assert plan.board.lanes[2].view.hasFocus()


def test_a_name_that_is_being_typed_is_kept_before_the_next_initiative_is_added(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments
) -> None:
    window.open("plan")
    assert window.plan_widget is not None
    window.actions_of_window.add.trigger()
    field = window.plan_widget.editor.page.fields.last_entered
    assert field is not None
    qtbot.keyClicks(field, "ABC")
    window.actions_of_window.add.trigger()
    labels = [entry.changes.label for entry in documents.sessions["plan"].history.entries]
    assert labels == ["取組を追加", "記入", "取組を追加"]


@pytest.mark.parametrize("others", ["another plan", "the same session"])
def test_a_plan_that_was_let_go_is_not_kept(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, others: str
) -> None:
    window.open("plan")
    for n in range(5):
        if others == "another plan":
            documents.sessions[f"{n}"] = session_of(sample_plan(3))
            window.open(f"{n}")
        else:
            window._saving.replaced.emit()
    qtbot.waitUntil(lambda: len(window.findChildren(SessionSignals)) == 1)
    assert window.plan_widget is not None
    window.plan_widget.board.put(["i0"], "完了")
    assert "段階を変更" in window.actions_of_window.undo.toolTip()
    documents.save_all(window)
    window.close_plan()
    qtbot.waitUntil(lambda: not window.findChildren(SessionSignals))


def test_words_that_look_like_markup_are_no_markup_in_any_tool_tip(window: MainWindow) -> None:
    name = '<img src="//server/x">取組'
    window.open("plan")
    plan = window.plan_widget
    assert plan is not None
    plan.signals.do(lambda now: set_fact(now, "i0", "name", name))
    for view in View:
        plan.shared.select(["i0"])
        plan.show_view(view)
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    for items in window.findChildren(QAbstractItemView):
        model = items.model()
        columns = model.columnCount() if isinstance(model, TableModel) else 1
        tips += [
            str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")
            for row in range(model.rowCount() if model else 0)
            for column in range(columns)
        ]
    assert any("&lt;img" in tip for tip in tips)
    assert not any("<img" in tip for tip in tips)


def test_the_window_is_no_larger_than_the_screen(window: MainWindow) -> None:
    new = MainWindow(MemoryDocuments(), window._theme)
    room = new.screen().availableSize()
    assert new.width() <= max(room.width(), 900)
    assert new.height() <= max(room.height(), 520)
    new.deleteLater()
