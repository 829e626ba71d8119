"""The table of kinds: what the program has to know of each kind of entity, one row a kind.

A new kind is a class (`app.plan.entities`), a row of `KINDS`, a migration
(`storage.plan_file.migrations`), a shape in the open format (`storage.interchange.shapes`) and
the words of its fields (`app.plan.words`). Whatever goes through the kinds of a plan asks this
table: edits, merging, undo, history, departments' files, search, the plan file, JSON.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from app.plan.entities import (
    TEXT_PREFIX,
    Category,
    Entity,
    Initiative,
    Kpi,
    Pillar,
    Profile,
    Relisting,
    YearPlan,
)

TEXTS: Final = "texts"
"""In `Kind.writing`: all texts of an entity, whatever their names."""
NAME: Final = "name"
FISCAL_YEAR: Final = "fiscal_year"
"""The fields by which a person knows one of several (`Kind.called_by`)."""
NO_PARENT: Final = ""


class Writing(IntEnum):
    """How a field that people write takes part. Each does also what the ones above it do."""

    SEARCHED = 1
    """Search finds it."""
    REPLACED = 2
    """Replacing words changes it."""
    READ = 3
    """It is read for numbers that it mentions and for spellings; renumbering changes it."""
    FREE = 4
    """A text of its own, in which placeholders may be left."""


Part = Literal["none", "shown", "asked"]
"""How a kind takes part in a department's file.

