"""The history view: the log at the left, what an entry changed at the right."""

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import Change, ChangeSet
from app.changes.history import Entry
from app.edits.restoring import restore
from app.plan.plan import Plan
from ui.change_words import entry_time, entry_words, seen_changes
from ui.desktop.delegates.entry_delegate import EntryDelegate
from ui.desktop.history.change_widget import ChangeWidget
from ui.desktop.models.history_model import ENTRY, HistoryModel
from ui.desktop.parts import label
from ui.desktop.session_signals import SessionSignals
from ui.desktop.theme import Theme

# An import touches everything; a person reads the first of it.
MOST = 50


class HistoryWidget(QWidget):
    """Who, when, what; each field can be put back to what it was."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self._signals, self._theme = signals, theme
        self._model = HistoryModel(self)
        self.entries, self._painter = QListView(), EntryDelegate(theme)
        self._details = QVBoxLayout()
        self.changes: list[ChangeWidget] = []
        self._lay_out()
        signals.changed.connect(self.refresh)
        self.entries.selectionModel().currentChanged.connect(self._show_entry)

    def _lay_out(self) -> None:
        theme = self._theme
        self.entries.setObjectName("log")
        self.entries.setModel(self._model)
        self.entries.setAccessibleName("変更の履歴")
        self.entries.setUniformItemSizes(True)
        self.entries.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.entries.setItemDelegate(self._painter)
        holder = QWidget()
        holder.setLayout(self._details)
        self._details.setContentsMargins(theme.px(12), 0, theme.px(4), 0)
        self._details.setSpacing(theme.px(8))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(self.entries)
        both.addWidget(area)
        both.setSizes([theme.px(420), theme.px(800)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)

    def refresh(self) -> None:
        """Show the log as it is; while nobody looks, wait until somebody does."""
        if self.isVisible():
            session = self._signals.session
            self._model.show(session.plan, session.history.entries)
            self.entries.setCurrentIndex(self._model.index(0))
            self._show_entry(self.entries.currentIndex())

    def _show_entry(self, index: QModelIndex) -> None:
        self._clear()
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            self._details.addWidget(label("まだ変更はありません。", "quietLabel"))
        else:
            self._add_details(entry)
        self._details.addStretch(1)

    def _clear(self) -> None:
        self.changes = []
        while (item := self._details.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_details(self, entry: Entry) -> None:
        self._details.addWidget(label(entry_words(entry), "heading"))
        self._details.addWidget(label(entry_time(entry), "quietLabel"))
        changes = seen_changes(entry)
        for change in changes[:MOST]:
            self._details.addWidget(self._change(change, entry))
        if len(changes) > MOST:
            self._details.addWidget(
                label(f"ほかに{len(changes) - MOST}か所あります。", "quietLabel")
            )
        if not changes:
            is_start = entry.action == "open"
            words = "ここから記録が始まります。" if is_start else "並び順だけが変わりました。"
            self._details.addWidget(label(words, "quietLabel"))

    def _change(self, change: Change, entry: Entry) -> ChangeWidget:
        def back(plan: Plan) -> ChangeSet:
            return restore(plan, change, entry.changes)

        plan = self._signals.plan
        widget = ChangeWidget(plan, change, self._theme, bool(back(plan).changes))
        widget.restored.connect(lambda: self._signals.do(back))
        self.changes.append(widget)
        return widget

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has been done meanwhile."""
        super().showEvent(event)
        self.refresh()

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(self._theme.px(1000), self._theme.px(500))
