"""What happens around the document: asked now and then, off the UI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.documents import Copy, Document
from ui.desktop.waiting import Errand, wait_for

EVERY_MS: Final = 30_000


@dataclass(frozen=True, slots=True)
class Around:
    """Who else has a document open (`Standing.holder`), and its earlier states."""

    others: str = ""
    copies: Sequence[Copy] = ()


class OthersWatch(QObject):
    """Looks every half minute, and when the window comes to the front."""

    found = Signal(object)
    """An Around."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document | None = None
        self._errand: Errand[Around] | None = None
        self._asked: Document | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)

    def serve(self, document: Document | None) -> None:
        """Watch this document from now on, None for none."""
        self._document = document
        if document is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def look(self) -> None:
        """Look now. A share that does not answer is asked once, not again and again."""
        document = self._document
        if document is None or self._errand is not None:
            return
        self._asked = document
        self._errand = Errand(lambda _: Around(document.others(), document.copies()))
        self._errand.job.finished.connect(self._tell)
        self._errand.job.start()

    def _tell(self) -> None:
        if self._errand is not None:
            around, self._errand = self._errand.result(), None
            if self._asked is self._document:
                self.found.emit(around)

    def finish(self) -> None:
        """Wait until nothing is asked any more: a thread must not outlive the program."""
        self.serve(None)
        errand, self._errand = self._errand, None
        if errand is not None:
            wait_for(self._window, "閉じています…", errand)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window comes to the front: things may have changed."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False
