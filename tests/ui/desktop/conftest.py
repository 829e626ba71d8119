"""Widgets are tested without a screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from ui.desktop.theme import Theme, dress


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The theme the application is dressed with."""
    return dress()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform says about itself is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
