"""`Filter`: which initiatives a view shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.plan.search import searchable, words
from app.plan.texts.per_initiative_cache import PerInitiativeCache
from app.plan.texts.placeholders import placeholders_left


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person asked to see. An empty value asks for nothing; all must hold.

    `pillar` and `category` are ids and also find what is listed there again (再掲);
    `status` and `department` are the words themselves.
    """

    query: str = ""
    pillar: str = ""
    category: str = ""
    department: str = ""
    status: str = ""
    only_new: bool = False
    only_relisted: bool = False
    only_placeholders: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything through."""
        return self == Filter()


class Matcher:
    """Tells which initiatives of a plan a filter lets through; remembers what it has read."""

    def __init__(self) -> None:
        self._texts: PerInitiativeCache[str] = PerInitiativeCache(searchable)
        self._counts: PerInitiativeCache[int] = PerInitiativeCache(placeholders_left)

    def prepare(self, plan: Plan, initiatives: Iterable[Initiative]) -> None:
        """Read initiatives before somebody searches, so that the first key is fast too."""
        for initiative in initiatives:
            self._texts.of(plan, initiative)

    def matching(self, plan: Plan, wanted: Filter) -> tuple[Initiative, ...]:
        """The initiatives that match, in the plan's order."""
        everything = plan.initiatives.under()
        if wanted.is_empty:
            return everything
        rules = self._rules(plan, wanted)
        return tuple(i for i in everything if all(rule(i) for rule in rules))

    def placeholders(self, plan: Plan, initiative: Initiative) -> int:
        """How many placeholders the initiative still holds."""
        return self._counts.of(plan, initiative)

    def _rules(self, plan: Plan, wanted: Filter) -> list[Callable[[Initiative], bool]]:
        """The cheap questions first."""
        rules: list[Callable[[Initiative], bool]] = []
        if wanted.status:
            rules.append(lambda i: i.status == wanted.status)
        if wanted.department:
            rules.append(lambda i: wanted.department in i.departments)
        if wanted.only_new:
            rules.append(lambda i: bool(i.new_label))
        if wanted.only_relisted:
            rules.append(lambda i: bool(plan.relistings.under(i.id)))
        if wanted.pillar or wanted.category:
            rules.append(lambda i: _is_listed(plan, i, wanted))
        if wanted.only_placeholders:
            rules.append(lambda i: self.placeholders(plan, i) > 0)
        for word in words(wanted.query):
            rules.append(lambda i, word=word: word in self._texts.of(plan, i))  # type: ignore[misc]
        return rules


def _is_listed(plan: Plan, initiative: Initiative, wanted: Filter) -> bool:
    listed = [*initiative.categories, *(r.category for r in plan.relistings.under(initiative.id))]
    if wanted.category and wanted.category not in listed:
        return False
    return not wanted.pillar or any(
        plan.categories[c].parent == wanted.pillar for c in listed if c in plan.categories
    )
