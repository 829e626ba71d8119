"""What a returned workbook proposes and only a person can say yes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from app.changes.change import Change, ChangeSet, added, field_change
from app.forms.fields import Target, read_value
from app.forms.returned import CopiedSheet
from app.plan.entities import Entity, Initiative, Kpi, child_id
from app.plan.kinds import INITIATIVE, KPI, YEAR_PLAN
from app.plan.periods.years import new_year
from app.plan.plan import Plan
from app.plan.vocabulary import list_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal: what it is, in Japanese, and the changes it would make to the plan as it is."""

    words: str
    changes: ChangeSet


def new_words(plan: Plan, unknown: Sequence[tuple[Entity, str, str]]) -> Iterator[Offer]:
    """Words that the plan's lists lack, each to be added and taken: (entity, field, word)."""
    wanted: dict[tuple[str, str], list[Entity]] = {}
    for entity, field, word in unknown:
        wanted.setdefault((field, word), []).append(entity)
    for (field, word), entities in wanted.items():
        name = list_of(field)
        words = plan.profile.get(name) if name else None
        if not isinstance(words, tuple):
            continue
        changes = [*field_change(plan.profile, name, (*words, word))]
        for entity in entities:
            changes += field_change(entity, field, word)
        told = f"「{word}」を選べる言葉に加えて、{len(entities)}件に取り込む"
        yield Offer(told, ChangeSet("Excelの言葉を加えて取り込み", tuple(changes)))


def new_initiative(plan: Plan, copy: CopiedSheet) -> Offer | None:
    """A worksheet that was copied and filled in, as a new initiative beside its original.

    None if it says what the original says, or has no name of its own.
    """
    original = plan.initiatives.get(copy.origin.initiative)
    if original is None:
        return None
    making = _Making(plan, original, copy)
    if not making.card.name.strip() or making.card.name == original.name:
        return None
    told = f"シート「{copy.title}」を、新しい取組「{making.card.title}」として加える"
    return Offer(told, ChangeSet("Excelの写しから取組を追加", tuple(making.changes())))


class _Making:
    """Makes the initiative of a copied worksheet."""

    def __init__(self, plan: Plan, original: Initiative, copy: CopiedSheet) -> None:
        self._plan = plan
        last = max((card.position for card in plan.initiatives.under()), default=0.0)
        stages = plan.profile.stages
        self.card = Initiative(
            id=str(uuid4()), position=last + 1, categories=original.categories,
            stage=stages[0] if stages else "",
        )  # fmt: skip
        self._years: dict[int, Entity] = {}
        self._kpis: dict[str, Kpi] = {}
        for target, (text, item) in copy.texts.items():
            if text.strip():
                self._put(target, text, item)

    def _put(self, target: Target, text: str, item: str) -> None:
        value = read_value(target.field, text, item)
        if target.kind == INITIATIVE:
            self.card = self.card.with_value(target.field, value)
        elif target.kind == YEAR_PLAN and target.fiscal_year is not None:
            year = target.fiscal_year
            begun = self._years.get(year) or new_year(self._plan, self.card.id, year)
            # In a new initiative its years stand in the order of time.
            self._years[year] = replace(begun, position=float(year)).with_value(target.field, value)
        elif target.kind == KPI:
            begun_kpi = self._kpis.get(target.id) or self._new_kpi()
            self._kpis[target.id] = begun_kpi.with_value(target.field, value)

    def _new_kpi(self) -> Kpi:
        count = len(self._kpis)
        taken = {kpi.id: kpi for kpi in self._kpis.values()}
        id = child_id(self.card.id, KPI, {**self._plan.kpis, **taken})
        return Kpi(id=id, parent=self.card.id, position=float(count + 1))

    def changes(self) -> Iterator[Change]:
        """The edit that adds it."""
        yield added(self.card)
        yield from map(added, (*self._years.values(), *self._kpis.values()))
