"""The ways out of the program: nothing is lost, nothing is shown afterwards, the process ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from storage.document.workspace import drafts
from storage.plan_file.plan_file import create_plan_file
from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from tests.ui.desktop.typed_fields import KINDS, WORDS
from ui.desktop.dialogs.messages import ask, choose, offer, show_problem, tell
from ui.desktop.document import saving as plan_saving
from ui.desktop.leaving import Leaving
from ui.desktop.main_window import MainWindow
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited

ROOT = Path(__file__).parents[3]
SYSTEM_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments(plan=sample_plan(6))


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, documents: MemoryDocuments) -> MainWindow:
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=MainWindow.leave_at_once)
    window.show()
    window.open("plan")
    return window


def test_after_the_window_nothing_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, documents: MemoryDocuments
) -> None:
    monkeypatch.setattr(plan_saving, "choose", lambda *words: "保存せずに閉じる")
    window.close()
    show_problem(window, "もう遅い。")
    tell(window, "もう遅い。")
    offer(window, "もう遅い。", "する", lambda: None)
    assert not ask(window, "もう遅い。", "する")
    assert choose(window, "もう遅い。", ("する",)) == ""
    QApplication.processEvents()
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_a_problem_is_told_once_while_it_is_being_told(window: MainWindow) -> None:
    for _ in range(3):
        show_problem(window, "ディスクの空きがありません。")
    QApplication.processEvents()
    assert len(window.findChildren(QMessageBox)) == 1


def test_words_that_cannot_be_kept_hold_the_window_until_a_person_lets_them_go(
    window: MainWindow, documents: MemoryDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(parent: object, sentence: str, verb: str) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr("ui.desktop.main_window.ask", refuse)
    monkeypatch.setattr(plan_saving, "choose", lambda *words: "保存せずに閉じる")
    document = documents.last
    assert document is not None
    document.session._store.is_full = True  # type: ignore[attr-defined]
    KINDS["vision"].type(window)
    window.close()
    assert window.isVisible()
    assert not document.is_closed
    assert "柱のビジョン" in asked[0]
    window.close()
    assert document.is_closed
    # They could not be written into the plan, and are still on this PC.
    assert WORDS in documents.words["plan"].kept().values()


def test_words_left_from_an_earlier_time_are_told_and_can_be_copied(
    qtbot: QtBot, theme: Theme, documents: MemoryDocuments
) -> None:
    documents.unfinished("plan").keep("計画の設定 ＞ 最初の年度", "いつか")
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=MainWindow.leave_at_once)
    window.show()
    window.open("plan")
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert "計画の設定 ＞ 最初の年度：いつか" in box.text()
    box.close()
    assert documents.unfinished("plan").kept() == {}


def test_the_wish_of_the_system_waits_for_work_on_the_document(
    qtbot: QtBot, window: MainWindow, documents: MemoryDocuments, qapp: QApplication
) -> None:
    """What another thread works on is let go after that."""
    ended, seen = list[bool](), list[bool]()
    leaving = Leaving(qapp, window, lambda: ended.append(True))
    document, gate = documents.last, Event()
    assert document is not None
    QTimer.singleShot(0, window, leaving.go)

    def check() -> None:
        seen.append(document.is_closed)
        gate.set()

    QTimer.singleShot(200, window, check)
    waited(window, "待っています…", lambda: gate.wait(10))
    qtbot.waitUntil(lambda: document.is_closed)
    assert (seen, ended) == ([False], [True])
    leaving.deleteLater()


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from storage.local_documents import LocalDocuments
from tests.ui.desktop.typed_fields import KINDS
from ui.desktop import program
from ui.desktop.dialogs.messages import ask
from ui.desktop.main_window import MainWindow

kind, then = sys.argv[2:4]
shown = MainWindow.show

def show(window):
    shown(window)
    QTimer.singleShot(300, window, lambda: type_then(window))

def type_then(window):
    KINDS[kind].type(window)
    if then == "dialog":
        QTimer.singleShot(0, window, lambda: ask(window, "どうしますか。", "する"))
    QTimer.singleShot(50, window, lambda: print("typed", flush=True))

MainWindow.show = show
sys.exit(program.run(LocalDocuments(), sys.argv[1]))
"""


def run(path: Path, kind: str, then: str = "") -> subprocess.Popen[str]:
    """The program itself, once words stand in a field of it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path), kind, then],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    while line := process.stdout.readline():
        if line.strip() == "typed":
            return process
    raise AssertionError("the program ended before anything was typed")


def a_plan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(folder / "home"))
    path = folder / "計画.keikaku"
    create_plan_file(path, sample_plan(6), "見本")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("kind", "then", "number"),
    [
        ("vision", "", signal.SIGTERM),
        ("list name", "", signal.SIGTERM),
        ("book text", "", signal.SIGTERM),
        ("sheet text", "dialog", signal.SIGTERM),
        ("pillar", "", signal.SIGINT),
        ("title", "", signal.SIGHUP),
    ],
)
def test_a_signal_ends_the_program_and_the_words_are_offered_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, then: str, number: signal.Signals
) -> None:
    path = a_plan(tmp_path, monkeypatch)
    process = run(path, kind, then)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == 0
    (draft,) = drafts(path)
    assert WORDS in repr(draft.entries)
    assert not path.with_name(f".{path.name}.lock").exists()
