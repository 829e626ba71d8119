"""Work off the UI thread whose result is wanted, with or without waiting for it.

While a person waits the window is painted and can be moved, but nothing in it can be used: what
the work deals with belongs to its thread until it has ended.
"""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.documents.pages.drawing import Progress
from ui.desktop.jobs import Job
from ui.desktop.parts import label

SHOWN_AFTER_MS: Final = 250
"""What is over sooner needs no words."""
LOOK_MS: Final = 10
T = TypeVar("T")


class Errand(Generic[T]):
    """A piece of work in a thread of its own. `job.finished` tells that it has ended."""

    def __init__(self, work: Callable[[Progress], T]) -> None:
        """`work` touches no widget. It starts with `job.start()`."""
        self._work = work
        self._results: list[T] = []
        self._fault: BaseException | None = None
        self.job = Job(self._run)

    def _run(self, tell: Progress) -> None:
        try:
            self._results.append(self._work(tell))
        except BaseException as fault:
            self._fault = fault

    def result(self) -> T:
        """What the work gave, once it has ended. Raises what it raised."""
        self.job.wait()
        if self._fault is not None:
            raise self._fault
        return self._results[0]


class WaitingDialog(QDialog):
    """Says what is being done, and keeps a person from doing anything else."""

    def __init__(self, window: QWidget, words: str, job: Job, *, can_stop: bool) -> None:
        super().__init__(window, Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setWindowTitle("計画カンバン")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(420)
        words_of_it = label(words)
        words_of_it.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 20)
        column.setSpacing(12)
        column.addWidget(words_of_it)
        column.addWidget(self.bar)
        if can_stop:
            stop = QPushButton("中止")
            stop.clicked.connect(job.stop)
            column.addWidget(stop, 0, Qt.AlignmentFlag.AlignRight)
        self._window, self._job = window, job
        self.is_over = False
        job.progressed.connect(self._show_progress)
        self._loop = QEventLoop(self)

    def wait(self) -> None:
        """Return when the work has ended. Keys and clicks stay where they are until then."""
        # Looked at, as work that is quick may have ended before it could tell us.
        looking = QTimer(self)
        looking.timeout.connect(self._end_with_job)
        looking.start(LOOK_MS)
        QTimer.singleShot(SHOWN_AFTER_MS, self._loop, self._loop.quit)
        # To Qt, closing a window is no input.
        self._window.installEventFilter(self)
        self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self._job.isFinished():
            self.exec()
        self._window.removeEventFilter(self)
        self.is_over = True

    def _end_with_job(self) -> None:
        if self._job.isFinished():
            self._loop.quit()
            self.accept()

    def _show_progress(self, done: int, everything: int) -> None:
        self.bar.setMaximum(everything)
        self.bar.setValue(done)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window stays until the work has ended that it is waiting for."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc does not end it: the work goes on."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nor does closing it."""
        event.ignore()


def is_waited_for(window: QWidget) -> bool:
    """Whether a person waits for work in another thread now, in the window or a dialog of it."""
    return any(not dialog.is_over for dialog in window.findChildren(WaitingDialog))


def wait_for(window: QWidget, words: str, errand: Errand[T], *, can_stop: bool = False) -> T:
    """The result of work that has been started, once it has ended."""
    if not errand.job.isFinished():
        dialog = WaitingDialog(window, words, errand.job, can_stop=can_stop)
        dialog.wait()
        dialog.deleteLater()
    return errand.result()


def waited(window: QWidget, words: str, work: Callable[[], T]) -> T:
    """The result of `work`, done off the UI thread while a person waits. Raises what it raises."""
    errand = Errand(lambda _: work())
    errand.job.start()
    return wait_for(window, words, errand)


def waited_in_steps(window: QWidget, words: str, work: Callable[[Progress], T]) -> T:
    """The same for work that tells how far it is, and that a person may stop (StoppedError)."""
    errand = Errand(work)
    errand.job.start()
    return wait_for(window, words, errand, can_stop=True)
