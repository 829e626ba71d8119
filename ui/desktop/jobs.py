"""Long work off the UI thread: told about as it goes on, and stopped when a person wants."""

import atexit
import gc
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal
from shiboken6 import isValid

from app.documents.pages.drawing import Progress
from app.errors import KeikakuError

Work = Callable[[Progress], None]
# How long a thread keeps Python to itself while another one waits for it. At Python's own 5 ms
# a click that takes some turns waits up to 200 ms while Excel sheets are written.
_TURN_S: Final = 0.0005

# Python throws rubbish away in whichever thread it comes to mind. A widget must go in the
# window's, so nothing is looked for while a job runs.
_AT_WORK: Final[set["Job"]] = set()


class StoppedError(Exception):
    """The person stopped the work."""


class Job(QThread):
    """Runs a piece of work that needs only what it was given (a plan is such a value)."""

    progressed = Signal(int, int)
    succeeded = Signal()
    failed = Signal(str)
    stopped = Signal()
    _broke = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        """`work` is called in another thread and must touch no widget."""
        super().__init__(parent)
        self._work = work
        self._is_wanted = True
        self._broke.connect(self._pass_on)
        self.finished.connect(self._collect_again)

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._is_wanted = False

    def start(self, priority: QThread.Priority = QThread.Priority.InheritPriority) -> None:
        """On the UI thread, so that not even the first step of the work looks for rubbish."""
        _AT_WORK.add(self)
        gc.disable()
        super().start(priority)

    def run(self) -> None:
        """Do the work; tell how it ended by exactly one signal."""
        sys.setswitchinterval(_TURN_S)
        try:
            self._work(self._tell)
        except StoppedError:
            self.stopped.emit()
        except KeikakuError as error:
            self.failed.emit(str(error))
        except Exception as fault:
            self._broke.emit(fault)
        else:
            self.succeeded.emit()

    def _collect_again(self) -> None:
        """On the UI thread: Python may look for rubbish again."""
        _AT_WORK.discard(self)
        if not _AT_WORK:
            gc.enable()

    def _pass_on(self, fault: Exception) -> None:
        """A fault of the program is told on the UI thread, as any other; the work has stopped."""
        sys.excepthook(type(fault), fault, fault.__traceback__)
        self.stopped.emit()

    def _tell(self, done: int, everything: int) -> None:
        if not self._is_wanted:
            raise StoppedError
        self.progressed.emit(done, everything)


@atexit.register
def _end_jobs() -> None:
    """Wait for jobs that still run when the program ends: Qt aborts it if a thread is left."""
    for job in tuple(_AT_WORK):
        if isValid(job):
            job.stop()
            job.wait()
