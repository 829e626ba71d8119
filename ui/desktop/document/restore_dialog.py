"""Going back to an earlier state: which copies there are, and what going back would change."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import ChangeSet
from app.errors import KeikakuError
from app.plan.periods.fiscal_year import date_name
from app.plan.plan import Plan
from app.ports import Copy
from ui.change_words import UNSEEN
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.parts import label, verb_or_back, within
from ui.desktop.theme import Theme
from ui.desktop.waiting import waited

_MOST: Final = 60


class RestoreDialog(QDialog):
    """The copies of a document, latest first, each with what going back to it changes."""

    def __init__(
        self,
        parent: QWidget,
        plan: Plan,
        copies: Sequence[Copy],
        restoring: Callable[[Copy], ChangeSet],
        theme: Theme,
    ) -> None:
        """`restoring` gives the edit that goes back to a copy, or raises KeikakuError."""
        super().__init__(parent)
        self._plan, self._copies, self._restoring, self._theme = plan, copies, restoring, theme
        self.edit: ChangeSet | None = None
        self.setWindowTitle("控えに戻す")
        self.resize(within(parent, theme, 980, 620))
        self.list = QListWidget()
        self.list.setAccessibleName("控えの一覧")
        self.list.setSpacing(theme.px(3))
        self.said = label()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        buttons, self.doing = verb_or_back(self, "この内容に戻す")
        self._lay_out(buttons)
        self.list.currentRowChanged.connect(self._show)
        self.list.addItems([_words(copy) for copy in copies])
        self.list.setCurrentRow(0)

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        preview = QVBoxLayout()
        preview.addWidget(self.said)
        preview.addWidget(self.area, 1)
        sides = QHBoxLayout()
        sides.addWidget(self.list, 1)
        sides.addLayout(preview, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addLayout(sides, 1)
        column.addWidget(buttons)

    def _show(self, row: int) -> None:
        try:
            copy = self._copies[row]
            words = "控えを読んでいます…"
            self.edit, problem = waited(self, words, lambda: self._restoring(copy)), ""
        except KeikakuError as error:
            self.edit, problem = None, str(error)
        shown = [change for change in self.edit or () if change.field not in UNSEEN]
        more = f"（はじめの{_MOST}か所だけを表示しています）" if len(shown) > _MOST else ""
        told = f"戻すと{len(shown)}か所が変わります{more}。" if shown else "いまの内容と同じです。"
        self.said.setText(problem or told)
        self.doing.setEnabled(bool(self.edit))
        holder = QWidget()
        places = QVBoxLayout(holder)
        places.setSpacing(self._theme.px(8))
        for change in shown[:_MOST]:
            places.addWidget(ChangeWidget(self._plan, change, self._theme, False))
        places.addStretch(1)
        self.area.setWidget(holder)


def _words(copy: Copy) -> str:
    return f"{date_name(copy.at.date())} {copy.at:%H:%M:%S}"
