"""Asks what a new plan needs to begin: city, title, form."""

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from app.forms.definition.plan_form import form_names
from resources import form_texts
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.parts import label, verb_or_back
from ui.desktop.theme import Theme


class NewPlanDialog(QDialog):
    """Everything asked here can be changed later in the settings."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("新しい計画")
        self.setMinimumWidth(theme.px(480))
        self.municipality, self.title = QLineEdit(), QLineEdit()
        self.municipality.setPlaceholderText("見本市")
        self.title.setPlaceholderText("見本市デジタル市役所計画")
        self._forms = form_names(form_texts())
        self._form = ChoiceField(tuple(self._forms.values()), needs_one=True)
        self._form.show_text(self._forms.get("matsue", ""))
        self._buttons, self._create = verb_or_back(self, "保存先を選んで作る")
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(*[theme.px(20)] * 4)
        rows.setSpacing(theme.px(10))
        for word, field in (
            ("市町村名", self.municipality), ("計画の名前", self.title), ("様式", self._form)
        ):  # fmt: skip
            field.setAccessibleName(word)
            rows.addRow(word, field)
        rows.addRow("", label("どれも、あとで「計画の設定」で変えられます。", "quietLabel"))
        rows.addRow(self._buttons)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        self._create.setEnabled(bool(self.title.text().strip()))

    @property
    def form(self) -> str:
        """The key of the chosen form."""
        keys = {name: key for key, name in self._forms.items()}
        return keys[self._form.currentText()]
