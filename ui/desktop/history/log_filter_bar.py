"""Above the log: what of it is shown."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from app.changes.log_filter import LogFilter
from app.plan.lists.lookup import display_name
from app.plan.plan import Plan
from ui.desktop.parts import label
from ui.desktop.theme import Theme

EVERYBODY: Final = "すべての人"
PERIODS: Final = (("すべての日", None), ("今日", 0), ("この7日", 6), ("この30日", 29))
"""Words, and how many days before today the period begins."""
_PAUSE_MS: Final = 150


class LogFilterBar(QWidget):
    """Words, a person, a period, and the one initiative whose history a person asked for."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.filter = LogFilter()
        self.query, self.author, self.period = QLineEdit(), QComboBox(), QComboBox()
        self.only, self._count = QToolButton(), label(look="count")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        self.query.setPlaceholderText("取組・欄・内容・日付でさがす")
        self.query.setClearButtonEnabled(True)
        self.query.setMaximumWidth(theme.px(360))
        self.period.addItems([word for word, _ in PERIODS])
        self.only.setObjectName("chip")
        self.only.setToolTip("この取組だけの表示をやめます")
        self.only.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for word, field in (
            ("履歴をさがす", self.query),
            ("人", self.author),
            ("期間", self.period),
        ):
            field.setAccessibleName(word)
            row.addWidget(field, 1 if field is self.query else 0)
        row.addWidget(self.only)
        row.addStretch(1)
        row.addWidget(self._count)

    def _connect(self) -> None:
        self.query.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._take)
        self.author.activated.connect(self._take)
        self.period.activated.connect(self._take)
        self.only.clicked.connect(lambda: self._set(replace(self.filter, initiative="")))

    def offer_authors(self, names: list[str]) -> None:
        """Offer these people."""
        self.author.clear()
        self.author.addItems([EVERYBODY, *names])
        self.author.setCurrentText(self.filter.author or EVERYBODY)

    def show_counts(self, plan: Plan, shown: int, everything: int) -> None:
        """Say how many of how many entries there are, and which initiative alone is shown."""
        initiative = plan.initiatives.get(self.filter.initiative)
        self.only.setVisible(bool(self.filter.initiative))
        self.only.setText(f"{display_name(initiative) if initiative else '削除した取組'}だけ ✕")
        self._count.setText(f"{everything}件中 {shown}件")

    def show_only(self, initiative: str) -> None:
        """Show the history of one initiative, whole."""
        self.query.blockSignals(True)
        self.query.clear()
        self.query.blockSignals(False)
        self.author.setCurrentIndex(0)
        self.period.setCurrentIndex(0)
        self._set(LogFilter(initiative=initiative))

    def _take(self) -> None:
        days = PERIODS[self.period.currentIndex()][1]
        since = None if days is None else date.today() - timedelta(days=days)
        author = self.author.currentText() if self.author.currentIndex() > 0 else ""
        query = self.query.text().strip()
        self._set(replace(self.filter, query=query, author=author, since=since))

    def _set(self, wanted: LogFilter) -> None:
        if wanted != self.filter:
            self.filter = wanted
            self.changed.emit()
