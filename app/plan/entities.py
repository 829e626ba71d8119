"""The things a plan consists of, as immutable values, and what each of them is called.

Every entity has an `id`; children name their `parent`. Printed numbers, order and
pages are never identities. `position` orders siblings and is any float.

`keys` and `extra` make interchange lossless: `keys` lists the JSON keys an entity
came with, in their order (texts as `texts.NAME`), and `extra` holds the keys this
program does not know, as one JSON object in text form.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

Texts = Mapping[str, str]
NO_TEXTS: Final[Texts] = MappingProxyType({})
Scalar = None | bool | int | float | str | tuple[str, ...] | tuple[int, ...]
TEXT_PREFIX: Final = "texts."
# The stages of the kanban, for a plan that has no list of its own.
STAGES: Final = (
    "8年間で取り組むこと",
    "実施計画期間中に取り組むこと",
    "着手していること",
    "評価・見直し",
    "完了",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What all entities share. `position` orders siblings, smallest first."""

    id: str
    parent: str = ""
    position: float = 0.0
    keys: tuple[str, ...] = ()
    extra: str = "{}"

    def get(self, name: str) -> Scalar:
        """Value of a field; `texts.NAME` reaches a text, None where it is absent."""
        if name.startswith(TEXT_PREFIX):
            texts: Texts = getattr(self, "texts", NO_TEXTS)
            return texts.get(name.removeprefix(TEXT_PREFIX))
        value: Scalar = getattr(self, name)
        return value

    def with_value(self, name: str, value: Scalar) -> Self:
        """The same entity with one field changed; a text set to None is removed."""
        if not name.startswith(TEXT_PREFIX):
            return dataclasses.replace(self, **{name: value})  # type: ignore[arg-type]
        texts: dict[str, str] = dict(getattr(self, "texts"))  # noqa: B009
        key = name.removeprefix(TEXT_PREFIX)
        if value is None:
            texts.pop(key, None)
        else:
            texts[key] = str(value)
        return dataclasses.replace(self, texts=MappingProxyType(texts))  # type: ignore[call-arg]

    def field_names(self) -> tuple[str, ...]:
        """Names of all fields but `id`; each text counts as a field `texts.NAME`."""
        names = _scalar_names(type(self))
        texts: Texts = getattr(self, "texts", NO_TEXTS)
        return names + tuple(TEXT_PREFIX + name for name in texts) if texts else names


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Entity):
    """The plan's own facts. Its id is the plan's UUID; there is exactly one.

    `issued` is `YYYY-MM`; `term_years` are the lengths of the terms in fiscal years; `term` is
    the one the plan is in, as people set it, from 1 (`app.plan.periods.terms`);
    `form` is the key of the official form; `form_file` is the TOML of a form of the plan's
    own, that no program brings with it. `guides` are the 目安 of the stages, in their order
    (`app.plan.board.stages.guide_of`). `numbering` is how numbers are made
    (`app.plan.numbering`); "" keeps them as they are. `texts` are those of the book
    (`app.documents.book.front_matter`). `keys` covers the JSON block `plan`;
    `vocabulary_keys` the block `vocabulary`; `file_keys` the file's top level.
    """

    municipality: str = ""
    title: str = ""
    subtitle: str | None = None
    edition: str | None = None
    issued: str | None = None
    form: str = "matsue"
    form_file: str | None = None
    first_fiscal_year: int = 2022
    term_years: tuple[int, ...] = ()
    term: int = 1
    stages: tuple[str, ...] = STAGES
    guides: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    numbering: str = ""
    texts: Texts = field(default_factory=lambda: NO_TEXTS, hash=False)
    vocabulary_keys: tuple[str, ...] = ()
    vocabulary_extra: str = "{}"
    file_keys: tuple[str, ...] = ()
    file_extra: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar(Entity):
    """Top of the hierarchy (柱・方針); `desired_states` are offered to initiatives."""

    name: str = ""
    vision: str | None = None
    desired_states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Entity):
    """Second level (区分・小方針); its parent is a pillar."""

    number: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Entity):
    """The thing that is planned, carded and printed (取組・事業・施策).

    `categories` are category ids, the first is its home. `name` may have a second
    line, the subtitle. `board_position` orders cards within a stage; None means
    that the card stands where the plan's order puts it.
    """

    categories: tuple[str, ...] = ()
    number: str | None = None
    name: str = ""
    departments: tuple[str, ...] = ()
    stage: str = ""
    status: str | None = None
    status_note: str | None = None
    new_label: str | None = None
    desired_states: tuple[str, ...] = ()
    board_position: float | None = None
    texts: Texts = field(default_factory=lambda: NO_TEXTS, hash=False)

    @property
    def title(self) -> str:
        """The first line of the name."""
        return self.name.partition("\n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan(Entity):
    """One fiscal year of one initiative (its parent).

    `fiscal_year` is the western year of its April; `open_ended` means 以降;
    `mark` is `start`, `continue`, free text or None (実施年度 ●・→).
    """

    fiscal_year: int = 0
    open_ended: bool = False
    label: str | None = None
    mark: str | None = None
    texts: Texts = field(default_factory=lambda: NO_TEXTS, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi(Entity):
    """A target of an initiative (its parent): when it is due, and what."""

    due: str | None = None
    fiscal_year: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relisting(Entity):
    """The same initiative (its parent) listed again (再掲) under `category`."""

    category: str = ""
    number: str | None = None


_SCALAR_NAMES: dict[type[Entity], tuple[str, ...]] = {}


def _scalar_names(cls: type[Entity]) -> tuple[str, ...]:
    if cls not in _SCALAR_NAMES:
        names = (item.name for item in dataclasses.fields(cls))
        _SCALAR_NAMES[cls] = tuple(n for n in names if n not in ("id", "texts"))
    return _SCALAR_NAMES[cls]


def child_id(parent: str, local: str | int, taken: Mapping[str, object]) -> str:
    """Id of a child, `PARENT/LOCAL`; a second one of the same name gets `#2`, and so on.

    Natural ids let two people who both add a year mean the same year.
    """
    candidate = base = f"{parent}/{local}"
    count = 1
    while candidate in taken:
        count += 1
        candidate = f"{base}#{count}"
    return candidate


def is_child_id(id: str, parent: str, local: str | int) -> bool:
    """Whether `child_id` gives this id to a child of the parent. Ids may hold a `/` themselves."""
    base = f"{parent}/{local}"
    return id == base or (id.startswith(f"{base}#") and id[len(base) + 1 :].isdecimal())
