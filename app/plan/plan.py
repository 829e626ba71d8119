"""`Plan`: one city's plan as an immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.plan.entities import (
    KIND_OF,
    Category,
    Entity,
    Initiative,
    Kpi,
    Pillar,
    Profile,
    Relisting,
    YearPlan,
)
from app.plan.table import Table


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its profile and one table for each kind of entity.

    A plan never changes. Edits are ChangeSets (`app.changes`), which make a new plan.
    """

    profile: Profile
    pillars: Table[Pillar] = field(default_factory=Table)
    categories: Table[Category] = field(default_factory=Table)
    initiatives: Table[Initiative] = field(default_factory=Table)
    years: Table[YearPlan] = field(default_factory=Table)
    kpis: Table[Kpi] = field(default_factory=Table)
    relistings: Table[Relisting] = field(default_factory=Table)

    def table(self, kind: str) -> Mapping[str, Entity]:
        """The entities of a kind (`ENTITY_KINDS`) by id."""
        if kind == "profile":
            return {self.profile.id: self.profile}
        table: Mapping[str, Entity] = getattr(self, TABLE_OF[kind])
        return table

    def find(self, kind: str, id: str) -> Entity | None:
        """The entity, or None."""
        return self.table(kind).get(id)

    def home_category(self, initiative: Initiative) -> Category | None:
        """The category where the initiative has its one sheet, None for none."""
        return self.categories.get(initiative.categories[0]) if initiative.categories else None

    def home_pillar(self, initiative: Initiative) -> Pillar | None:
        """The pillar of the home category, None for none."""
        category = self.home_category(initiative)
        return self.pillars.get(category.parent) if category else None


TABLE_OF = {
    "pillar": "pillars",
    "category": "categories",
    "initiative": "initiatives",
    "year_plan": "years",
    "kpi": "kpis",
    "relisting": "relistings",
}


def plan_of(profile: Profile, entities: Mapping[str, list[Any]]) -> Plan:
    """Build a plan from lists of entities by kind."""
    tables = {TABLE_OF[kind]: Table(rows) for kind, rows in entities.items() if kind in TABLE_OF}
    return Plan(profile, **tables)


def kind_of(entity: Entity) -> str:
    """The kind (key of `ENTITY_KINDS`) of an entity."""
    return KIND_OF[type(entity)]
