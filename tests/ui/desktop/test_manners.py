"""What every view owes to keyboard and screen reader."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QMenu,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.desktop.dialogs.renumber_dialog import RenumberDialog
from ui.desktop.dialogs.replace_dialog import ReplaceDialog
from ui.desktop.document.new_plan_dialog import NewPlanDialog
from ui.desktop.editor.pick_dialog import PickDialog
from ui.desktop.exchange.issue_dialog import IssueDialog
from ui.desktop.main_window import MainWindow
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.plan_widget import View
from ui.desktop.settings.departments_widget import RenameDialog
from ui.desktop.theme import Theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    documents = MemoryDocuments(plan=sample_plan())
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=documents.save_all)
    window.resize(1366, 740)
    window.show()
    window.open("plan")
    return window


def nameless(top: QWidget) -> Iterator[str]:
    """What can have the keyboard, and says nothing to somebody who does not see it."""
    for widget in top.findChildren(QWidget):
        can_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        # A scroll area has the keyboard only to be scrolled; its parts speak.
        if not can_focus or not widget.isVisibleTo(top) or type(widget) is QScrollArea:
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text) and not _is_part(widget):
            yield f"{type(widget).__name__} in {type(widget.parent()).__name__}"


def _is_part(widget: QWidget) -> bool:
    """Whether it is a piece of a widget that has a name itself."""
    parent = widget.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, QAbstractScrollArea) and parent.accessibleName():
            return True
        if parent.accessibleName() and parent.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return True
        parent = parent.parent()
    return False


@pytest.mark.parametrize("view", list(View))
def test_all_that_takes_the_keyboard_has_a_name(window: MainWindow, view: View) -> None:
    plan = window.plan_widget
    assert plan is not None
    plan.shared.select(["i0"])
    plan.show_view(view)
    plan.checks.check.finish()
    assert list(nameless(window)) == []


def test_so_has_the_welcome_page(window: MainWindow) -> None:
    window.close_plan()
    assert list(nameless(window)) == []


def test_so_have_the_dialogs(window: MainWindow, theme: Theme) -> None:
    plan, edits = sample_plan(), PendingEdits()
    dialogs = (
        NewPlanDialog(window, edits, theme),
        PickDialog(window, "取組", "選ぶ", plan.initiatives.under(), theme),
        RenumberDialog(window, plan, theme),
        ReplaceDialog(window, edits, plan, theme),
        RenameDialog(window, "市民課", edits, theme),
    )
    for dialog in dialogs:
        assert list(nameless(dialog)) == [], type(dialog).__name__


def menus(window: MainWindow) -> list[QMenu]:
    return [menu for action in window.menuBar().actions() if (menu := action.menu())]


def mnemonic(text: str) -> str:
    at = text.replace("&&", "  ").find("&")
    return text[at + 1].upper() if at >= 0 else ""


def test_each_menu_has_its_letter_and_each_entry_a_letter_of_its_own(window: MainWindow) -> None:
    bars = [mnemonic(action.text()) for action in window.menuBar().actions()]
    assert [letter for letter, count in Counter(bars).items() if count > 1 or not letter] == []
    for menu in menus(window):
        words = [a.text() for a in menu.actions() if not a.isSeparator() and "&" in a.text()]
        twice = [k for k, n in Counter(map(mnemonic, words)).items() if n > 1]
        assert twice == [], (menu.title(), twice)


def test_no_two_actions_have_the_same_key(window: MainWindow) -> None:
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_a_tick_does_not_move_what_is_pressed_next(window: MainWindow, theme: Theme) -> None:
    dialog = IssueDialog(window, {"健康づくり課": 2, "こども課": 3}, "plans", theme)
    dialog.show()
    before = dialog.workbook.geometry()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    QApplication.processEvents()
    assert dialog.workbook.geometry() == before
