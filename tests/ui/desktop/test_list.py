"""The list: sorting, selecting, changing together, copying."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.edits.text import set_text
from app.plan.lists.filters import Filter
from app.session import Session
from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.desktop.editor.cell_field import CellField
from ui.desktop.list.table_model import FOUND, PLACE, TableModel, natural
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.found_words import MOST_TOLD


@pytest.fixture
def widget(widget: PlanWidget) -> PlanWidget:
    widget.show_view(View.LIST)
    return widget


def column(widget: PlanWidget, number: int) -> list[str]:
    rows = widget.list.table.rows
    return [rows.text_at(row, number) for row in range(rows.rowCount())]


def test_a_row_says_what_the_plan_says(widget: PlanWidget) -> None:
    rows = widget.list.table.rows
    assert [rows.text_at(3, n) for n in widget.list.table.shown_columns()] == [
        "2-3", "業務の効率化", "働き方", "保育施設の空き状況公開", "市民課・情報政策課",
        "評価・見直し", "調査・研究中", "再掲", "2",
    ]  # fmt: skip


def test_numbers_are_sorted_as_numbers(widget: PlanWidget) -> None:
    widget.list.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    numbers = column(widget, 0)
    assert numbers == sorted(numbers, key=natural)
    assert numbers.index("1-8") < numbers.index("2-10")
    widget.list.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert column(widget, 0) == numbers[::-1]


def test_sorting_keeps_what_is_selected(widget: PlanWidget) -> None:
    widget.shared.select(["i1", "i7"])
    widget.list.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    chosen = {widget.list.table.rows.id_at(row) for row in widget.list.table.selected()}
    assert chosen == {"i1", "i7"} == set(widget.shared.selected)


def test_the_list_shows_what_the_board_is_filtered_to(widget: PlanWidget) -> None:
    widget.shared.set_filter(Filter(query="公園"))
    assert set(column(widget, 3)) == {"公園台帳の地図化"}


def test_several_initiatives_are_changed_in_one_step(widget: PlanWidget, session: Session) -> None:
    widget.shared.select(["i0", "i1"])
    widget.list.replace_department("市民課", "窓口課")
    plan = session.plan
    assert plan.initiatives["i0"].departments == ("窓口課",)
    assert plan.initiatives["i1"].departments == ("窓口課", "情報政策課")
    assert plan.initiatives["i2"].departments == ("市民課",)
    widget.undo()
    assert session.plan.initiatives["i1"].departments == ("市民課", "情報政策課")


def test_what_is_copied_goes_into_excel_cell_by_cell(qtbot: QtBot, widget: PlanWidget) -> None:
    widget.shared.select(["i0", "i3"])
    qtbot.keyClick(widget.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["No.", "1-0", "2-3"]
    assert {line.count("\t") for line in lines} == {8}


def test_the_table_keeps_qts_rules() -> None:
    model, plan = TableModel(), sample_plan()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(plan, plan.initiatives.under())
    model.sort(3)
    model.show(plan, plan.initiatives.under()[:3])
    assert model.rowCount() == 3


def press(qtbot: QtBot, widget: PlanWidget, row: int, heading: str) -> None:
    """Choose a cell and press F2."""
    table = widget.list.table
    words = [column.word for column in table.rows.columns]
    table.setFocus()
    table.setCurrentIndex(table.rows.index(row, words.index(heading)))
    qtbot.keyClick(table, Qt.Key.Key_F2)


def test_f2_types_right_into_a_cell(qtbot: QtBot, widget: PlanWidget, session: Session) -> None:
    press(qtbot, widget, 3, "取組名")
    editor = widget.list.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "保育施設の空き状況公開"
    editor.setText("空き状況の公開")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not widget.list.table.is_typing)
    assert session.plan.initiatives["i3"].name == "空き状況の公開\n（空き枠見える化事業）"
    assert widget.view == View.LIST
    widget.undo()
    assert session.plan == sample_plan()


def test_departments_are_typed_with_a_comma_between(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    press(qtbot, widget, 1, "担当課")
    editor = widget.list.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "市民課、情報政策課"
    editor.setText("市民課、税務課")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not widget.list.table.is_typing)
    assert session.plan.initiatives["i1"].departments == ("市民課", "税務課")


def test_a_stage_is_chosen_from_the_plans_own(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    press(qtbot, widget, 0, "段階")
    editor = widget.list.table.findChild(QComboBox)
    assert isinstance(editor, QComboBox)
    assert [editor.itemText(n) for n in range(editor.count())] == list(session.plan.profile.stages)
    editor.setCurrentText("完了")
    editor.activated.emit(editor.currentIndex())
    assert session.plan.initiatives["i0"].stage == "完了"


def test_chosen_columns_are_shown_copied_and_remembered(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    documents = MemoryDocuments()
    for _ in range(2):
        widget = PlanWidget(SharedState(SessionSignals(session)), documents, theme)
        qtbot.addWidget(widget)
        widget.show()
        widget.show_view(View.LIST)
        if not documents.settings:
            widget.list.columns.switch("柱")
            widget.list.columns.switch("事業概要")
        words = [widget.list.table.rows.columns[n].word for n in widget.list.table.shown_columns()]
        assert words == [
            "No.", "区分", "取組名", "担当課", "段階", "現状", "表示", "未設定", "事業概要"
        ]  # fmt: skip


def test_lines_stay_in_their_cell_and_numbers_stay_numbers_in_excel(
    widget: PlanWidget, session: Session
) -> None:
    session.do(set_text(session.plan, "i0", "overview", '・**一**\n・"二"\t<三>'))
    widget.list.columns.switch("事業概要")
    widget.shared.select(["i0"])
    widget.list.table.copy()
    pasted = QGuiApplication.clipboard().mimeData()
    (_, row) = csv.reader(io.StringIO(pasted.text()), dialect="excel-tab")
    assert (row[0], row[-1]) == ("1-0", '・一\n・"二"\t<三>')
    assert "mso-number-format:'\\@'\">1-0</td>" in pasted.html()
    assert 'same-cell">・&quot;二&quot;\t&lt;三&gt;</td>' in pasted.html()


def test_what_is_being_typed_into_a_cell_is_kept_before_anything_else(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    press(qtbot, widget, 1, "No.")
    editor = widget.list.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("9-9")
    widget.finish_typing()
    assert session.plan.initiatives["i1"].number == "9-9"


def test_a_list_that_is_only_read_is_not_typed_into(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    signals = SessionSignals(session, is_read_only=True)
    widget = PlanWidget(SharedState(signals), MemoryDocuments(), theme)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_view(View.LIST)
    press(qtbot, widget, 0, "取組名")
    assert widget.list.table.findChild(QLineEdit) is None


def test_found_words_are_marked_in_list_and_sheet(widget: PlanWidget) -> None:
    widget.shared.set_filter(Filter(query="ﾏﾄﾞｸﾞﾁ 窓口"))
    assert widget.list.table.rows.rowCount() == 0
    widget.shared.set_filter(Filter(query="公園"))
    rows = widget.list.table.rows
    marked = {rows.columns[n].word: rows.index(0, n).data(FOUND) for n in range(rows.columnCount())}
    assert {word: places for word, places in marked.items() if places} == {"取組名": [(0, 2)]}
    widget.open_initiative("i4")
    fields = widget.editor.page.fields.by_target
    name = next(field for target, field in fields.items() if target.field == "name")
    assert isinstance(name, CellField)
    assert [each.cursor.selectedText() for each in name.extraSelections()] == ["公園"]
    widget.shared.set_filter(Filter())
    assert name.extraSelections() == []


def test_a_row_tells_why_it_was_found(widget: PlanWidget, session: Session) -> None:
    session.do(set_text(session.plan, "i0", "background", "・とても珍しい理由がある。"))
    table = widget.list.table
    low = table.rowHeight(0)
    widget.shared.set_filter(Filter(query="珍しい"))
    name = [column.word for column in table.rows.columns].index("取組名")
    place = table.rows.index(0, name).data(PLACE)
    assert place == "取組の背景に「・とても珍しい理由がある。」"
    assert table.rowHeight(0) > low
    widget.shared.set_filter(Filter(query="来庁予約"))
    assert not table.rows.index(0, name).data(PLACE)
    assert table.rowHeight(0) == low


def test_a_column_that_is_shown_tells_it_itself(widget: PlanWidget) -> None:
    widget.shared.set_filter(Filter(query="待たずに済む"))
    assert widget.list.table.rows.place_at(0) == "達成目標に「・待たずに済む。」"
    widget.list.table.choose_columns(["達成目標"])
    widget.shared.set_filter(Filter(query="待たずに"))
    assert not widget.list.table.rows.place_at(0)


def test_of_very_many_rows_none_tells_why(widget: PlanWidget) -> None:
    rows, plan = TableModel(), sample_plan(MOST_TOLD + 1)
    rows.show(plan, plan.initiatives.under(), "待たずに")
    assert rows.place_at(0) == ""
    rows.show(plan, plan.initiatives.under()[1:], "待たずに")
    assert rows.place_at(0) == "達成目標に「・待たずに済む。」"
