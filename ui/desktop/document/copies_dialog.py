"""Which earlier state a damaged document is replaced by."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from app.changes.history import History
from app.errors import KeikakuError
from app.plan.periods.fiscal_year import date_name
from app.ports import Copy
from ui.change_words import entry_time, entry_words
from ui.desktop.parts import label, verb_or_back
from ui.desktop.waiting import waited


class CopiesDialog(QDialog):
    """The copies of a document, latest first; each is looked through when it is chosen."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        copies: Sequence[Copy],
        peek: Callable[[Copy], History],
    ) -> None:
        """`peek` gives the log of a copy, or raises KeikakuError where it is damaged too."""
        super().__init__(parent)
        self._copies, self._peek = copies, peek
        self.copy: Copy | None = None
        self.setWindowTitle("控えから元に戻す")
        self.resize(560, 420)
        self.list = QListWidget()
        self.list.setAccessibleName("控えの一覧")
        self.list.setSpacing(4)
        self.said = label()
        self.said.setWordWrap(True)
        buttons, self.doing = verb_or_back(self, "この控えで開く")
        told = label(f"こわれた「{name}」をこのPCに残したうえで、選んだ控えに置きかえます。")
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        for widget in (told, self.list, self.said, buttons):
            column.addWidget(widget)
        self.list.currentRowChanged.connect(self._show)
        self.list.addItems([f"{date_name(c.at.date())} {c.at:%H:%M:%S}" for c in copies])
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        copy = self._copies[row]
        try:
            log = waited(self, "控えを確かめています…", lambda: self._peek(copy))
            last = log.entries[-1]
            words = f"こわれていません。最後の変更：{entry_words(last)}（{entry_time(last)}）"
            self.copy = copy
        except KeikakuError as error:
            words, self.copy = str(error), None
        self.said.setText(words)
        self.doing.setEnabled(self.copy is not None)
