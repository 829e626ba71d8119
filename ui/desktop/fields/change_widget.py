"""One change: where it is, the text with its changed characters marked, a way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.changes.change import WHOLE, Change
from app.plan.plan import Plan
from ui.change_words import labels_of, place_words, value_words
from ui.desktop.fields.marked_text import MarkedText
from ui.desktop.parts import label
from ui.desktop.theme import Theme


class ChangeWidget(QFrame):
    """What was taken away is struck through, what was added is underlined."""

    restored = Signal()
    """A person wants to have back what was there before."""

    def __init__(self, plan: Plan, change: Change, theme: Theme, can_restore: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._theme = theme
        of = (change.entity, change.field)
        before = value_words(plan, change.before, "\n", *of)
        after = value_words(plan, change.after, "\n", *of)
        self.text = MarkedText(theme)
        self.text.show_change(before, after)
        self.button = QPushButton("この前の内容に戻す")
        self.button.setVisible(can_restore)
        self.button.clicked.connect(self.restored)
        where = label(" ＞ ".join(place_words(plan, change, labels_of(plan))), "fieldName")
        where.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(where, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.addLayout(head)
        if change.field == WHOLE:
            column.addWidget(label("削除しました" if change.after is None else "追加しました"))
        column.addWidget(self.text)
