"""Numbers the plan anew, after showing every number that changes."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.edits.renumber import Renumbered, preview
from app.plan.numbering import SCHEMES, NumberingRule, learned_rule, read_rule
from app.plan.plan import Plan
from ui.change_words import labels_of
from ui.desktop.parts import label, plain_tip, verb_or_back
from ui.desktop.theme import Theme

LEARNED: Final = "（この計画の番号から読み取った付け方です。）"
HEADS: Final = ("いまの番号", "新しい番号", "取組", "文中の番号")


class RenumberDialog(QDialog):
    """How numbers are made, and what that changes. `accept` means that a person wants it."""

    def __init__(self, parent: QWidget, plan: Plan, theme: Theme) -> None:
        super().__init__(parent)
        self._plan, self._theme, self._labels = plan, theme, labels_of(plan)
        self.setWindowTitle("番号を付け直す")
        self.resize(theme.px(860), theme.px(580))
        kept = read_rule(plan.profile.numbering)
        self._learned = None if kept else learned_rule(plan)
        kept = kept or self._learned or NumberingRule()
        self.scheme = QComboBox()
        for key, word in SCHEMES.items():
            self.scheme.addItem(word, key)
        self.scheme.setCurrentIndex(self.scheme.findData(kept.scheme))
        self.relistings = QCheckBox("再掲にも番号を付ける")
        self.relistings.setChecked(kept.counts_relistings)
        self.gaps = QCheckBox("合っている番号と欠番をそのまま残す")
        self.gaps.setChecked(kept.keeps_gaps)
        self.changes, self.said = QTreeWidget(), label(look="quietLabel")
        self._buttons, self.doing = verb_or_back(self, "付け直す")
        self._lay_out()
        self._connect()
        self.show_changes()

    def _lay_out(self) -> None:
        self.scheme.setAccessibleName("番号の付け方")
        self.changes.setAccessibleName("変わる番号")
        self.changes.setHeaderLabels(HEADS)
        self.changes.setRootIsDecorated(False)
        self.changes.setUniformRowHeights(True)
        for place, width in enumerate((110, 110, 330)):
            self.changes.setColumnWidth(place, self._theme.px(width))
        self.changes.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        rows = QFormLayout()
        rows.addRow("番号の付け方", self.scheme)
        rows.addRow("", self.relistings)
        rows.addRow("", self.gaps)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addLayout(rows)
        column.addWidget(self.said)
        column.addWidget(self.changes, 1)
        column.addStretch()
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self.scheme.currentIndexChanged.connect(self.show_changes)
        for tick in (self.relistings, self.gaps):
            tick.toggled.connect(self.show_changes)

    @property
    def rule(self) -> NumberingRule:
        """The rule that was chosen."""
        return NumberingRule(
            self.scheme.currentData(), self.relistings.isChecked(), self.gaps.isChecked()
        )

    @property
    def _origin(self) -> str:
        """Where the rule is from, as long as it is what the dialog began with."""
        is_habit = self._learned == self.rule and any(
            initiative.number for initiative in self._plan.initiatives.values()
        )
        return LEARNED if is_habit else ""

    def show_changes(self) -> None:
        """Show every number that the chosen rule changes."""
        changed = preview(self._plan, self.rule, self._labels)
        self.changes.clear()
        self.changes.addTopLevelItems([_row(one) for one in changed])
        self.changes.setVisible(bool(changed))
        self.said.setText(
            f"{len(changed)}件の番号が変わります。「元に戻す」で一度に戻せます。{self._origin}"
            if changed
            else f"番号は、もうこの付け方の通りです。{self._origin}"
        )
        self.doing.setEnabled(bool(changed))


def _row(one: Renumbered) -> QTreeWidgetItem:
    mentions = "、".join(one.mentions)
    told = (
        f"合わせて直します：{mentions}"
        if one.follows
        else f"同じ番号が複数あり、直しません：{mentions}"
    )
    row = QTreeWidgetItem([one.before or "（なし）", one.after, one.name, told if mentions else ""])
    for column in range(len(HEADS)):
        row.setToolTip(column, plain_tip(row.text(column)))
    row.setFlags(row.flags() | Qt.ItemFlag.ItemNeverHasChildren)
    return row
