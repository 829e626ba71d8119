"""One conflict: before, ours and theirs side by side, and what a person wants."""

from contextlib import suppress
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
)

from app.changes.change import WHOLE, Value
from app.changes.merge import KeptConflict
from app.edits.deciding import Choice, Kind, is_text
from app.errors import KeikakuError
from app.plan.plan import Plan
from ui.change_words import labels_of, place_words, value_words
from ui.desktop.fields.bold_field import BoldField
from ui.desktop.fields.destinations import KeptWords
from ui.desktop.fields.marked_text import MarkedText
from ui.desktop.parts import label
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme

REWRITTEN: Final = "統合の書き直し"
"""What is written instead of both sides is kept by this name until the conflict is decided."""
_WORDS: Final[dict[Kind, str]] = {
    "ours": "自分の内容にする",
    "theirs": "相手の内容にする",
    "both": "両方を続けて残す",
    "typed": "書き直す",
}


class ConflictWidget(QFrame):
    """What differs from before is marked; nothing is chosen until a person chooses."""

    decided = Signal()

    def __init__(self, plan: Plan, kept: KeptConflict, edits: PendingEdits, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.kept, self._plan, self._theme = kept, plan, theme
        self.buttons: dict[Kind, QRadioButton] = {}
        self.typed = BoldField(edits, theme)
        self.typed.setFixedHeight(theme.px(84))
        self.typed.setAccessibleName("書き直す内容")
        self.typed.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        where = " ＞ ".join(place_words(plan, kept.conflict, labels_of(plan)))
        self._unfinished = KeptWords(edits.words, f"{REWRITTEN} ＞ {where}")
        self.typed.pending.stand_for(self._unfinished)
        head = label(where, "fieldName")
        head.setWordWrap(True)
        column.addWidget(head)
        column.addLayout(self._sides())
        column.addLayout(self._choices())
        column.addWidget(self.typed)

    def _sides(self) -> QHBoxLayout:
        conflict = self.kept.conflict
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        for word, value in (
            ("変わる前", conflict.base), ("自分", conflict.ours), ("相手", conflict.theirs)
        ):  # fmt: skip
            row.addLayout(self._side(word, value), 1)
        return row

    def _side(self, word: str, value: Value) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(self._theme.px(2))
        side.addWidget(label(word, "quietLabel"))
        text = MarkedText(self._theme)
        text.setAccessibleName(word)
        text.show_change(self._words(self.kept.conflict.base), self._words(value))
        side.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
        side.addStretch(1)
        return side

    def _words(self, value: Value) -> str:
        field = self.kept.conflict.field
        words = value_words(self._plan, value, "\n", self.kept.conflict.entity, field)
        return words or ("（ありません）" if field == WHOLE and value is None else words)

    def _choices(self) -> QHBoxLayout:
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(self._theme.px(16))
        for kind, word in _WORDS.items():
            if kind in ("ours", "theirs") or is_text(self.kept.conflict):
                made = QRadioButton(word)
                group.addButton(made)
                made.toggled.connect(self._show_typed)
                self.buttons[kind] = made
                row.addWidget(made)
        row.addStretch(1)
        return row

    def _show_typed(self) -> None:
        types = "typed" in self.buttons and self.buttons["typed"].isChecked()
        if types and not self.typed.toPlainText():
            self.typed.show_text(self._unfinished.kept() or str(self.kept.conflict.ours))
        self.typed.setVisible(types)
        self.decided.emit()

    def choice(self) -> Choice | None:
        """What was chosen, None for nothing yet."""
        for kind, button in self.buttons.items():
            if button.isChecked():
                return Choice(self.kept, kind, self.typed.text())
        return None

    def finish_typing(self, *, is_used: bool) -> None:
        """Keep what was typed until the conflict is decided."""
        if is_used and self.choice() is not None:
            self.typed.pending.discard()
            with suppress(KeikakuError):
                self._unfinished.forget()
        else:
            self.typed.pending.commit()
