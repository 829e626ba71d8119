"""The plan's own facts as fields."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLineEdit, QWidget

from app.changes.change import ChangeSet
from app.edits.form import set_form
from app.edits.structure import set_profile, set_term, set_terms, set_words
from app.forms.definition.plan_form import form_names
from app.plan.entities import Profile, Scalar
from app.plan.periods.fiscal_year import (
    FISCAL_YEARS,
    fiscal_year_name,
    month_name,
    read_fiscal_year,
)
from app.plan.periods.terms import current_term, plan_years, read_term_years, terms
from app.plan.plan import Plan
from resources import form_texts
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.fields.lines_field import LinesField
from ui.desktop.parts import label
from ui.desktop.session_signals import Verb
from ui.desktop.settings.stage_guides import StageGuides
from ui.desktop.theme import Theme

_MONTH: Final = re.compile(r"(.+?)[年./-](0?[1-9]|1[0-2])月?")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the plan: its field, its word, an example, how it is shown and read.

    `read` gives None for what cannot be read: the field then goes back to what it was. `verb`
    sets it, if more than the field itself is to be done.
    """

    field: str
    word: str
    example: str
    show: Callable[[Profile], str]
    read: Callable[[str], Scalar]
    verb: Callable[[Plan, Any], ChangeSet] | None = None

    def set(self, value: Scalar) -> Verb:
        """The edit that sets it."""
        if self.verb is None:
            return lambda plan: set_profile(plan, self.field, value)
        verb = self.verb
        return lambda plan: verb(plan, value)


def _year(text: str) -> Scalar:
    year = read_fiscal_year(text)
    return year if year in FISCAL_YEARS else None


def _month(text: str) -> Scalar:
    """YYYY-MM for 令和5年6月, R5.6 or 2023-06."""
    match = _MONTH.fullmatch(unicodedata.normalize("NFKC", text))
    year = _year(match[1]) if match else None
    return f"{year:04}-{int(match[2]):02}" if match and isinstance(year, int) else None


FACTS: Final = (
    Fact("municipality", "市町村名", "見本市", lambda p: p.municipality, lambda t: t or None),
    Fact("title", "計画の名前", "デジタル市役所計画", lambda p: p.title, lambda t: t or None),
    Fact("subtitle", "副題", "第1期実施計画", lambda p: p.subtitle or "", lambda t: t),
    Fact("edition", "版", "令和5年度改訂版", lambda p: p.edition or "", lambda t: t),
    Fact("issued", "発行月", "令和5年6月", lambda p: month_name(p.issued).partition("（")[0],
         lambda t: _month(t) if t else t),
    Fact("first_fiscal_year", "最初の年度", "令和4年度",
         lambda p: fiscal_year_name(p.first_fiscal_year), _year),
    Fact("term_years", "各期の年数", "2・2・2・2", lambda p: "・".join(map(str, p.term_years)),
         read_term_years, set_terms),
)  # fmt: skip


class PlanFacts(QFrame):
    """City, title, edition, years, form, and the words for stages and statuses."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.fields = {fact.field: QLineEdit() for fact in FACTS}
        self.form, self.term = ChoiceField((), needs_one=True), ChoiceField((), needs_one=True)
        fitting = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.form.setSizeAdjustPolicy(fitting)
        self.words = {field: LinesField(theme, 5) for field in ("stages", "statuses")}
        self.guides = StageGuides(theme)
        self._profile = Profile(id="")
        self._years = label(look="quietLabel")
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(*[theme.px(16)] * 4)
        rows.setSpacing(theme.px(8))
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.addRow(label("計画の基本", "heading"))
        for fact in FACTS:
            self.fields[fact.field].setPlaceholderText(fact.example)
            self._add(rows, fact.word, self.fields[fact.field])
        rows.addRow("", self._years)
        self._add(rows, "いまの期", self.term)
        self._add(rows, "様式", self.form)
        self._add(rows, "段階（1行に1つ）", self.words["stages"])
        self._add(rows, "段階の目安", self.guides)
        self._add(rows, "現状（1行に1つ）", self.words["statuses"])

    def _add(self, rows: QFormLayout, word: str, field: QWidget) -> None:
        field.setAccessibleName(word)
        # As high as a field of one line: the words then stand on one line with its text.
        rows.addRow(label(word, "formLabel"), field)

    def _connect(self) -> None:
        for fact in FACTS:
            field = self.fields[fact.field]
            field.editingFinished.connect(lambda fact=fact, field=field: self._set(fact, field))
        self.form.chosen.connect(self._set_form)
        self.term.chosen.connect(self._set_term)
        self.guides.wanted.connect(self.wanted)
        for name, words in self.words.items():
            words.left.connect(lambda name=name, words=words: self._set_words(name, words))

    def show_profile(self, profile: Profile) -> None:
        """Show the facts as they are."""
        self._profile = profile
        for fact in FACTS:
            if not self.fields[fact.field].hasFocus():
                self.fields[fact.field].setText(fact.show(profile))
                self.fields[fact.field].setCursorPosition(0)
        self._years.setText(plan_years(profile))
        current = current_term(profile)
        self.term.offer(tuple(term.name for term in terms(profile)))
        self.term.show_text(current.name if current else "")
        self.term.setEnabled(current is not None)
        names = form_names(form_texts())
        self.form.offer(tuple(names.values()))
        self.form.show_text(names.get(profile.form, profile.form))
        self.guides.show_profile(profile)
        for name, lines in self.words.items():
            if not lines.hasFocus():
                lines.setPlainText("\n".join(getattr(profile, name)))

    def _set(self, fact: Fact, field: QLineEdit) -> None:
        value = fact.read(field.text().strip())
        if value is None or value == self._profile.get(fact.field):
            field.setText(fact.show(self._profile))
            return
        self.wanted.emit(fact.set(value))

    def _set_form(self, name: str) -> None:
        keys = {word: key for key, word in form_names(form_texts()).items()}
        if name in keys:
            self.wanted.emit(lambda plan: set_form(plan, keys[name]))

    def _set_term(self, name: str) -> None:
        chosen = next((term for term in terms(self._profile) if term.name == name), None)
        if chosen is not None:
            self.wanted.emit(lambda plan: set_term(plan, chosen.ordinal))

    def _set_words(self, name: str, field: LinesField) -> None:
        words = tuple(field.toPlainText().split("\n"))
        self.wanted.emit(lambda plan: set_words(plan, name, words))