`none`: it stays at home. `shown`: all of it goes along, to be read; what changed there is not
taken back. `asked`: what belongs to the department goes along, and comes back as it was changed.
"""


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


def _unwritten() -> Mapping[str, Writing]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """What the program has to know of a kind of entity.

    `name` is the kind in a Change and the table of the plan file; `key` the list in the open
    format and in a Plan; `word` what a person calls one of them.

    `parent` is the kind that `Entity.parent` names the id of, empty for a kind of the plan itself;
    with `may_stand_alone` an entity of the kind may have none. `references` are further fields
    with ids, and the kind that each names: a text, a text or None, or a list of texts. What they
    name must be there. `departments` is the field that says whose an entity is; an entity without
    such a field belongs to whom its parent belongs.

    `called_by` is the field by which a person knows one of several (`NAME`, `FISCAL_YEAR`), or
    none. `writing` are the fields that people write, in the order of a reader. `sets` are lists
    that merge element by element; `quiet` fields (beside `position`) are merged without a question.
    """

    name: str
    cls: type[Entity]
    key: str
    word: str
    part: Part
    parent: str = NO_PARENT
    may_stand_alone: bool = False
    references: Mapping[str, str] = field(default_factory=_nothing)
    departments: str = ""
    called_by: str = ""
    writing: Mapping[str, Writing] = field(default_factory=_unwritten)
    sets: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()

    def writing_of(self, field: str) -> Writing | None:
        """How a field (`texts.NAME` too) is written, None if people do not write it."""
        return self.writing.get(TEXTS if field.startswith(TEXT_PREFIX) else field)


class Kinds(Mapping[str, Kind]):
    """Kinds by name. A kind stands below its parent and below every kind that it refers to."""

    def __init__(self, rows: Iterable[Kind]) -> None:
        """Raises ValueError for a row above one that it needs."""
        self._rows: dict[str, Kind] = {}
        self._of_class: dict[type[Entity], Kind] = {}
        self._children: dict[str, tuple[Kind, ...]] = {}
        self._users: dict[str, tuple[Kind, ...]] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: Kind) -> None:
        self._rows[row.name] = row
        self._of_class[row.cls] = row
        needed = dict.fromkeys(filter(None, (row.parent, *row.references.values())))
        for name in needed:
            if name not in self._rows:
                raise ValueError(f"{row.name} stands above {name}")
            self._users[name] = (*self._users.get(name, ()), row)
        above = {row.parent, NO_PARENT} if row.may_stand_alone else {row.parent}
        for name in above if row.cls is not Profile else ():
            self._children[name] = (*self._children.get(name, ()), row)

    def __getitem__(self, name: str) -> Kind:
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def of(self, cls: type[Entity]) -> Kind:
        """The kind of a class. Raises KeyError for a class that has no row."""
        return self._of_class[cls]

    def children(self, name: str = NO_PARENT) -> tuple[Kind, ...]:
        """The kinds whose parent is this one; without a name, those of the plan itself."""
        return self._children.get(name, ())

    def users(self, name: str) -> tuple[Kind, ...]:
        """The kinds that name entities of this one, as their parent or otherwise."""
        return self._users.get(name, ())

    def is_below(self, name: str, above: str) -> bool:
        """Whether a kind is another one, or hangs on it at any depth."""
        return name == above or (bool(name) and self.is_below(self._rows[name].parent, above))

    def by_key(self, key: str) -> Kind:
        """The kind with this key. Raises TypeError if there is none."""
        for row in self._rows.values():
            if row.key == key:
                return row
        raise TypeError(f"no kind has the key {key}")


KINDS: Final = Kinds(
    (
        Kind(
            name="profile", cls=Profile, key="plan", word="計画", part="shown",
            writing={
                "municipality": Writing.REPLACED, "title": Writing.READ, "subtitle": Writing.READ,
                "edition": Writing.REPLACED, TEXTS: Writing.FREE,
            },
            sets=frozenset({"statuses"}),
        ),
        Kind(
            name="pillar", cls=Pillar, key="pillars", word="柱", part="shown", called_by=NAME,
            writing={
                "name": Writing.READ, "vision": Writing.FREE, "desired_states": Writing.READ,
            },
            sets=frozenset({"desired_states"}),
        ),
        Kind(
            name="category", cls=Category, key="categories", word="区分", part="shown",
            parent="pillar", called_by=NAME,
            writing={"name": Writing.READ},
        ),
        Kind(
            name="initiative", cls=Initiative, key="initiatives", word="取組", part="asked",
            references={"categories": "category"}, departments="departments", called_by=NAME,
            writing={
                "number": Writing.SEARCHED, "name": Writing.READ, "departments": Writing.REPLACED,
                "status": Writing.SEARCHED, "status_note": Writing.READ,
                "new_label": Writing.REPLACED, TEXTS: Writing.FREE,
                "desired_states": Writing.READ,
            },
            sets=frozenset({"departments", "desired_states"}),
            quiet=frozenset({"board_position"}),
        ),
        Kind(
            name="year_plan", cls=YearPlan, key="years", word="年度", part="asked",
            parent="initiative", called_by=FISCAL_YEAR,
            writing={"label": Writing.REPLACED, TEXTS: Writing.FREE},
        ),
        Kind(
            name="kpi", cls=Kpi, key="kpis", word="KPI", part="asked", parent="initiative",
            writing={"due": Writing.REPLACED, "text": Writing.FREE},
        ),
        Kind(
            name="relisting", cls=Relisting, key="relistings", word="再掲", part="asked",
            parent="initiative", references={"category": "category"},
            writing={"number": Writing.SEARCHED},
        ),
    )
)  # fmt: skip
"""All kinds, in the order in which people read them. Removal goes the other way."""
PROFILE, PILLAR, CATEGORY, INITIATIVE, YEAR_PLAN, KPI, RELISTING = (
    KINDS.of(cls).name for cls in (Profile, Pillar, Category, Initiative, YearPlan, Kpi, Relisting)
)


@cache
def _written(kind: Kind, least: Writing) -> tuple[str, ...]:
    return tuple(name for name, writing in kind.writing.items() if writing >= least)


def written_fields(entity: Entity, least: Writing) -> Iterator[str]:
    """The fields of an entity that are written at least so, in the order of a reader."""
    for name in _written(KINDS.of(type(entity)), least):
        if name == TEXTS:
            yield from (each for each in entity.field_names() if each.startswith(TEXT_PREFIX))
        else:
            yield name


def written_texts(entities: Iterable[Entity], least: Writing) -> list[str]:
    """What entities say in these fields, each item of a list for itself."""
    found: list[str] = []
    for entity in entities:
        for name in _written(KINDS.of(type(entity)), least):
            value = getattr(entity, name)
            if isinstance(value, str):
                found.append(value)
            elif value:
                found += value.values() if name == TEXTS else map(str, value)
    return found


def kind_of(entity: Entity) -> str:
    """The name of an entity's kind."""
    return KINDS.of(type(entity)).name
