"""The view of the check: what it says, and the way to the field."""

from threading import get_ident

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.edits.initiative import add_initiative, remove_initiatives
from app.edits.matter import set_matter
from app.edits.structure import set_field
from app.edits.text import set_fact, set_text
from app.forms.fitting.metrics import PageFonts
from app.session import Session
from tests.ui.desktop.plans import plan_widget, sample_plan, session_of
from ui.desktop.checks.checks_widget import MANY, NOBODY, NOTHING, WHOLE_PLAN
from ui.desktop.checks.plan_check import PlanCheck
from ui.desktop.dialogs.replace_dialog import ReplaceDialog
from ui.desktop.editor.cell_field import CellField
from ui.desktop.output.book_texts_dialog import BookTextsDialog
from ui.desktop.plan_widget import PlanWidget, View
from ui.desktop.theme import Theme


@pytest.fixture
def widget(widget: PlanWidget) -> PlanWidget:
    widget.show_view(View.CHECKS)
    widget.checks.check.finish()
    return widget


def groups(widget: PlanWidget) -> list[str]:
    tree = widget.checks.tree
    shown = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return [item.text(0) for item in shown if item]


def chosen(widget: PlanWidget) -> list[str]:
    """What the chosen row says."""
    item = widget.checks.tree.currentItem()
    return [item.text(n) for n in range(3)] if item else []


def said_on_the_rail(widget: PlanWidget) -> list[str]:
    return [button.accessibleName() for button in widget.rail.findChildren(QToolButton)]


def row(widget: PlanWidget, words: str) -> QTreeWidgetItem:
    """The first row of which a column says this."""
    for column in range(3):
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        for item in widget.checks.tree.findItems(words, flags, column):
            if item.parent() is not None:
                return item
    raise AssertionError(f"no row says {words}")


def test_the_window_does_not_wait_for_the_fonts_of_the_pages(
    widget: PlanWidget, qtbot: QtBot
) -> None:
    asked: list[int] = []

    def page_fonts(family: str) -> PageFonts:
        asked.append(get_ident())
        return widget.documents.page_fonts(family)

    check = PlanCheck(widget.signals, page_fonts, widget)
    qtbot.waitUntil(lambda: check.is_done)
    assert asked[0] != get_ident()


def test_what_is_to_be_looked_at_stands_in_groups(widget: PlanWidget) -> None:
    assert "未設定のままの文　24件" in groups(widget)
    assert widget.checks.said.startswith("見直すところが")
    cells = row(widget, "（令和5年度中に設定）")
    assert [cells.text(n) for n in range(3)] == [
        "No.1-0「来庁予約と待ち人数の案内」", "令和6年度 取組事項（KPI）", "（令和5年度中に設定）",
    ]  # fmt: skip


def test_a_click_opens_the_field_with_its_words_selected(widget: PlanWidget) -> None:
    widget.checks.tree.setCurrentItem(row(widget, "（令和5年度中に設定）"))
    widget.checks.tree.itemClicked.emit(row(widget, "（令和5年度中に設定）"), 0)
    assert (widget.view, widget.editor.shown) == (View.SHEET, "i0")
    field = widget.editor.page.fields.last_entered
    assert isinstance(field, CellField)
    assert field.textCursor().selectedText() == "（令和5年度中に設定）"
    assert field.accessibleName().startswith("令和6年度")


def test_enter_opens_too(qtbot: QtBot, widget: PlanWidget) -> None:
    widget.checks.tree.setCurrentItem(row(widget, "(令和5年度中に設定)"))
    qtbot.keyClick(widget.checks.tree, Qt.Key.Key_Return)
    assert (widget.view, widget.editor.shown) == (View.SHEET, "i0")


def test_a_plan_in_order_says_so(qtbot: QtBot, theme: Theme) -> None:
    widget = plan_widget(session_of(sample_plan(0)), theme)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_view(View.CHECKS)
    widget.checks.check.finish()
    assert widget.checks.said == NOTHING
    assert not widget.checks.tree.isVisible()


def test_after_an_edit_it_is_checked_again_and_the_row_stays_chosen(widget: PlanWidget) -> None:
    tree = widget.checks.tree
    tree.setCurrentItem(row(widget, "No.1-1「"))
    before = chosen(widget)
    widget.signals.do(lambda plan: remove_initiatives(plan, ["i0"]))
    assert not widget.checks.check.is_done
    widget.checks.check.finish()
    assert "未設定のままの文　22件" in groups(widget)
    assert chosen(widget) == before


def test_it_checks_by_itself_when_nothing_happens(qtbot: QtBot, widget: PlanWidget) -> None:
    widget.signals.do(lambda plan: set_text(plan, "i0", "background", "（未定）"))
    qtbot.waitUntil(lambda: widget.checks.check.is_done, timeout=10_000)
    assert "未設定のままの文　25件" in groups(widget)


def test_a_sheet_that_goes_on_to_a_second_page_is_named(widget: PlanWidget) -> None:
    widget.signals.do(lambda plan: set_text(plan, "i0", "overview", "・長い文。\n" * 60))
    widget.checks.check.finish()
    assert row(widget, "ページになります（").text(0) == "No.1-0「来庁予約と待ち人数の案内」"


