"""The history view: the log at the left, what an entry changed at the right."""

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.changes.as_of import plan_until
from app.changes.change import Change, ChangeSet
from app.changes.deleted import with_deleted
from app.changes.history import Entry
from app.changes.log_filter import LogFilter, is_of, touched_initiatives
from app.edits.restoring import restore, restore_initiative
from app.plan.plan import Plan
from ui.change_words import entry_time, entry_words, seen_changes
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.history.entry_delegate import EntryDelegate
from ui.desktop.history.history_model import ENTRY, HistoryModel
from ui.desktop.history.log_filter_bar import LogFilterBar
from ui.desktop.parts import label
from ui.desktop.session_signals import SessionSignals
from ui.desktop.theme import Theme

# An import touches everything; a person reads the first of it.
MOST = 50
NO_MATCH = "条件に合う変更はありません。"


class HistoryWidget(QWidget):
    """Who, when, what; each field can be put back to what it was."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self._signals, self._theme = signals, theme
        self._model, self._named = HistoryModel(self), signals.plan
        self.entries, self._painter = QListView(), EntryDelegate(theme)
        self._area, self._details = QScrollArea(), QVBoxLayout()
        self.changes: list[ChangeWidget] = []
        self.whole: list[QPushButton] = []
        self.bar = LogFilterBar(theme)
        self._lay_out()
        signals.changed.connect(self.refresh)
        self.bar.changed.connect(self.refresh)
        self.entries.selectionModel().currentChanged.connect(self._show_entry)

    def _lay_out(self) -> None:
        theme = self._theme
        self.entries.setObjectName("log")
        self.entries.setModel(self._model)
        self.entries.setAccessibleName("変更の履歴")
        self.entries.setUniformItemSizes(True)
        self.entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entries.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.entries.setItemDelegate(self._painter)
        holder = QWidget()
        holder.setLayout(self._details)
        self._details.setContentsMargins(theme.px(12), 0, theme.px(4), 0)
        self._details.setSpacing(theme.px(8))
        self._area.setWidgetResizable(True)
        self._area.setWidget(holder)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.addWidget(self.entries)
        both.addWidget(self._area)
        both.setSizes([theme.px(420), theme.px(800)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.setFocusProxy(self.entries)
        column.addWidget(self.bar)
        column.addWidget(both, 1)

    def show_only(self, initiative: str) -> None:
        """Show what was done to one initiative."""
        self.bar.show_only(initiative)

    def refresh(self) -> None:
        """Show the log as it is; while nobody looks, wait until somebody does."""
        if not self.isVisible():
            return
        session = self._signals.session
        entries = session.history.entries
        self.bar.offer_authors(sorted({entry.author for entry in entries if entry.author}))
        self._named = with_deleted(session.plan, entries)
        self._model.show(self._named, entries, self.bar.filter)
        self.bar.show_counts(self._named, self._model.rowCount(), len(entries))
        self.entries.setCurrentIndex(self._model.index(0))
        self._show_entry(self.entries.currentIndex())

    def _show_entry(self, index: QModelIndex) -> None:
        self._clear()
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            words = "まだ変更はありません。" if self.bar.filter == LogFilter() else NO_MATCH
            self._details.addWidget(label(words, "quietLabel"))
        else:
            self._add_details(entry)
        self._details.addStretch(1)

    def _clear(self) -> None:
        self.changes = []
        focused = QApplication.focusWidget()
        if focused and self._area.isAncestorOf(focused):
            # Else the keyboard would go on to 元に戻す, unasked.
            self.entries.setFocus()
        while (item := self._details.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_details(self, entry: Entry) -> None:
        self._details.addWidget(label(entry_words(entry), "heading"))
        self._details.addWidget(label(entry_time(entry), "quietLabel"))
        self._add_whole(entry)
        changes, only = seen_changes(entry), self.bar.filter.initiative
        shown = [change for change in changes if not only or is_of(self._named, change, only)][
            :MOST
        ]
        for change in shown:
            self._details.addWidget(self._change(change, entry))
        if len(changes) > len(shown):
            rest = f"ほかに{len(changes) - len(shown)}か所あります。"
            self._details.addWidget(label(rest, "quietLabel"))
        if not shown:
            is_start = entry.action == "open"
            words = "ここから記録が始まります。" if is_start else "並び順だけが変わりました。"
            if entry.changes.decisions:
                words = "統合で決めた記録です。計画の内容は変わっていません。"
            self._details.addWidget(label(words, "quietLabel"))

    def _add_whole(self, entry: Entry) -> None:
        """Two ways to have back the one initiative that the entry, or the view, is about."""
        only = self.bar.filter.initiative
        touched = (only,) if only else touched_initiatives(self._named, entry)
        self.whole = []
        if len(touched) == 1:
            log = self._signals.session.history.entries
            place = next(n for n, one in enumerate(log) if one.sequence == entry.sequence)
            row = QHBoxLayout()
            row.addWidget(label("取組全体を、この変更の"))
            for word, kept in (("前", place), ("後", place + 1)):
                then = plan_until(self._signals.plan, log, kept)
                self.whole.append(self._whole_button(word, touched[0], then))
                row.addWidget(self.whole[-1])
            row.addStretch(1)
            holder = QWidget()
            row.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(row)
            self._details.addWidget(holder)

    def _whole_button(self, word: str, initiative: str, then: Plan) -> QPushButton:
        def back(plan: Plan) -> ChangeSet:
            return restore_initiative(plan, initiative, then)

        made = QPushButton(f"{word}に戻す")
        made.setAccessibleName(f"取組全体を、この変更の{word}に戻す")
        made.setEnabled(not self._signals.is_read_only and bool(back(self._signals.plan).changes))
        made.setToolTip(
            "" if made.isEnabled() else "いまの内容と同じか、その時には取組がありません。"
        )
        made.clicked.connect(lambda: self._signals.do(back))
        return made

    def _change(self, change: Change, entry: Entry) -> ChangeWidget:
        def back(plan: Plan) -> ChangeSet:
            return restore(plan, change, entry.changes)

        plan = self._signals.plan
        can_restore = not self._signals.is_read_only and bool(back(plan).changes)
        widget = ChangeWidget(self._named, change, self._theme, can_restore)
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
