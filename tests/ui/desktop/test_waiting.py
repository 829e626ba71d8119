"""While a person waits for work in another thread, nothing comes between."""

from threading import Event

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.waiting import Errand, wait_for, waited


def test_a_window_that_waits_cannot_be_closed(qtbot: QtBot) -> None:
    """What it would let go is in use until the work has ended."""
    window, was_tried = QWidget(), Event()
    qtbot.addWidget(window)
    window.show()

    def close() -> None:
        window.close()
        was_tried.set()

    QTimer.singleShot(0, close)
    assert waited(window, "", lambda: was_tried.wait(20))
    assert window.isVisible()
    assert window.close()


def test_work_that_has_ended_before_anybody_waits_gives_its_result(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    errand = Errand(lambda _: "結果")
    errand.job.start()
    errand.job.wait()
    assert wait_for(window, "", errand) == "結果"
