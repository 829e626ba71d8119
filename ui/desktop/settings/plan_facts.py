"""The plan's own facts as fields."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QWidget

from app.changes.change import ChangeSet
from app.edits.form import set_form
from app.edits.structure import set_profile, set_term, set_terms, set_words
from app.errors import KeikakuError
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
from ui.desktop.fields.destinations import PlanText, Write
from ui.desktop.fields.line_field import LineField
from ui.desktop.fields.text_field import LinesField
from ui.desktop.parts import label
from ui.desktop.pending_edits import PendingEdit
from ui.desktop.session_signals import SessionSignals, Verb
from ui.desktop.settings.stage_guides import StageGuides
from ui.desktop.theme import Theme

_MONTH: Final = re.compile(r"(.+?)[年./-](0?[1-9]|1[0-2])月?")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the plan: its field, its word, an example, how it is shown and read.

    `read` gives None for what cannot be read: it stays in the field, and is told. `verb` sets
    it, if more than the field itself is to be done.
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


WORD_LISTS: Final = {"stages": "段階（1行に1つ）", "statuses": "現状（1行に1つ）"}


class PlanFacts(QFrame):
    """City, title, edition, years, form, and the words for stages and statuses."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._signals, edits = signals, signals.pending
        self.fields = {fact.field: LineField(edits) for fact in FACTS}
        self.form, self.term = ChoiceField((), needs_one=True), ChoiceField((), needs_one=True)
        fitting = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.form.setSizeAdjustPolicy(fitting)
        self.words = {field: LinesField(edits, theme, 5) for field in ("stages", "statuses")}
        self.guides = StageGuides(signals, theme)
        self._notes: dict[PendingEdit, QLabel] = {}
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
        self._add(rows, WORD_LISTS["stages"], self.words["stages"])
        self._add(rows, "段階の目安", self.guides)
        self._add(rows, WORD_LISTS["statuses"], self.words["statuses"])

    def _add(self, rows: QFormLayout, word: str, field: QWidget) -> None:
        field.setAccessibleName(word)
        # As high as a field of one line: the words then stand on one line with its text.
        rows.addRow(label(word, "formLabel"), field)
        if isinstance(field, LineField | LinesField):
            field.pending.has_note = True
            note = self._notes[field.pending] = label(look="warn")
            note.setWordWrap(True)
            note.hide()
            rows.addRow("", note)

    def _connect(self) -> None:
        for fact in FACTS:
            # What else the verb does follows from the whole of what is typed.
            text = self._text(fact.word, writing(fact), is_whole=fact.verb is not None)
            self.fields[fact.field].pending.stand_for(text)
        for name, word in WORD_LISTS.items():
            write = partial(write_words, name)
            self.words[name].pending.stand_for(self._text(word, write, is_whole=True))
        self.form.chosen.connect(self._set_form)
        self.term.chosen.connect(self._set_term)
        self._signals.pending.unkept.connect(self._show_note)
        self._signals.pending.changed.connect(self._hide_notes)

    def _text(self, word: str, write: Write, *, is_whole: bool) -> PlanText:
        return PlanText(self._signals, word, f"計画の設定 ＞ {word}", write, is_whole=is_whole)

    def show_profile(self, profile: Profile) -> None:
        """Show the facts as they are."""
        for fact in FACTS:
            self.fields[fact.field].pending.give(fact.show(profile))
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
            lines.pending.give("\n".join(getattr(profile, name)))

    def _show_note(self, edit: PendingEdit) -> None:
        """Below a field that was left, why what stands there is not in the plan."""
        note = self._notes.get(edit)
        if note is not None and not edit.outcome.is_failure:
            note.setText(f"{edit.problem}\nEscキーで元の内容に戻せます。")
            note.show()

    def _hide_notes(self) -> None:
        for edit, note in self._notes.items():
            if not edit.problem:
                note.hide()

    def _set_form(self, name: str) -> None:
        keys = {word: key for key, word in form_names(form_texts()).items()}
        if name in keys:
            self.wanted.emit(lambda plan: set_form(plan, keys[name]))

    def _set_term(self, name: str) -> None:
        profile = self._signals.plan.profile
        chosen = next((term for term in terms(profile) if term.name == name), None)
        if chosen is not None:
            self.wanted.emit(lambda plan: set_term(plan, chosen.ordinal))


def writing(fact: Fact) -> Write:
    """What typing into the field of a fact means; it raises KeikakuError for what is none."""

    def write(plan: Plan, text: str) -> ChangeSet:
        typed = text.strip()
        value = fact.read(typed)
        if value is None:
            why = f"「{typed}」は{fact.word}として読めない" if typed else "空にはできない"
            raise KeikakuError(f"{why}ため、まだ計画に入っていません。例：{fact.example}")
        return fact.set(value)(plan)

    return write


def write_words(name: str, plan: Plan, text: str) -> ChangeSet:
    """What typing into a list of words means: one word a line."""
    return set_words(plan, name, tuple(text.split("\n")))
