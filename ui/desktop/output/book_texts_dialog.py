"""The texts before and after the sheets of a book, to be written."""

from contextlib import suppress

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

from app.documents.book.front_matter import MATTER, matter
from app.edits.matter import set_matter
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.forms.index_style import IndexStyle
from app.plan.entities import TEXT_PREFIX
from app.plan.texts.plain_text import without_blank_ends
from resources import form_texts
from ui.desktop.fields.lines_field import LinesField
from ui.desktop.parts import label
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme

_LINES = {"preface": 7, "closing": 5}
_EMPTY = "空にすると、その部分は冊子に出ません。"


class BookTextsDialog(QDialog):
    """A field for each text; what is written is kept when the field is left."""

    def __init__(self, parent: QWidget, shared: SharedState, theme: Theme) -> None:
        super().__init__(parent)
        self._shared = shared
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("冊子の文")
        self.fields = {name: LinesField(theme, _LINES.get(name, 2)) for name in MATTER}
        self.backs = {name: QToolButton() for name in MATTER}
        self._lay_out(theme)
        for name, field in self.fields.items():
            field.left.connect(lambda name=name: self._keep(name))
            self.backs[name].clicked.connect(lambda _, name=name: self._set(name, None))
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
        plan, index = self._shared.plan, self._index()
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setPlainText(matter(plan, name, index))
                field.document().setModified(False)
            is_own = plan.profile.get(TEXT_PREFIX + name) is not None
            self.backs[name].setVisible(is_own)

    def _index(self) -> IndexStyle:
        """How the plan's form prints its index tables."""
        with suppress(KeikakuError):
            return form_of(self._shared.plan.profile, form_texts()).index
        return IndexStyle()

    def _keep(self, name: str) -> None:
        text = self.fields[name].toPlainText()
        if without_blank_ends(text) != matter(self._shared.plan, name, self._index()):
            self._set(name, text)

    def _set(self, name: str, text: str | None) -> None:
        self._shared.signals.do(lambda plan: set_matter(plan, name, text))

    def done(self, result: int) -> None:
        """Keep what is being written before the dialog goes."""
        for name in self.fields:
            self._keep(name)
        super().done(result)
