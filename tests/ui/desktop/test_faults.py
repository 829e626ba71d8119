"""A fault of the program is written down and told in a sentence, wherever it happens."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.desktop.plans import MemoryDocuments
from ui.desktop.jobs import Job
from ui.desktop.main_window import MainWindow
from ui.desktop.program import tell_about_faults
from ui.desktop.theme import Theme


@pytest.fixture
def documents(qtbot: QtBot, theme: Theme) -> Iterator[MemoryDocuments]:
    """The plans of a window that tells about faults."""
    documents, before = MemoryDocuments(), sys.excepthook
    window = MainWindow(documents, theme)
    qtbot.addWidget(window)
    tell_about_faults(window, documents.program)
    yield documents
    sys.excepthook = before


def told(qtbot: QtBot) -> str:
    """What the one message on the screen says."""

    def boxes() -> list[QMessageBox]:
        return [w for w in QCoreApplication.instance().allWidgets() if isinstance(w, QMessageBox)]

    qtbot.waitUntil(lambda: bool(boxes()) and boxes()[0].isVisible())
    (box,) = boxes()
    return box.text()


def test_a_fault_is_a_sentence_with_its_place_and_no_traceback(
    documents: MemoryDocuments, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = ZeroDivisionError("秘密の文")
    sys.excepthook(ZeroDivisionError, fault, None)
    assert documents.program.faults == [fault]
    said = told(qtbot)
    assert "保存済みの内容は無事です" in said
    assert "ZeroDivisionError" in said
    assert "秘密" not in said + capsys.readouterr().err


def test_a_fault_in_a_job_ends_it_and_is_told_on_the_thread_of_the_window(
    documents: MemoryDocuments, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[QThread] = []
    note = documents.program.note_fault

    def watched(fault: BaseException) -> str:
        threads.append(QThread.currentThread())
        return note(fault)

    monkeypatch.setattr(documents.program, "note_fault", watched)
    parent = QObject()
    job = Job(lambda tell: tell(1, 0 // 0), parent)
    ends: list[str] = []
    for name in ("succeeded", "failed", "stopped"):
        getattr(job, name).connect(lambda *_, name=name: ends.append(name))
    with qtbot.waitSignal(job.stopped):
        job.start()
    job.wait()
    assert ends == ["stopped"]
    assert threads == [parent.thread()]
    assert "ZeroDivisionError" in told(qtbot)
