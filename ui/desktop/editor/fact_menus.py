"""Two menus of facts: where an initiative is listed again, and when it starts and goes on."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from app.edits.relist import relist, remove_relistings
from app.edits.text import set_year_fact
from app.plan.board.cards import pillar_word
from app.plan.entities import Category, Initiative, YearPlan
from app.plan.periods.fiscal_year import fiscal_year_name, fiscal_year_short
from app.plan.periods.year_marks import SIGNS, WORDS, mark_sign
from app.plan.plan import Plan
from ui.desktop.parts import plain_tip

MARKS: Final = (*((mark, f"{sign}　{WORDS[mark]}") for mark, sign in SIGNS.items()), (None, "なし"))


class FactMenu(QToolButton):
    """A button whose menu makes edits."""

    wanted = Signal(object)
    """A Verb: an edit that a person made here."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.setAccessibleName(word)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._word = word
        self.entries = QMenu(self)
        self.setMenu(self.entries)

    def show_words(self, words: str, explanation: str) -> None:
        """What the button says behind its own word."""
        self.setText(f"{self._word}{'：' if words else ''}{words} ▾")
        self.setToolTip(plain_tip(explanation))


class RelistMenu(FactMenu):
    """Ticks the categories under which an initiative is listed again."""

    def __init__(self) -> None:
        super().__init__("再掲")

    def show_initiative(self, plan: Plan, initiative: Initiative) -> None:
        """Offer all categories but its own."""
        self.entries.clear()
        listed = {r.category: r.id for r in plan.relistings.under(initiative.id)}
        for pillar in plan.pillars.under():
            self.entries.addSection(pillar.name.replace("&", "&&"))
            for category in plan.categories.under(pillar.id):
                if category.id not in initiative.categories[:1]:
                    self._offer(initiative.id, category, listed.get(category.id))
        self.show_words(f"{len(listed)}件" if listed else "", _places(plan, list(listed)))

    def _offer(self, initiative: str, category: Category, relisting: str | None) -> None:
        action = self.entries.addAction(category.name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(relisting is not None)
        if relisting is None:
            verb = lambda plan: relist(plan, initiative, category.id)  # noqa: E731
        else:
            verb = lambda plan: remove_relistings(plan, [relisting])  # noqa: E731
        action.triggered.connect(lambda: self.wanted.emit(verb))


def _places(plan: Plan, categories: list[str]) -> str:
    known = [plan.categories[id] for id in categories if id in plan.categories]
    names = [f"{c.name}（{pillar_word(plan, c.parent)}）" for c in known]
    return "再掲：" + "、".join(names) if names else "別の区分にも載せるときに選びます"


class MarkMenu(FactMenu):
    """Sets the marks of the index (実施年度): start, going on, none."""

    def __init__(self) -> None:
        super().__init__("実施年度")

    def show_initiative(self, plan: Plan, initiative: Initiative) -> None:
        """Offer the years that the initiative has."""
        self.entries.clear()
        years = plan.years.under(initiative.id)
        for year in years:
            self._offer(initiative.id, year)
        words = (f"{fiscal_year_short(y.fiscal_year)}{mark_sign(y.mark) or '－'}" for y in years)
        self.show_words(" ".join(words), "一覧表に印刷される実施年度の印です")
        self.setEnabled(bool(years))

    def _offer(self, initiative: str, year: YearPlan) -> None:
        menu = self.entries.addMenu(fiscal_year_name(year.fiscal_year))
        for mark, word in MARKS:
            action = menu.addAction(word)
            action.setCheckable(True)
            action.setChecked(year.mark == mark)
            action.triggered.connect(lambda _, mark=mark: self._want(initiative, year, mark))

    def _want(self, initiative: str, year: YearPlan, mark: str | None) -> None:
        fiscal_year = year.fiscal_year
        self.wanted.emit(lambda plan: set_year_fact(plan, initiative, fiscal_year, "mark", mark))
