"""What the menu of a card does."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.plan.entities import STAGES
from app.plan.lists.filters import Filter
from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.desktop.bars.menus import card_menu
from ui.desktop.main_window import MainWindow
from ui.desktop.plan_widget import PlanWidget
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


def opened(window: MainWindow) -> PlanWidget:
    assert window.plan_widget is not None
    return window.plan_widget


def stages(menu: QMenu) -> list[QAction]:
    """The stages that the menu offers, as they are when it is opened."""
    (within,) = [a.menu() for a in menu.actions() if a.text().startswith("段階")]
    assert isinstance(within, QMenu)
    within.aboutToShow.emit()
    return within.actions()


def test_a_stage_is_chosen_directly(window: MainWindow) -> None:
    plan = opened(window)
    plan.shared.select(["i0", "i4"])
    menu = card_menu(window.actions_of_window, window)
    assert [(a.text(), a.isChecked()) for a in stages(menu)] == [
        (stage, stage == STAGES[0]) for stage in STAGES
    ]
    stages(menu)[4].trigger()
    now = plan.shared.plan
    assert [now.initiatives[id].stage for id in ("i0", "i4", "i8")] == ["完了", "完了", STAGES[0]]
    window.actions_of_window.undo.trigger()
    assert plan.shared.plan.initiatives["i4"].stage == STAGES[0]


def test_a_copy_is_made_in_one_step_and_selected(window: MainWindow) -> None:
    plan = opened(window)
    plan.shared.set_filter(Filter(status="調査・研究中"))
    plan.shared.select(["i0"])
    before = plan.shared.plan
    window.actions_of_window.copy.trigger()
    (id,) = plan.shared.selected
    assert plan.shared.plan.initiatives[id].title == "来庁予約と待ち人数の案内（写し）"
    assert plan.board.grid.view_of(id) is not None
    window.actions_of_window.undo.trigger()
    assert plan.shared.plan == before


def test_what_may_only_be_looked_at_is_not_copied_or_moved(window: MainWindow) -> None:
    actions = window.actions_of_window
    actions.enable(None, True, can_edit=False)
    assert not actions.copy.isEnabled()
    assert not actions.stages.isEnabled()
