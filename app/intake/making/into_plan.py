"""What documents say, brought into a plan that is there already, as one set of changes.

Initiatives are matched by name, and by number where several bear one name. One whose number
and category agree but whose name changed is asked about and left alone until it is answered.
What the documents do not say stays as it is; nothing is ever removed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4

from app.changes.change import ChangeSet
from app.changes.diff import diff
from app.intake.words import fold
from app.plan.entities import Category, Initiative, Kpi, Pillar, Relisting, YearPlan, child_id
from app.plan.plan import Plan
from app.plan.table import Table

NEW: Final = ""
_ALIKE: Final = 0.5
_FACTS: Final = ("number", "departments", "status", "status_note", "new_label", "desired_states")


@dataclass(frozen=True, slots=True)
class Renamed:
    """An initiative of the documents that may be one of the plan under another name."""

    incoming: str
    existing: str


@dataclass(frozen=True, slots=True)
class IntoPlan:
    """The changes, and what a person must answer before the rest can come in."""

    changes: ChangeSet
    asked: tuple[Renamed, ...]


def into_plan(
    plan: Plan, incoming: Plan, answers: Mapping[str, str] = MappingProxyType({})
) -> IntoPlan:
    """The edit that brings `incoming` into `plan`.

    `answers` say for an incoming initiative (id) which one of the plan it is, NEW for none.
    """
    merging = _Merging(plan, incoming)
    asked: list[Renamed] = []
    for card in incoming.initiatives.under():
        same = merging.match(card, answers)
        if same is None:
            maybe = _renamed(plan, incoming, card, merging.matched)
            if maybe and card.id not in answers:
                asked.append(Renamed(card.id, maybe.id))
                continue
        merging.bring(card, same)
    return IntoPlan(diff(plan, merging.result(), "文書の取り込み"), tuple(asked))


def _renamed(plan: Plan, incoming: Plan, card: Initiative, matched: set[str]) -> Initiative | None:
    """One of the plan with the same number and category whose name is somewhat alike."""
    place = _category_words(incoming, card)
    for other in plan.initiatives.under():
        if other.id in matched or not card.number or fold(other.number or "") != fold(card.number):
            continue
        ratio = SequenceMatcher(None, fold(card.name), fold(other.name)).ratio()
        if _category_words(plan, other) == place or ratio >= _ALIKE:
            return other
    return None


def _category_words(plan: Plan, card: Initiative) -> tuple[str, str]:
    home, pillar = plan.home_category(card), plan.home_pillar(card)
    return fold(pillar.name if pillar else ""), fold(home.name if home else "")


class _Merging:
    """Builds the plan as it will be."""

    def __init__(self, plan: Plan, incoming: Plan) -> None:
        self._plan, self._incoming = plan, incoming
        self.matched: set[str] = set()
        self._rows: dict[str, dict[str, Any]] = {
            "pillars": {}, "categories": {}, "initiatives": {}, "years": {}, "kpis": {},
            "relistings": {},
        }  # fmt: skip
        self._last = max((i.position for i in plan.initiatives.under()), default=0.0)

    def result(self) -> Plan:
        tables: dict[str, Any] = {}
        for name, rows in self._rows.items():
            table: Table[Any] = getattr(self._plan, name)
            tables[name] = table.changed(rows)
        return replace(self._plan, **tables)

    def match(self, card: Initiative, answers: Mapping[str, str]) -> Initiative | None:
        if card.id in answers:
            return self._plan.initiatives.get(answers[card.id])
        named = [
            other for other in self._plan.initiatives.under()
            if fold(other.name) == fold(card.name) and other.id not in self.matched
        ]  # fmt: skip
        numbered = [o for o in named if fold(o.number or "") == fold(card.number or "")]
        return next(iter(numbered or named), None)

    def bring(self, card: Initiative, same: Initiative | None) -> None:
        """Bring one initiative in, as a new one or into the one it is."""
        categories = tuple(self._category(id) for id in card.categories)
        if same is None:
            self._last += 1
            id = str(uuid4())
            target = replace(card, id=id, categories=categories, position=self._last)
            target = replace(target, stage=self._stage(card.stage))
        else:
            self.matched.add(same.id)
            target = _updated(same, card, categories)
        self._rows["initiatives"][target.id] = target
        self._bring_years(card.id, target.id)
        self._bring_kpis(card.id, target.id)
        self._bring_relistings(card.id, target.id)

    def _stage(self, stage: str) -> str:
        stages = self._plan.profile.stages
        return stage if stage in stages or not stages else stages[0]

    def _category(self, id: str) -> str:
        """The category of the plan that bears the same name, or a new one."""
        category = self._incoming.categories[id]
        pillar = self._pillar(category.parent)
        table: dict[str, Category] = {**self._plan.categories, **self._rows["categories"]}
        for other in table.values():
            if other.parent == pillar and fold(other.name) == fold(category.name):
                return other.id
        new = replace(category, id=str(uuid4()), parent=pillar, position=float(len(table) + 1))
        self._rows["categories"][new.id] = new
        return new.id

    def _pillar(self, id: str) -> str:
        pillar = self._incoming.pillars[id]
        table: dict[str, Pillar] = {**self._plan.pillars, **self._rows["pillars"]}
        for other in table.values():
            if fold(other.name) == fold(pillar.name):
                return other.id
        new = replace(pillar, id=str(uuid4()), position=float(len(table) + 1))
        self._rows["pillars"][new.id] = new
        return new.id

    def _bring_years(self, source: str, target: str) -> None:
        known = {year.fiscal_year: year for year in self._plan.years.under(target)}
        for year in self._incoming.years.under(source):
            before = known.get(year.fiscal_year) or YearPlan(
                id=child_id(target, year.fiscal_year, self._plan.years), parent=target,
                position=year.position, fiscal_year=year.fiscal_year,
            )  # fmt: skip
            texts = MappingProxyType({**before.texts, **year.texts})
            self._rows["years"][before.id] = replace(
                before, texts=texts, mark=year.mark or before.mark,
                label=year.label or before.label,
                open_ended=year.open_ended or before.open_ended,
            )  # fmt: skip

    def _bring_kpis(self, source: str, target: str) -> None:
        known = {fold(f"{k.due or ''}{k.text}"): k for k in self._plan.kpis.under(target)}
        position = max((k.position for k in known.values()), default=0.0)
        for kpi in self._incoming.kpis.under(source):
            if fold(f"{kpi.due or ''}{kpi.text}") not in known:
                position += 1
                id = child_id(target, "kpi", {**self._plan.kpis, **self._rows["kpis"]})
                new: Kpi = replace(kpi, id=id, parent=target, position=position)
                self._rows["kpis"][id] = new

    def _bring_relistings(self, source: str, target: str) -> None:
        known = {listed.category for listed in self._plan.relistings.under(target)}
        for listed in self._incoming.relistings.under(source):
            category = self._category(listed.category)
            if category not in known:
                id = child_id(target, category, self._plan.relistings)
                new: Relisting = replace(listed, id=id, parent=target, category=category)
                self._rows["relistings"][id] = new


def _updated(same: Initiative, card: Initiative, categories: tuple[str, ...]) -> Initiative:
    """An initiative of the plan with all that the documents say of it."""
    facts = {name: value for name in _FACTS if (value := card.get(name))}
    if fold(same.name) != fold(card.name):
        facts["name"] = card.name
    texts = MappingProxyType({**same.texts, **dict(_said(card.texts))})
    kept = categories if set(categories) - set(same.categories) else same.categories
    changed: Initiative = replace(same, texts=texts, categories=kept, **facts)  # type: ignore[arg-type]
    return changed


def _said(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in texts.items() if text.strip())
