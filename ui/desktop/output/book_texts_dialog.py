"""The texts before and after the sheets of a book, to be written."""

from contextlib import suppress
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import ChangeSet
from app.documents.book.front_matter import MATTER, matter
from app.edits.matter import set_matter
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.forms.index_style import IndexStyle
from app.plan.entities import TEXT_PREFIX
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_blank_ends
from resources import form_texts
from ui.desktop.dialogs.messages import ask
from ui.desktop.fields.destinations import PlanText
from ui.desktop.fields.text_field import LinesField
from ui.desktop.parts import label
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

_LINES = {"preface": 7, "closing": 5}
_EMPTY = "空にすると、その部分は冊子に出ません。"
UNKEPT: Final = "書いた文を保存できませんでした。このまま閉じると、その部分は失われます。"


class BookTextsDialog(QDialog):
    """A field for each text."""

    def __init__(self, parent: QWidget, shared: SharedState, theme: Theme) -> None:
        super().__init__(parent)
        self._shared = shared
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("冊子の文")
        edits = shared.signals.pending
        self.fields = {name: LinesField(edits, theme, _LINES.get(name, 2)) for name in MATTER}
        self.backs = {name: QToolButton() for name in MATTER}
        self._lay_out(theme)
        for name, field in self.fields.items():
            words = f"冊子の文 ＞ {MATTER[name]}"
            write = partial(write_matter, name)
            field.pending.stand_for(PlanText(shared.signals, name, words, write))
            self.backs[name].clicked.connect(lambda _, name=name: self._go_back(name))
        shared.signals.changed.connect(self.refresh)
        self.refresh()
        self.resize(theme.px(620), theme.px(600))

    def _lay_out(self, theme: Theme) -> None:
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setSpacing(theme.px(4))
        rows.addWidget(label(_EMPTY, "quietLabel"))
        for name, word in MATTER.items():
            self.backs[name].setObjectName("link")
            self.backs[name].setText("計画から作る文に戻す")
            self.fields[name].setAccessibleName(word)
            head = QHBoxLayout()
            head.addWidget(label(word, "fieldName"))
            head.addStretch(1)
            head.addWidget(self.backs[name])
            rows.addSpacing(theme.px(8))
            rows.addLayout(head)
            rows.addWidget(self.fields[name])
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        closing = QDialogButtonBox()
        closing.addButton("閉じる", QDialogButtonBox.ButtonRole.RejectRole)
        closing.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(closing)

    def refresh(self) -> None:
        """Show the texts as they are; the one that is being written stays."""
        plan = self._shared.plan
        index = index_of(plan)
        for name, field in self.fields.items():
            field.pending.give(matter(plan, name, index))
            is_own = plan.profile.get(TEXT_PREFIX + name) is not None
            self.backs[name].setVisible(is_own)

    def _go_back(self, name: str) -> None:
        """Have the text made from the plan again."""
        self.fields[name].pending.discard()
        self._shared.signals.do(lambda plan: set_matter(plan, name, None))

    def done(self, result: int) -> None:
        """Keep what is being written before the dialog goes; it stays where that cannot be."""
        if self._shared.signals.pending.commit() or ask(self, UNKEPT, "閉じる"):
            super().done(result)


def write_matter(name: str, plan: Plan, text: str) -> ChangeSet:
    """What typing into a field means; the text that is made from the plan anyway is no own one."""
    is_same = without_blank_ends(text) == matter(plan, name, index_of(plan))
    return ChangeSet("冊子の文") if is_same else set_matter(plan, name, text)


def index_of(plan: Plan) -> IndexStyle:
    """How the plan's form prints its index tables."""
    with suppress(KeikakuError):
        return form_of(plan.profile, form_texts()).index
    return IndexStyle()
