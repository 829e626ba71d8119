"""The departments of the plan, and how one gets a new name."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QFormLayout,
    QFrame,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.edits.department import rename_department
from app.plan.lists.departments import departments_of
from app.plan.periods.fiscal_year import date_name
from app.plan.plan import Plan
from ui.desktop.fields.dialog_fields import DialogFields
from ui.desktop.parts import label, verb_or_back
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme


class DepartmentsWidget(QFrame):
    """A projection of the departments that answer for an initiative."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, edits: PendingEdits, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._edits, self._theme, self._names = edits, theme, list[str]()
        self.list = QListWidget()
        self.list.setAccessibleName("担当課")
        self.list.setFixedHeight(theme.px(170))
        self.rename = QPushButton("名前を変える…")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(label("担当課", "heading"))
        column.addWidget(self.list)
        column.addWidget(self.rename)
        self.list.currentRowChanged.connect(lambda row: self.rename.setEnabled(row >= 0))
        self.list.itemActivated.connect(self._ask)
        self.rename.clicked.connect(self._ask)

    def show_plan(self, plan: Plan) -> None:
        """Show the departments as they are."""
        row, found = self.list.currentRow(), departments_of(plan)
        self._names = list(found)
        self.list.clear()
        self.list.addItems([f"{name}　{count}件" for name, count in found.items()])
        self.list.setCurrentRow(min(max(row, 0), len(found) - 1))
        self.rename.setEnabled(bool(found))

    def _ask(self) -> None:
        old = self._names[self.list.currentRow()]
        dialog = RenameDialog(self, old, self._edits, self._theme)
        if dialog.exec():
            new, day = dialog.name.text().strip(), dialog.day
            self.wanted.emit(lambda plan: rename_department(plan, old, new, day))


class RenameDialog(QDialog):
    """Asks for the new name of a department, and from which day it holds."""

    def __init__(self, parent: QWidget, old: str, edits: PendingEdits, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("担当課の名前を変える")
        self.setMinimumWidth(theme.px(440))
        fields = DialogFields(self, edits, f"担当課「{old}」の改称")
        self.name, self._day = fields.line("新しい名前", old), QDateEdit(QDate.currentDate())
        self._day.setCalendarPopup(True)
        self._era = label(look="quietLabel")
        self._day.setDisplayFormat("yyyy年M月d日")
        buttons, doing = verb_or_back(self, "名前を変える")
        rows = QFormLayout(self)
        rows.setContentsMargins(*[theme.px(20)] * 4)
        rows.setSpacing(theme.px(10))
        rows.addRow("いまの名前", label(old))
        for word, field in (("新しい名前", self.name), ("改称の日", self._day)):
            field.setAccessibleName(word)
            rows.addRow(word, field)
        rows.addRow("", self._era)
        rows.addRow(
            label("すべての取組の担当課が変わります。「元に戻す」で一度に戻せます。", "quietLabel")
        )
        rows.addRow(buttons)

        def show_era() -> None:
            self._era.setText(date_name(self.day))

        self._day.dateChanged.connect(show_era)
        show_era()

        def allow() -> None:
            doing.setEnabled(self.name.text().strip() not in ("", old))

        self.name.textChanged.connect(allow)
        self.name.selectAll()
        allow()

    @property
    def day(self) -> date:
        """From which day the new name holds."""
        chosen = self._day.date()
        return date(chosen.year(), chosen.month(), chosen.day())
