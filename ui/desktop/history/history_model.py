"""The log, newest first, as a list model."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from app.changes.history import Entry
from app.changes.log_filter import LogFilter
from app.forms.marks import unmarked
from app.plan.plan import Plan
from app.plan.search import fold
from ui.change_words import (
    entry_time,
    entry_words,
    labels_of,
    place_words,
    seen_changes,
    value_words,
)

Index = QModelIndex | QPersistentModelIndex
ENTRY: Final = Qt.ItemDataRole.UserRole
EVERYTHING: Final = LogFilter()
# So many entries take about 10 ms: nobody notices.
READ_AT_ONCE: Final = 60
_PAUSE_MS: Final = 5
_NOWHERE: Final = QModelIndex()


class HistoryModel(QAbstractListModel):
    """Entries of the log: what was done, where, when and by whom."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._labels: dict[str, str] = {}
        self._entries: tuple[Entry, ...] = ()
        # The last entry grows while typing goes on; its time says which it is.
        self._texts: dict[tuple[int, datetime], str] = {}
        self._unread: list[Entry] = []
        self._reading = QTimer(self)
        self._reading.setInterval(_PAUSE_MS)
        self._reading.timeout.connect(self._read_some)

    def show(self, plan: Plan, entries: tuple[Entry, ...], wanted: LogFilter = EVERYTHING) -> None:
        """Show what matches of a log; the names in it are those of the plan as it is now."""
        self.beginResetModel()
        self._plan, self._labels = plan, labels_of(plan)
        self._entries = wanted.matching(plan, entries, self._said)[::-1]
        self.endResetModel()
        self._unread = [entry for entry in entries if _key(entry) not in self._texts]
        self._reading.start()

    def _read_some(self) -> None:
        """While nothing else is to do, read for the search to come."""
        some, self._unread = self._unread[-READ_AT_ONCE:], self._unread[:-READ_AT_ONCE]
        for entry in some:
            self._said(entry)
        if not self._unread:
            self._reading.stop()

    def _said(self, entry: Entry) -> str:
        """All that an entry says, folded."""
        known = self._texts.get(_key(entry))
        if known is None:
            known = self._texts[_key(entry)] = fold(self._everything(entry))
        return known

    def _everything(self, entry: Entry) -> str:
        assert self._plan is not None
        plan, parts = self._plan, [entry_words(entry), entry_time(entry)]
        for change in seen_changes(entry):
            parts += place_words(plan, change, self._labels)
            of = (change.entity, change.field)
            sides = (value_words(plan, side, "\n", *of) for side in (change.before, change.after))
            parts += (unmarked(words).plain for words in sides)
        return "\x00".join(parts)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Three lines for a person, the entry itself for the view."""
        if not index.isValid() or self._plan is None:
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry_words(entry)}\n{self._where(entry)}\n{entry_time(entry)}"
        return None

    def _where(self, entry: Entry) -> str:
        assert self._plan is not None
        changes = seen_changes(entry) or list(entry.changes)
        if not changes:
            return ""
        more = f"　ほか{len(changes) - 1}か所" if len(changes) > 1 else ""
        return " ＞ ".join(place_words(self._plan, changes[0], self._labels)) + more


def _key(entry: Entry) -> tuple[int, datetime]:
    return entry.sequence, entry.at
