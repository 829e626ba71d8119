"""The status line: what is saved, where, and what was just done."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar

from app.changes.history import Entry
from ui.desktop.parts import label
from ui.desktop.theme import Theme

_DONE = {"do": "直前の操作：{}", "undo": "元に戻しました：{}", "redo": "やり直しました：{}"}


class SaveStatus(QStatusBar):
    """Says 保存済み only after the file has answered."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self._state, self._done = label(look="saved"), label(look="quietLabel")
        self._path, self._zoom = label(look="quietLabel"), label(look="quietLabel")
        self.show_zoom(theme)
        self.addWidget(self._state)
        self.addWidget(self._done)
        self.addPermanentWidget(self._path)
        self.addPermanentWidget(self._zoom)

    def show_zoom(self, theme: Theme) -> None:
        """The window is shown at this zoom."""
        self._zoom.setText(f"{round(theme.zoom * 100)}%")

    def show_open(self, path: str) -> None:
        """A plan has been opened from its file."""
        self._show_state("saved", "● 保存済み")
        metrics = self.fontMetrics()
        self._path.setText(metrics.elidedText(path, Qt.TextElideMode.ElideMiddle, 520))
        self._path.setToolTip(path)
        self._done.clear()

    def show_entry(self, entry: Entry) -> None:
        """An edit has been kept in the file."""
        self._show_state("saved", f"● 保存済み {entry.at:%H:%M}")
        self._done.setText(_DONE[entry.action].format(entry.changes.label))

    def show_failure(self) -> None:
        """The last edit was not kept."""
        now = datetime.now().astimezone()
        self._show_state("trouble", f"▲ 最後の操作は保存されていません {now:%H:%M}")
        self._done.clear()

    def show_nothing(self) -> None:
        """No plan is open."""
        for each in (self._state, self._done, self._path):
            each.clear()

    def _show_state(self, look: str, text: str) -> None:
        self._state.setObjectName(look)
        self._state.setText(text)
        self.style().unpolish(self._state)
        self.style().polish(self._state)
