"""Every way out of the program: what is typed is kept first, and the process ends."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from ui.desktop.main_window import MainWindow
from ui.desktop.waiting import is_waited_for

_WISHES: Final = ("SIGTERM", "SIGINT", "SIGHUP")
"""Logging out, shutting down, `kill`, Ctrl+C, a terminal that is closed."""
_AGAIN_MS: Final = 50


class Leaving(QObject):
    """Watches for the system's wish that the program ends, and ends it with its window."""

    def __init__(
        self, application: QApplication, window: MainWindow, end: Callable[[], None]
    ) -> None:
        """`end` leaves every event loop of the application."""
        super().__init__(window)
        self._window = window
        window.closed.connect(end)
        # A person may still call the end of the session off: nothing is let go yet.
        application.commitDataRequest.connect(lambda _: window.typing.finish(tells=False))
        application.aboutToQuit.connect(window.leave_at_once)
        if sys.platform != "win32":
            # There the end of a session comes as a commitDataRequest, the rest as a close event.
            self._notifier = self._heard()

    def _heard(self) -> QSocketNotifier:
        """Python hears of a signal only while it runs itself: a pipe wakes Qt for it."""
        read, write = os.pipe()
        for end in (read, write):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for name in _WISHES:
            signal.signal(getattr(signal, name), lambda *_: None)
        notifier = QSocketNotifier(read, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: self._go(read))
        return notifier

    def _go(self, read: int) -> None:
        os.read(read, 64)
        self.go()

    def go(self) -> None:
        """Keep what is typed and go, as soon as no other thread works on the document."""
        if is_waited_for(self._window):
            QTimer.singleShot(_AGAIN_MS, self, self.go)
        else:
            self._window.leave_at_once()
