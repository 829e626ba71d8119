"""The status line: what is saved where, what was just done, and who else edits."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from app.changes.history import Entry
from ui.desktop.document.others_watch import Around
from ui.desktop.parts import ElidedLabel, label, plain_tip
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme
from ui.documents import Document

TOLD_MS: Final = 12_000
"""How long something that a person should know is told."""
_DONE = {"do": "直前の操作：{}", "undo": "元に戻しました：{}", "redo": "やり直しました：{}"}


class SaveStatus(QStatusBar):
    """Says このPCに保存済み only after the disk has answered, and what still stands in fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self._here, self._file, self._done = label(), label(), ElidedLabel("", "quietLabel")
        self._path, self._who, self._zoom = (label(look="quietLabel") for _ in range(3))
        self._is_saving, self._pending = False, 0
        self._last = ("saved", "")
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(TOLD_MS)
        self._telling.timeout.connect(self._show_last)
        self._last_done = ("quietLabel", "")
        self.show_zoom(theme)
        for each, stretch in ((self._here, 0), (self._file, 0), (self._done, 1)):
            self.addWidget(each, stretch)
        for each in (self._path, self._who, self._zoom):
            self.addPermanentWidget(each)

    @property
    def words(self) -> str:
        """What is saved where."""
        return " ".join(each.text() for each in (self._here, self._file) if each.text())

    @property
    def told(self) -> str:
        """What was just done, or should be known."""
        return self._done.text()

    def show_zoom(self, theme: Theme) -> None:
        """The window is shown at this zoom."""
        self._zoom.setText(f"{round(theme.zoom * 100)}%")

    def show_document(self, document: Document) -> None:
        """Where the file is, who edits it, and whether it holds everything."""
        path = document.path
        elided = self.fontMetrics().elidedText(path, Qt.TextElideMode.ElideMiddle, 380)
        self._path.setText(elided)
        self._path.setToolTip(plain_tip(path))
        self._say_done("quietLabel", "")
        self._say_here("saved", "")
        self.show_unsaved(document)

    def tell(self, words: str) -> None:
        """Say something a person should know, in the place of what was done, for some seconds."""
        self._say(self._done, "quietLabel", words)
        self._telling.start()

    def show_pending(self, pending: PendingEdits, document: Document) -> None:
        """How many fields hold what is not kept yet."""
        self._pending = len(pending.dirty)
        self._say_here(*self._last)
        if any(edit.outcome.is_failure for edit in pending.dirty):
            # The trouble itself is told already.
            self._say_here(*self._last)
        elif pending.sentence:
            words = f"▲ 計画に入っていない書きかけ {self._pending}か所"
            self._say(self._here, "unsaved", words)
        elif self._pending:
            self._say(self._here, "quietLabel", f"◌ 書きかけ {self._pending}か所")
        self.show_unsaved(document)

    def show_around(self, around: Around) -> None:
        """What has become of the file, else who has it open too."""
        news, advice = around.words
        # Both together do not fit at 125 %; the view 交換・統合 names the path too.
        self._path.setVisible(not news)
        if news:
            self._say(self._who, "unsaved", f"▲ {news}")
            self._who.setToolTip(plain_tip(advice))
            return
        self._say(self._who, "quietLabel", _who(around.others))
        self._who.setToolTip(plain_tip(f"{around.others}開いています。" if around.others else ""))

    def show_unsaved(self, document: Document) -> None:
        """How many edits the file does not hold, with those that still stand in fields."""
        if self._is_saving:
            return
        count = document.unsaved() + self._pending
        if document.is_read_only:
            self._say(self._file, "quietLabel", "見るだけで開いています")
        elif count:
            self._say(self._file, "unsaved", f"▲ ファイルへ未保存の変更 {count}件")
        else:
            self._say(self._file, "saved", "● ファイルへ保存済み")

    def show_saving(self, goes_on: bool) -> None:
        """The file is being written, or is no longer."""
        self._is_saving = goes_on
        if goes_on:
            self._say(self._file, "quietLabel", "◌ 保存しています…")

    def show_saved(self, document: Document) -> None:
        """The file was saved just now; edits may have gone on meanwhile."""
        if document.unsaved() + self._pending:
            self.show_unsaved(document)
            return
        self._say_here("saved", "")
        now = datetime.now().astimezone()
        self._say(self._file, "saved", f"● ファイルへ保存しました {now:%H:%M}")
        open_conflicts = len(document.conflicts())
        left = f"▲ 統合で決めていない項目が{open_conflicts}か所あります" if open_conflicts else ""
        if document.remark and not left:
            left = "▲ 計画の記録が大きくなっています"
        self._say_done("unsaved" if left else "quietLabel", left)
        if document.remark:
            self._done.setToolTip(plain_tip(document.remark))

    def show_entry(self, entry: Entry) -> None:
        """An edit has been kept on this PC."""
        self._say_here("saved", f"● このPCに保存済み {entry.at.astimezone():%H:%M}")
        self._say_done("quietLabel", _DONE[entry.action].format(entry.changes.label))

    def show_failure(self) -> None:
        """The last edit was not kept."""
        now = datetime.now().astimezone()
        self._say_here("trouble", f"▲ 最後の操作は保存されていません {now:%H:%M}")
        self._say_done("quietLabel", "")

    def show_nothing(self) -> None:
        """No plan is open."""
        self._pending, self._is_saving = 0, False
        self._say_here("saved", "")
        self._say_done("quietLabel", "")
        for each in (self._file, self._path, self._who):
            each.clear()
            each.setToolTip("")

    def _say_here(self, look: str, text: str) -> None:
        self._last = (look, text)
        self._say(self._here, look, text)

    def _say_done(self, look: str, text: str) -> None:
        self._last_done = (look, text)
        self._show_last()

    def _show_last(self) -> None:
        self._telling.stop()
        self._say(self._done, *self._last_done)

    def _say(self, place: QLabel, look: str, text: str) -> None:
        place.setObjectName(look)
        place.setText(text)
        place.setToolTip(plain_tip(text if place is self._done else ""))
        # An empty label would push the others from the edge.
        place.setVisible(bool(text))
        self.style().unpolish(place)
        self.style().polish(place)


def _who(others: str) -> str:
    return f"{others.rpartition('が（')[0]}も開いています" if others else "自分だけが開いています"