def test_the_rows_are_copied_for_excel(qtbot: QtBot, widget: PlanWidget) -> None:
    qtbot.keyClick(widget.checks.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "点検\t取組\t欄\t見つかったこと"
    assert {line.count("\t") for line in lines} == {3}
    assert len(lines) == 1 + len(widget.checks.check.findings)


def test_a_name_is_copied_as_it_is(widget: PlanWidget, session: Session) -> None:
    session.do(set_fact(session.plan, "i0", "name", "窓口　の\n　案内"))
    widget.checks.check.finish()
    assert "「窓口　の　案内」" in widget.checks.tree.lines()
    assert {line.count("\t") for line in widget.checks.tree.lines().split("\n")} == {3}


def test_a_text_of_the_book_opens_where_it_is_written(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    session.do(set_matter(session.plan, "closing", "（令和5年度中に設定）"))
    widget.checks.check.finish()
    found = row(widget, "おわりに")
    assert [found.text(n) for n in range(3)] == ["計画全体", "おわりに", "（令和5年度中に設定）"]
    widget.checks.tree.setCurrentItem(found)
    qtbot.keyClick(widget.checks.tree, Qt.Key.Key_Return)
    assert widget.view == View.OUTPUT
    (dialog,) = widget.output.findChildren(BookTextsDialog)
    assert dialog.isVisible()


def test_what_a_pillar_says_opens_the_settings(
    qtbot: QtBot, widget: PlanWidget, session: Session
) -> None:
    session.do(set_field(session.plan, "pillar", "p1", "vision", "No.9-9から"))
    widget.checks.check.finish()
    found = row(widget, "No.9-9")
    assert [found.text(n) for n in range(2)] == ["柱「市民サービスの向上」", "ビジョン"]
    widget.checks.tree.setCurrentItem(found)
    qtbot.keyClick(widget.checks.tree, Qt.Key.Key_Return)
    assert widget.view == View.SETTINGS


def test_the_rail_says_how_much_there_is(widget: PlanWidget, session: Session) -> None:
    assert f"点検 {len(widget.checks.check.findings)}件" in said_on_the_rail(widget)
    session.do(set_fact(session.plan, "i0", "number", None))
    widget.checks.check.finish()
    assert f"点検 {len(widget.checks.check.findings)}件" in said_on_the_rail(widget)


def tops(widget: PlanWidget) -> list[QTreeWidgetItem]:
    tree = widget.checks.tree
    return [item for n in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(n))]


def test_what_is_still_to_be_set_is_folded_until_somebody_opens_it(
    widget: PlanWidget, session: Session
) -> None:
    (unset,) = [item for item in tops(widget) if item.text(0).startswith("未設定")]
    others = [item for item in tops(widget) if item is not unset]
    assert not unset.isExpanded()
    assert all(item.isExpanded() == (item.childCount() <= MANY) for item in others)
    unset.setExpanded(True)
    session.do(set_fact(session.plan, "i0", "number", None))
    widget.checks.check.finish()
    (unset,) = [item for item in tops(widget) if item.text(0).startswith("未設定")]
    assert unset.isExpanded()


def test_findings_are_grouped_by_department(widget: PlanWidget, session: Session) -> None:
    session.do(set_fact(session.plan, "i1", "number", "1-9"))
    session.do(set_matter(session.plan, "closing", "（令和5年度中に設定）"))
    session.do(set_fact(session.plan, "i2", "departments", ()))
    widget.checks.check.finish()
    widget.checks.departments.setChecked(True)
    names = [item.text(0).partition("　")[0] for item in tops(widget)]
    assert sorted(names[:2]) == ["市民課", "情報政策課"]
    assert sorted(names[2:]) == sorted([WHOLE_PLAN, NOBODY])
    first = {tops(widget)[0].child(n).text(0) for n in range(tops(widget)[0].childCount())}
    second = {tops(widget)[1].child(n).text(0) for n in range(tops(widget)[1].childCount())}
    # An initiative of two departments is for both to look at.
    assert any("No.1-9「" in name for name in first & second)
    widget.checks.departments.setChecked(False)
    assert any(name.startswith("未設定のままの文") for name in groups(widget))


def test_a_way_to_write_is_made_the_usual_one(
    widget: PlanWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n, text in enumerate(("サーバーを替える。", "サーバーを置く。", "サーバとサーバー")):
        session.do(set_text(session.plan, f"i{n}", "background", text))
    widget.checks.check.finish()
    assert not widget.checks.unifying.isEnabled()
    widget.checks.tree.setCurrentItem(row(widget, "「サーバ」"))
    asked: list[ReplaceDialog] = []

    def accept(dialog: ReplaceDialog) -> int:
        asked.append(dialog)
        return 1

    monkeypatch.setattr(ReplaceDialog, "exec", accept)
    (unify,) = [a for a in widget.checks.menu().actions() if a.text().startswith("そろえる")]
    unify.trigger()
    assert [(d.old.text(), d.new.text()) for d in asked] == [("サーバ", "サーバー")]
    texts = [session.plan.initiatives[f"i{n}"].texts["background"] for n in range(3)]
    assert texts == ["サーバーを替える。", "サーバーを置く。", "サーバーとサーバー"]


def test_of_many_findings_of_one_kind_the_count_is_shown_first(
    widget: PlanWidget, session: Session
) -> None:
    for n in range(MANY + 5):
        session.do(add_initiative(session.plan, "p1-1", number=f"1-{100 + 2 * n}"))
    widget.checks.tree.clear()
    widget.checks.check.finish()
    folded = [item.text(0) for item in tops(widget) if not item.isExpanded()]
    assert any(name.startswith("番号の重なりと欠番") for name in folded)
