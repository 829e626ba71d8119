"""The list: sorting, selecting, changing together, copying."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.plan.filters import Filter
from app.session import Session
from tests.ui.desktop.plans import sample_plan
from ui.desktop.models.table_model import TableModel, natural
from ui.desktop.plan_widget import PlanWidget, View


@pytest.fixture
def widget(widget: PlanWidget) -> PlanWidget:
    widget.show_view(View.LIST)
    return widget


def column(widget: PlanWidget, number: int) -> list[str]:
    rows = widget.list.table.rows
    return [rows.text_at(row, number) for row in range(rows.rowCount())]


def test_a_row_says_what_the_plan_says(widget: PlanWidget) -> None:
    rows = widget.list.table.rows
    assert [rows.text_at(3, n) for n in range(rows.columnCount())] == [
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
