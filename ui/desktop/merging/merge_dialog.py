"""The merge view: what others changed, taken unless refused, and what is to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import Change, ChangeSet, apply
from app.changes.diff import diff
from app.changes.exclusion import exclude_changes, roots
from app.changes.merge import KeptConflict
from app.edits.deciding import Choice, by_now, decide
from app.forms.returned import Unread
from app.plan.plan import Plan
from ui.change_words import UNSEEN
from ui.desktop.fields.change_widget import ChangeWidget
from ui.desktop.merging.conflict_widget import ConflictWidget
from ui.desktop.parts import label, within
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme

MOST: Final = 40
"""So many changes are shown at once; the others on demand."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a merge view is about.

    `came` are the changes of others; `is_in`: the plan has them already, so refusing one puts
    ours back. `outside` and `unread` are only listed. `verb` is what accepting does.
    """

    verb: str
    came: ChangeSet
    conflicts: Sequence[KeptConflict] = ()
    is_in: bool = False
    outside: ChangeSet = field(default_factory=lambda: ChangeSet("範囲の外"))
    unread: Sequence[Unread] = ()


class MergeDialog(QDialog):
    """Conflicts first, each to be decided now or later; below them what came."""

    def __init__(
        self, parent: QWidget, edits: PendingEdits, plan: Plan, matter: Matter, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._plan, self._matter, self._theme = plan, matter, theme
        self.setWindowTitle("変更の統合")
        self.resize(within(parent, theme, 980, 620))
        self.conflicts = [
            ConflictWidget(plan, by_now(plan, kept), edits, theme) for kept in matter.conflicts
        ]
        self._left = [c for c in roots(matter.came) if c.field not in UNSEEN]
        self._found = len(self._left)
        self.ticks: dict[Change, QCheckBox] = {}
        self._count = label(look="quietLabel")
        self._count.setWordWrap(True)
        self._changes = QVBoxLayout()
        self.more = QPushButton()
        self.more.clicked.connect(self.show_more)
        self.buttons = QDialogButtonBox()
        self.doing = self.buttons.addButton(matter.verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("あとで", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        for widget in self.conflicts:
            widget.decided.connect(self._show_count)
        self.show_more()

    def _lay_out(self) -> None:
        holder = QWidget()
        places = QVBoxLayout(holder)
        places.setContentsMargins(0, 0, self._theme.px(8), 0)
        places.setSpacing(self._theme.px(8))
        if self.conflicts:
            places.addWidget(label("両方で変わったところ", "heading"))
        for widget in self.conflicts:
            places.addWidget(widget)
        if self._found:
            word = "取り込んだ変更" if self._matter.is_in else "取り込む変更"
            places.addWidget(label(f"{word} {self._found}か所", "heading"))
        self._changes.setSpacing(self._theme.px(8))
        places.addLayout(self._changes)
        places.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_left_out(places)
        places.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addWidget(self._count)
        column.addWidget(area, 1)
        column.addWidget(self.buttons)

    def _add_left_out(self, places: QVBoxLayout) -> None:
        """What is not taken, whatever is ticked."""
        outside = [c for c in roots(self._matter.outside) if c.field not in UNSEEN]
        if outside:
            words = f"渡した範囲の外の変更 {len(outside)}か所（取り込みません）"
            places.addWidget(label(words, "heading"))
        for change in outside[:MOST]:
            places.addWidget(ChangeWidget(self._plan, change, self._theme, False))
        if self._matter.unread:
            places.addWidget(label(f"読めなかった所 {len(self._matter.unread)}か所", "heading"))
        for place in self._matter.unread[:MOST]:
            told = label(f"{place.sheet} {place.cell}　{place.why}")
            told.setWordWrap(True)
            places.addWidget(told)

    def show_more(self) -> None:
        """Show the next changes."""
        shown, self._left = self._left[:MOST], self._left[MOST:]
        for change in shown:
            self._changes.addLayout(self._row(change))
        self.more.setText(f"続きを表示（あと{len(self._left)}か所）")
        self.more.setVisible(bool(self._left))
        self._show_count()

    def _row(self, change: Change) -> QHBoxLayout:
        tick = QCheckBox("取り込む")
        tick.setChecked(True)
        widget = ChangeWidget(self._plan, change, self._theme, False)
        tick.toggled.connect(widget.setEnabled)
        tick.toggled.connect(self._show_count)
        self.ticks[change] = tick
        row = QHBoxLayout()
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(widget, 1)
        return row

    def refused(self) -> list[Change]:
        """The changes that a person does not want."""
        return [change for change, tick in self.ticks.items() if not tick.isChecked()]

    def choices(self) -> list[Choice]:
        """What was decided."""
        made = (widget.choice() for widget in self.conflicts)
        return [choice for choice in made if choice is not None]

    def edit(self, plan: Plan) -> ChangeSet:
        """The edit that a person wants, for the plan as it is."""
        came = self._matter.came
        if self._matter.is_in:
            mine = apply(plan, came.inverted())
            kept = apply(mine, exclude_changes(mine, came, self.refused()))
            taken = ChangeSet("取り込まない変更を戻す", tuple(diff(plan, kept)))
        else:
            taken = exclude_changes(plan, came, self.refused())
        decided = decide(apply(plan, taken), self.choices())
        label = taken.label if taken.changes else decided.label
        changes = (*taken.changes, *decided.changes)
        return replace(decided, label=label, changes=changes)

    def _show_count(self) -> None:
        left, refused = len(self.conflicts) - len(self.choices()), len(self.refused())
        sentences = []
        if left:
            sentences.append(
                f"同じところを両方で変えた項目が、あと{left}か所あります。"
                "決めるまでは自分の内容のままで、相手の内容も残ります。"
            )
        elif self.conflicts:
            sentences.append("すべて決まりました。この決定は「元に戻す」で一度に戻せます。")
        else:
            sentences.append("同じところを両方で変えた項目はありません。")
        if refused and self._matter.is_in:
            sentences.append(
                f"しるしを外した{refused}か所は、「{self._matter.verb}」で自分の前の内容に戻します。"
                "相手の内容は履歴に残ります。"
            )
        elif refused:
            sentences.append(f"しるしを外した{refused}か所は取り込みません。")
        self._count.setText("".join(sentences))

    def done(self, result: int) -> None:
        """What was typed is used, or stays on this PC for the next time."""
        for widget in self.conflicts:
            widget.finish_typing(is_used=result == self.DialogCode.Accepted)
        super().done(result)
