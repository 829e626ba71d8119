"""Work in a thread of its own leaves what belongs to the window alone."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, current_thread, main_thread

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.waiting import waited


@pytest.fixture
def looked() -> Iterator[list[Thread]]:
    """The threads that looked for rubbish, at nearly everything that is made."""
    threads: list[Thread] = []

    def note(phase: str, facts: dict[str, int]) -> None:
        threads.append(current_thread())

    before = gc.get_threshold()
    gc.callbacks.append(note)
    gc.set_threshold(1, 1, 1)
    yield threads
    gc.set_threshold(*before)
    gc.callbacks.remove(note)


def test_rubbish_is_thrown_away_by_the_thread_of_the_window_alone(
    qtbot: QtBot, looked: list[Thread]
) -> None:
    """A widget that another thread throws away can stop the program for ever."""
    window = QWidget()
    qtbot.addWidget(window)
    for _ in range(20):
        waited(window, "", lambda: None)
    qtbot.waitUntil(gc.isenabled)
    assert set(looked) == {main_thread()}


LEAVING = """
from threading import Event
from PySide6.QtCore import QCoreApplication
from ui.desktop.jobs import Job

application, going_on = QCoreApplication([]), Event()

def work(tell):
    going_on.set()
    while True:
        tell(0, 0)

job = Job(work, {parent})
job.start()
going_on.wait()
{last}
"""


@pytest.mark.parametrize("parent", ["None", "application"])
@pytest.mark.parametrize("last", ["", "del job", "raise SystemExit(0)"])
def test_the_program_ends_in_order_while_work_goes_on(parent: str, last: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LEAVING.format(parent=parent, last=last)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
