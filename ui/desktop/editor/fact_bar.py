"""Above the form: which initiative it is, and the facts that the form does not hold."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.changes.change import ChangeSet
from app.edits.card import move_cards
from app.edits.text import set_fact
from app.plan.board.cards import pillar_word
from app.plan.entities import Initiative
from app.plan.kinds import INITIATIVE, RELISTING
from app.plan.lists.lookup import display_name
from app.plan.plan import Plan
from app.plan.texts.passages import Passage
from ui.desktop.editor.fact_menus import MarkMenu, RelistMenu
from ui.desktop.fields.choice_field import ChoiceField
from ui.desktop.fields.destinations import PlanText
from ui.desktop.fields.line_field import LineField
from ui.desktop.parts import label
from ui.desktop.session_signals import SessionSignals, Verb
from ui.desktop.theme import Theme


class FactBar(QWidget):
    """Number, category, badge, relistings, marks; the view places the `stage` elsewhere."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, signals: SessionSignals, theme: Theme) -> None:
        super().__init__()
        self._signals, self._id = signals, ""
        self.number, self.badge = LineField(signals.pending), LineField(signals.pending)
        self.category, self.stage = ChoiceField((), needs_one=True), ChoiceField((), needs_one=True)
        self._categories: dict[str, str] = {}
        self.relisted, self.marks = RelistMenu(), MarkMenu()
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(theme.px(6))
        for word, field, width, stretch in (
            ("No.", self.number, 58, 0),
            ("区分", self.category, 520, 1),
            ("新規表示", self.badge, 76, 0),
        ):
            facts.addWidget(label(word, "quietLabel"))
            field.setAccessibleName(word)
            field.setMaximumWidth(theme.px(width))
            if not stretch:
                field.setMinimumWidth(theme.px(width))
            facts.addWidget(field, stretch)
            facts.addSpacing(theme.px(6))
        facts.addWidget(self.relisted)
        facts.addWidget(self.marks)
        self.stage.setAccessibleName("段階")
        self.stage.setFixedWidth(theme.px(238))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(facts)

    def _connect(self) -> None:
        self.stage.chosen.connect(self._set_stage)
        self.category.chosen.connect(self._set_category)
        self.relisted.wanted.connect(self.wanted)
        self.marks.wanted.connect(self.wanted)

    def show_facts(self, plan: Plan, initiative: Initiative) -> None:
        """Show the facts of an initiative."""
        self._id = initiative.id
        self._show_text(self.number, "number", initiative)
        self._show_text(self.badge, "new_label", initiative)
        self.stage.offer(plan.profile.stages)
        self.stage.show_text(initiative.stage)
        self._categories = category_words(plan)
        home = plan.home_category(initiative)
        self.category.offer(tuple(self._categories))
        words = {id: word for word, id in self._categories.items()}
        self.category.show_text(words.get(home.id, "") if home else "")
        self.relisted.show_initiative(plan, initiative)
        self.marks.show_initiative(plan, initiative)

    def field_at(self, place: Passage) -> QWidget | None:
        """What shows a place of the plan here, None for nothing."""
        if place.kind == RELISTING:
            return self.relisted
        fields = {"number": self.number, "new_label": self.badge, "categories": self.category}
        return fields.get(place.field)

    def _show_text(self, field: LineField, fact: str, initiative: Initiative) -> None:
        id, words = initiative.id, f"{display_name(initiative)} ＞ {field.accessibleName()}"

        def write(plan: Plan, text: str) -> ChangeSet:
            return set_fact(plan, id, fact, text.strip() or None)

        owner = (INITIATIVE, id)
        field.pending.stand_for(PlanText(self._signals, (id, fact), words, write, owner))
        field.pending.give(str(initiative.get(fact) or ""))

    def _set_stage(self, stage: str) -> None:
        id = self._id
        self._want(lambda plan: move_cards(plan, [id], stage))

    def _set_category(self, word: str) -> None:
        id, category = self._id, self._categories[word]
        self._want(
            lambda plan: set_fact(
                plan, id, "categories", (category, *plan.initiatives[id].categories[1:])
            )
        )

    def _want(self, verb: Verb) -> None:
        if self._id:
            self.wanted.emit(verb)


def category_words(plan: Plan) -> dict[str, str]:
    """Ids of all categories by a word that names pillar and category, each word once."""
    words: dict[str, str] = {}
    for pillar in plan.pillars.under():
        for category in plan.categories.under(pillar.id):
            word = f"{category.name}（{pillar_word(plan, pillar.id)}）"
            words[word if word not in words else f"{word}（{len(words) + 1}）"] = category.id
    return words
