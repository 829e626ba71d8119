"""What a merge brought in, and what it leaves to be decided."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import ChangeSet
from app.changes.merge import KeptConflict
from app.edits.deciding import Choice
from app.plan.plan import Plan
from ui.change_words import UNSEEN
from ui.desktop.dialogs.conflict_widget import ConflictWidget
from ui.desktop.history.change_widget import ChangeWidget
from ui.desktop.parts import label
from ui.desktop.theme import Theme

MOST: Final = 60


class MergeDialog(QDialog):
    """Conflicts first, each to be decided now or later; below them what came in by itself."""

    def __init__(
        self,
        parent: QWidget,
        plan: Plan,
        came: ChangeSet,
        conflicts: Sequence[KeptConflict],
        verb: str,
        theme: Theme,
    ) -> None:
        """`verb` is what `accept` does, as a button says it."""
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("変更の統合")
        self.resize(theme.px(980), theme.px(620))
        self.conflicts = [ConflictWidget(plan, kept, theme) for kept in conflicts]
        shown = [change for change in came if change.field not in UNSEEN]
        self.came = [ChangeWidget(plan, change, theme, False) for change in shown[:MOST]]
        self._count = label(look="quietLabel")
        self.buttons = QDialogButtonBox()
        self.doing = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("あとで", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(len(shown))
        for widget in self.conflicts:
            widget.decided.connect(self._show_count)
        self._show_count()

    def _lay_out(self, found: int) -> None:
        holder = QWidget()
        places = QVBoxLayout(holder)
        places.setContentsMargins(0, 0, self._theme.px(8), 0)
        places.setSpacing(self._theme.px(8))
        if self.conflicts:
            places.addWidget(label("両方で変わったところ", "heading"))
        for widget in self.conflicts:
            places.addWidget(widget)
        if self.came:
            places.addWidget(label(f"取り込んだ変更 {found}か所", "heading"))
        for change in self.came:
            places.addWidget(change)
        if found > MOST:
            places.addWidget(label(f"ほかに{found - MOST}か所あります。", "quietLabel"))
        places.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addWidget(self._count)
        column.addWidget(area, 1)
        column.addWidget(self.buttons)

    def decisions(self) -> dict[int, Choice]:
        """What was decided, by the conflicts' numbers."""
        made = ((widget.kept.number, widget.choice()) for widget in self.conflicts)
        return {number: choice for number, choice in made if choice is not None}

    def _show_count(self) -> None:
        left = len(self.conflicts) - len(self.decisions())
        if not self.conflicts:
            words = "ほかの人の変更を取り込みました。同じところを両方で変えた項目はありません。"
        elif left:
            words = (
                f"同じところを両方で変えた項目が、あと{left}か所あります。"
                "決めるまでは自分の内容のままで、相手の内容も残ります。"
            )
        else:
            words = "すべて決まりました。この決定は「元に戻す」で一度に戻せます。"
        self._count.setText(words)
