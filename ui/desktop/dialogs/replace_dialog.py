"""Replaces words all over the plan, after showing every place."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import Change, ChangeSet
from app.edits.replacing import replace_words
from app.plan.plan import Plan
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.parts import label, verb_or_back
from ui.desktop.theme import Theme

MOST = 100
PAUSE_MS = 200


class ReplaceDialog(QDialog):
    """Two words, and what would change. `accept` means that a person wants it."""

    def __init__(self, parent: QWidget, plan: Plan, theme: Theme) -> None:
        super().__init__(parent)
        self._plan, self._theme = plan, theme
        self._edit, self._ticks = ChangeSet(""), list[QCheckBox]()
        self.setWindowTitle("置換")
        self.resize(theme.px(820), theme.px(560))
        self.old, self.new = QLineEdit(), QLineEdit()
        self._count, self._places = label(look="quietLabel"), QVBoxLayout()
        self._buttons, self.doing = verb_or_back(self, "すべて置換")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()
        self.show_places()

    def _lay_out(self) -> None:
        rows = QFormLayout()
        for word, field in (("さがす語", self.old), ("置きかえる語", self.new)):
            field.setAccessibleName(word)
            rows.addRow(word, field)
        holder = QWidget()
        holder.setLayout(self._places)
        self._places.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addLayout(rows)
        column.addWidget(self._count)
        column.addWidget(area, 1)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        for field in (self.old, self.new):
            field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.show_places)

    def show_places(self) -> None:
        """Show every place that would change."""
        while (item := self._places.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._edit = replace_words(self._plan, self.old.text(), self.new.text())
        self._ticks = [self._place(change) for change in self._edit.changes[:MOST]]
        self._places.addStretch(1)
        self._count_chosen()

    def _place(self, change: Change) -> QCheckBox:
        tick = QCheckBox("ここを置きかえる")
        tick.setChecked(True)
        tick.toggled.connect(self._count_chosen)
        self._places.addWidget(tick)
        self._places.addWidget(ChangeWidget(self._plan, change, self._theme, False))
        return tick

    def edit(self) -> ChangeSet:
        """The replacement without the places that a person took out."""
        changes = self._edit.changes
        chosen = [c for c, tick in zip(changes, self._ticks, strict=False) if tick.isChecked()]
        return ChangeSet(self._edit.label, (*chosen, *changes[len(self._ticks) :]))

    def _count_chosen(self) -> None:
        count = len(self.edit())
        self._count.setText(_count_words(count, len(self._edit), self.old.text()))
        self.doing.setEnabled(bool(count))


def _count_words(count: int, found: int, old: str) -> str:
    if not old:
        return "計画全体の文章から、書かれているとおりの語をさがして置きかえます。"
    if not found:
        return f"「{old}」は見つからないか、置きかえても変わりません。"
    more = f"（はじめの{MOST}か所だけを表示しています）" if found > MOST else ""
    return f"{found}か所のうち{count}か所を置きかえます。「元に戻す」で一度に戻せます。{more}"
