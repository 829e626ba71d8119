"""Widgets are tested without a screen."""

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.session import Session
from tests.ui.desktop.plans import plan_widget, sample_plan, session_of
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.theme import Theme, dress


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The theme the application is dressed with."""
    return dress()


@pytest.fixture(autouse=True, scope="session")
def nothing_left_to_paste(qapp: QApplication) -> Iterator[None]:
    """What Python copied must go before Python does: Qt would let it go later, and crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def no_dialog_left() -> Iterator[None]:
    """A message that one test leaves open does not stand in front of the next one's window."""
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.close()


@pytest.fixture
def session() -> Session:
    """A session on the sample."""
    return session_of(sample_plan())


@pytest.fixture
def widget(qtbot: QtBot, theme: Theme, session: Session) -> PlanWidget:
    """The views of that session, shown at the board."""
    widget = plan_widget(session, theme)
    qtbot.addWidget(widget)
    widget.resize(1300, 800)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform says about itself is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
