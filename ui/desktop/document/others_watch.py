"""What happens around the document: asked now and then, off the UI thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ports import Copy, FileNews
from ui.desktop.waiting import Errand, wait_for
from ui.documents import Document

EVERY_MS: Final = 30_000


@dataclass(frozen=True, slots=True)
class Around:
    """Who else has a document open (`OpenStatus.holder`), its earlier states, and its file."""

    others: str = ""
    copies: Sequence[Copy] = ()
    news: FileNews = ""

    @property
    def words(self) -> tuple[str, str]:
        """What has become of the file, and what to do; empty for nothing."""
        return _WORDS.get(self.news, ("", ""))


_WORDS: Final[Mapping[FileNews, tuple[str, str]]] = MappingProxyType(
    {
        "saved": (
            "ほかの人が保存しました。保存するときに統合します。",
            "「保存」を押すと、相手の変更を確かめてから、両方を一つにできます。",
        ),
        "gone": (
            "ファイルが元の場所にありません。編集はこのPCに残ります。",
            "移した人がいないか確かめてください。「名前を付けて保存」で、別の場所に残せます。",
        ),
        "unreachable": (
            "共有フォルダーに届きません。編集はこのPCに残ります。",
            "このまま編集を続け、つながりが戻ってから保存してください。",
        ),
    }
)


def look_around(document: Document, before: Around) -> Around:
    """How it stands around a document. Where nothing answers, what was seen `before` stays."""
    news = document.news()
    if news == "unreachable":
        return replace(before, news=news)
    return Around(document.others(), document.copies(), news)


class OthersWatch(QObject):
    """Looks every half minute, and when the window comes to the front."""

    found = Signal(object)
    """An Around."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._document: Document | None = None
        self._errand: Errand[Around] | None = None
        self._around, self._is_outdated = Around(), False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)

    def attach(self, document: Document | None) -> None:
        """Watch this document from now on, None for none."""
        if document is not self._document:
            self._document, self._around = document, Around()
            self.found.emit(self._around)
        if document is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.look_anew()

    def look(self) -> None:
        """Look now. A share that has not answered yet is not asked again."""
        document, before = self._document, self._around
        if document is None or self._errand is not None:
            return
        self._errand = Errand(lambda _: look_around(document, before))
        self._errand.job.finished.connect(self._tell)
        self._errand.job.start()

    def look_anew(self) -> None:
        """Look now; an answer that is still on its way is from before a saving of our own, or
        about another document, and is not told.
        """
        self._is_outdated = self._errand is not None
        self.look()

    def _tell(self) -> None:
        if self._errand is None or not self._errand.job.isFinished():
            # The end of an errand that was waited for already.
            return
        errand, self._errand = self._errand, None
        around = errand.result()
        if self._is_outdated:
            self.look_anew()
        else:
            self._around = around
            self.found.emit(around)

    def finish(self) -> None:
        """Wait until nothing is asked any more: a thread must not outlive the program."""
        self.attach(None)
        errand, self._errand = self._errand, None
        if errand is not None:
            wait_for(self._window, "閉じています…", errand)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window comes to the front: things may have changed."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False
