"""Chooses the columns of the list; the choice is remembered on this PC."""

from typing import Final

from PySide6.QtWidgets import QMenu, QToolButton

from ui.desktop.list.initiative_table import InitiativeTable
from ui.desktop.list.table_model import COLUMNS, WIDEST
from ui.documents import Documents

KEPT: Final = "list_columns"
"""The setting that holds the headings of the chosen columns."""


class ColumnMenu(QToolButton):
    """A button with a menu of all columns, the shown ones ticked."""

    def __init__(self, table: InitiativeTable, documents: Documents) -> None:
        super().__init__()
        self._table, self._documents = table, documents
        self.setText("列を選ぶ ▾")
        self.setAccessibleName("列を選ぶ")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._entries = QMenu(self)
        self.setMenu(self._entries)
        self._entries.aboutToShow.connect(self._fill)
        kept = documents.setting(KEPT)
        if isinstance(kept, list):
            table.chosen = [str(word) for word in kept]

    def _fill(self) -> None:
        self._entries.clear()
        for column in self._table.rows.columns:
            action = self._entries.addAction(column.word.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(column.word in (*self._table.chosen, WIDEST))
            action.setEnabled(column.word != WIDEST)
            action.toggled.connect(lambda _, word=column.word: self.switch(word))
        self._entries.addSeparator()
        self._entries.addAction("はじめの列に戻す", lambda: self._choose([c.word for c in COLUMNS]))

    def switch(self, word: str) -> None:
        """Show a column, or no longer."""
        chosen = [each for each in self._table.chosen if each != word]
        self._choose(chosen if len(chosen) < len(self._table.chosen) else [*chosen, word])

    def _choose(self, words: list[str]) -> None:
        self._table.choose_columns(words)
        self._documents.keep_setting(KEPT, words)
