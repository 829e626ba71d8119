"""Asks what a new plan needs to begin: city, title, years, form."""

from datetime import date

from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from app.edits.new_plan import TERM_YEARS, new_plan
from app.forms.definition.plan_form import form_names
from app.plan.entities import Profile
from app.plan.periods.fiscal_year import (
    FISCAL_YEARS,
    fiscal_year_name,
    fiscal_year_on,
    read_fiscal_year,
)
from app.plan.periods.terms import plan_years, read_term_years
from app.plan.plan import Plan
from resources import form_texts
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.fields.dialog_fields import DialogFields
from ui.desktop.parts import label, verb_or_back
from ui.desktop.pending_edits import PendingEdits
from ui.desktop.theme import Theme

_UNREAD = "▲ 最初の年度は「令和8年度」、各期の年数は「5」や「2・2・2」のように入れてください。"


class NewPlanDialog(QDialog):
    """Everything asked here can be changed later in the settings."""

    def __init__(self, parent: QWidget, edits: PendingEdits, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("新しい計画")
        self.setMinimumWidth(theme.px(480))
        fields = DialogFields(self, edits, "新しい計画")
        self.municipality, self.title = fields.line("市町村名"), fields.line("計画の名前")
        self.municipality.setPlaceholderText("見本市")
        self.title.setPlaceholderText("見本市デジタル市役所計画")
        self.first = fields.line("最初の年度", fiscal_year_name(fiscal_year_on(date.today())))
        self.lengths = fields.line("各期の年数", "・".join(map(str, TERM_YEARS)))
        self.years = label(look="quietLabel")
        self.years.setWordWrap(True)
        self._forms = form_names(form_texts())
        self._form = ChoiceField(tuple(self._forms.values()), needs_one=True)
        self._form.show_text("")
        self._form.setPlaceholderText("選んでください")
        self._form.setCurrentIndex(-1)
        self._buttons, self._create = verb_or_back(self, "保存先を選んで作る")
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(*[theme.px(20)] * 4)
        rows.setSpacing(theme.px(10))
        for word, field in (
            ("市町村名", self.municipality), ("計画の名前", self.title),
            ("最初の年度", self.first), ("各期の年数", self.lengths),
        ):  # fmt: skip
            field.setAccessibleName(word)
            rows.addRow(word, field)
        rows.addRow("", self.years)
        self._form.setAccessibleName("様式")
        rows.addRow("様式", self._form)
        rows.addRow("", label("どれも、あとで「計画の設定」で変えられます。", "quietLabel"))
        rows.addRow(self._buttons)

    def _connect(self) -> None:
        for field in (self.title, self.first, self.lengths):
            field.textChanged.connect(self._allow)
        self._form.currentIndexChanged.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        first, lengths = self._first_year(), read_term_years(self.lengths.text())
        is_read = first is not None and lengths is not None
        if first is not None and lengths is not None:
            profile = Profile(id="", first_fiscal_year=first, term_years=lengths)
            self.years.setText(plan_years(profile))
        else:
            self.years.setText(_UNREAD)
        is_chosen = self._form.currentIndex() >= 0
        self._create.setEnabled(is_read and is_chosen and bool(self.title.text().strip()))

    def _first_year(self) -> int | None:
        year = read_fiscal_year(self.first.text())
        return year if year in FISCAL_YEARS else None

    def choose_form(self, key: str) -> None:
        """Choose a form, as a person does in the list."""
        self._form.setCurrentText(self._forms[key])

    def plan(self) -> Plan:
        """The plan that was asked for. Raises KeikakuError if its years cannot be read."""
        keys = {name: key for key, name in self._forms.items()}
        return new_plan(
            self.municipality.text().strip(),
            self.title.text().strip(),
            keys[self._form.currentText()],
            self._first_year() or 0,
            read_term_years(self.lengths.text()) or (),
        )
