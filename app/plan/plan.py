"""`Plan`: one city's plan as an immutable value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from app.plan.entities import (
    Category,
    Entity,
    Initiative,
    Kpi,
    Pillar,
    Profile,
    Relisting,
    YearPlan,
)
from app.plan.kinds import (
    CATEGORY,
    INITIATIVE,
    KINDS,
    KPI,
    PILLAR,
    PROFILE,
    RELISTING,
    YEAR_PLAN,
    kind_of,
)
from app.plan.table import Table

E = TypeVar("E", bound=Entity)
_EMPTY: Final[Table[Any]] = Table()
_NONE: Final[Mapping[str, Table[Any]]] = {}


@dataclass(frozen=True, slots=True, init=False)
class Plan:
    """A plan: its profile and one table for each kind of entity (`app.plan.kinds`).

    A plan never changes. Edits are ChangeSets (`app.changes`), which make a new plan. `of` gives
    the entities of any class; those that most of the program asks for have a name of their own.
    """

    profile: Profile
    tables: Mapping[str, Table[Any]]

    def __init__(
        self,
        profile: Profile,
        *listed: Table[Any],
        tables: Mapping[str, Table[Any]] = _NONE,
        **by_key: Table[Any],
    ) -> None:
        """Tables in any order, or by the names of kinds, or by their keys (`years=…`).

        Of two of one kind the latter holds. Raises TypeError for a key that no kind has.
        """
        held = dict(tables)
        held |= {kind_of(next(iter(table.values()))): table for table in listed if table}
        held |= {KINDS.by_key(key).name: table for key, table in by_key.items()}
        # A kind that the plan has nothing of is the same as one that was never named.
        object.__setattr__(self, "profile", profile)
        object.__setattr__(self, "tables", {kind: table for kind, table in held.items() if table})

    @property
    def pillars(self) -> Table[Pillar]:
        """The pillars (柱)."""
        return self.tables.get(PILLAR, _EMPTY)

    @property
    def categories(self) -> Table[Category]:
        """The categories (区分)."""
        return self.tables.get(CATEGORY, _EMPTY)

    @property
    def initiatives(self) -> Table[Initiative]:
        """The initiatives (取組)."""
        return self.tables.get(INITIATIVE, _EMPTY)

    @property
    def years(self) -> Table[YearPlan]:
        """The fiscal years of initiatives."""
        return self.tables.get(YEAR_PLAN, _EMPTY)

    @property
    def kpis(self) -> Table[Kpi]:
        """The targets of initiatives."""
        return self.tables.get(KPI, _EMPTY)

    @property
    def relistings(self) -> Table[Relisting]:
        """The relistings (再掲) of initiatives."""
        return self.tables.get(RELISTING, _EMPTY)

    def of(self, cls: type[E]) -> Table[E]:
        """The entities of a class."""
        table: Table[E] = self.tables.get(KINDS.of(cls).name, _EMPTY)
        return table

    def table(self, kind: str) -> Table[Any]:
        """The entities of a kind (`KINDS`) by id; the profile is the only one of its kind."""
        if kind == PROFILE:
            return Table((self.profile,))
        return self.tables.get(kind, _EMPTY)

    def find(self, kind: str, id: str) -> Entity | None:
        """The entity, None if absent."""
        if kind == PROFILE:
            return self.profile if id == self.profile.id else None
        entity: Entity | None = self.tables.get(kind, _EMPTY).get(id)
        return entity

    def changed(self, rows: Mapping[str, Mapping[str, Entity | None]]) -> "Plan":
        """The plan with entities (by kind and id) put in; None takes one out."""
        held = dict(rows)
        profile = held.pop(PROFILE, {}).get(self.profile.id, self.profile)
        assert isinstance(profile, Profile)
        made = {kind: self.table(kind).changed(each) for kind, each in held.items()}
        return Plan(profile, tables={**self.tables, **made})

    def home_category(self, initiative: Initiative) -> Category | None:
        """The category where the initiative has its one sheet, None if it has none."""
        return self.categories.get(initiative.categories[0]) if initiative.categories else None

    def home_pillar(self, initiative: Initiative) -> Pillar | None:
        """The pillar of the home category, None if there is none."""
        category = self.home_category(initiative)
        return self.pillars.get(category.parent) if category else None


def plan_of(profile: Profile, entities: Mapping[str, Iterable[Any]]) -> Plan:
    """Build a plan from lists of entities by kind."""
    tables = {kind: Table(rows) for kind, rows in entities.items() if kind != PROFILE}
    return Plan(profile, tables=tables)
