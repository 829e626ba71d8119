"""Replaces words all over the plan, after showing every place."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.changes.change import ChangeSet
from app.edits.replacing import replace_words
from app.plan.plan import Plan
from ui.desktop.dialogs.places_area import PlacesArea
from ui.desktop.fields.dialog_fields import DialogFields
from ui.desktop.parts import label, verb_or_back, within
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme

PAUSE_MS: Final = 200
EMPTY: Final = (
    "置きかえる語が空です。置きかえる語を入れるか、消すときは「語を消す」に印を付けてください。"
)


class ReplaceDialog(QDialog):
    """Two words, and what would change. `accept` means that a person wants it.

    `old` and `new` are the words it begins with.
    """

    def __init__(
        self,
        parent: QWidget,
        edits: PendingEdits,
        plan: Plan,
        theme: Theme,
        old: str = "",
        new: str = "",
    ) -> None:
        super().__init__(parent)
        self._plan, self._theme, self._found = plan, theme, ChangeSet("")
        self.setWindowTitle("置換")
        self.resize(within(parent, theme, 820, 640))
        fields = DialogFields(self, edits, "置換")
        self.old, self.new = fields.line("さがす語", old), fields.line("置きかえる語", new)
        self.erasing = QCheckBox("語を消す")
        self.places = PlacesArea(plan, theme)
        self._count = label(look="quietLabel")
        self._count.setWordWrap(True)
        self.all, self.none = QPushButton("すべてに印"), QPushButton("印をすべて外す")
        self._buttons, self.doing = verb_or_back(self, "置きかえる")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()
        self.show_places()

    def _lay_out(self) -> None:
        rows = QFormLayout()
        for field in (self.old, self.new):
            rows.addRow(label(field.accessibleName()), field)
        rows.addRow("", self.erasing)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        for button in (self.all, self.none):
            button.setAutoDefault(False)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(16)] * 4)
        column.setSpacing(self._theme.px(10))
        column.addLayout(rows)
        column.addLayout(head)
        column.addWidget(self.places, 1)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        for field in (self.old, self.new):
            field.textChanged.connect(self._wait)
        self._pause.timeout.connect(self.show_places)
        self.erasing.toggled.connect(self.new.setDisabled)
        self.erasing.toggled.connect(self.show_places)
        self.places.chosen_changed.connect(self._tell)
        self.all.clicked.connect(lambda: self.places.choose_all(True))
        self.none.clicked.connect(lambda: self.places.choose_all(False))

    def _wait(self) -> None:
        """What was shown for other words is not done any more."""
        self.doing.setEnabled(False)
        self._pause.start()

    def show_places(self) -> None:
        """Show every place that would change."""
        self._pause.stop()
        # Places are shown before a second word is typed too: only doing it needs one.
        self._found = replace_words(self._plan, self.old.text(), self._new, is_erasing=True)
        self.places.show_changes(self._found.changes)
        self._tell()

    @property
    def _new(self) -> str:
        return "" if self.erasing.isChecked() else self.new.text()

    @property
    def said(self) -> str:
        """What stands above the places."""
        return self._count.text()

    def edit(self) -> ChangeSet:
        """The replacement without the places that a person took out.

        Raises KeikakuError if there is nothing to put in and nobody asked for erasing.
        """
        is_erasing = self.erasing.isChecked()
        label = replace_words(self._plan, self.old.text(), self._new, is_erasing=is_erasing).label
        return ChangeSet(label, self.places.chosen)

    def _tell(self) -> None:
        count, found = len(self.places.chosen), len(self._found)
        has_words = bool(self._new) or self.erasing.isChecked()
        for button in (self.all, self.none):
            button.setEnabled(found > 0)
        self.doing.setText("消す" if self.erasing.isChecked() else "置きかえる")
        self.doing.setEnabled(count > 0 and has_words and not self._pause.isActive())
        words = _count_words(count, found, self.old.text(), self.erasing.isChecked())
        self._count.setText(f"{found}か所にあります。{EMPTY}" if found and not has_words else words)


def _count_words(count: int, found: int, old: str, is_erasing: bool) -> str:
    if not old:
        return "計画全体の文章から、書かれているとおりの語をさがして置きかえます。"
    if not found:
        return f"「{old}」は見つからないか、置きかえても変わりません。"
    verb = "から語を消します" if is_erasing else "を置きかえます"
    return f"{found}か所のうち{count}か所{verb}。「元に戻す」で一度に戻せます。"
