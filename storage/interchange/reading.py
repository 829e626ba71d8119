"""From the objects of an interchange file to the entities of a plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, ParamSpec, TypeVar

from app.plan.board.stages import stage_by_rule
from app.plan.entities import ENTITY_KINDS, KIND_OF, Initiative, Profile, YearPlan, child_id
from app.plan.plan import Plan, plan_of
from storage.interchange import fields as read
from storage.interchange import shapes
from storage.interchange.fields import Node
from storage.interchange.place import MisfitError, Place, short
from storage.interchange.shape import Fields, Shape, read_fields

FORMAT: Final = "keikaku-plan"
VERSION: Final = 1

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Found:
    """An entity that was read, the object it was read from, and where that stands."""

    entity: Any
    source: Node
    place: Place


class Reading:
    """One pass over a document. `placed` are the ids of the cards that came without a stage."""

    def __init__(self, plan_id: str) -> None:
        self.placed: list[str] = []
        self._plan_id = plan_id
        self._rows: dict[str, dict[str, Any]] = {kind: {} for kind in ENTITY_KINDS}

    def plan(self, document: Node) -> Plan:
        """The plan of a whole file. Raises MisfitError at the first thing wrong in it."""
        _require_format(document)
        profile = _profile(document, self._plan_id)
        for pillar in self._entities(shapes.PILLAR, document, "pillars"):
            self._children(shapes.CATEGORY, pillar, "categories")
        for initiative in self._entities(shapes.INITIATIVE, document, "initiatives"):
            self._complete(initiative, profile)
        return plan_of(profile, {kind: list(rows.values()) for kind, rows in self._rows.items()})

    def _complete(self, initiative: _Found, profile: Profile) -> None:
        """Read an initiative's children, and see that its categories and its stage exist."""
        card, place = initiative.entity, initiative.place
        for n, category in enumerate(card.categories):
            self._require_category(category, (*place, "categories", n))
        years = self._children(shapes.YEAR, initiative, "years")
        self._children(shapes.KPI, initiative, "kpis")
        for again in self._children(shapes.RELISTING, initiative, "relistings"):
            self._require_category(again.entity.category, (*again.place, "category"))
        if not card.stage:
            self._place(card, profile, tuple(found.entity for found in years))
        elif card.stage not in profile.stages:
            what = (
                f"の「{short(card.stage)}」が、段階の一覧（「vocabulary」の「stages」）にありません"
            )
            raise MisfitError((*place, "stage"), what)

    def _place(self, card: Initiative, profile: Profile, years: tuple[YearPlan, ...]) -> None:
        stage = stage_by_rule(profile, card, years)
        self._rows["initiative"][card.id] = replace(card, stage=stage)
        self.placed.append(card.id)

    def _require_category(self, id: str, place: Place) -> None:
        if id not in self._rows["category"]:
            raise MisfitError(place, f"の区分「{short(id)}」は、どの柱にもありません")

    def _children(self, shape: Shape, parent: _Found, key: str) -> list[_Found]:
        return self._entities(shape, parent.source, key, parent.place, parent.entity.id)

    def _entities(
        self, shape: Shape, source: Node, key: str, place: Place = (), parent: str = ""
    ) -> list[_Found]:
        """Each object of the list `key` as an entity."""
        rows = self._rows[KIND_OF[shape.cls]]
        found: list[_Found] = []
        for n, value in enumerate(_at((*place, key), _listed, source.get(key))):
            here = (*place, key, n)
            node = _at(here, read.node, value)
            fields = _at(here, read_fields, shape, node)
            entity = shape.cls(
                id=_at(here, _id, shape, node, parent, rows),
                parent=parent,
                position=float(n + 1),
                keys=fields.shared_keys(),
                extra=fields.extra_text(),
                **fields.values,
            )
            rows[entity.id] = entity
            found.append(_Found(entity, node, here))
        return found


def _at(place: Place, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Read what stands at `place`."""
    try:
        return read(*args, **kwargs)
    except MisfitError as error:
        raise error.within(*place) from None


def _listed(value: Any) -> list[Any]:
    return [] if value is None else read.items(value)


def _id(shape: Shape, node: Node, parent: str, taken: Mapping[str, object]) -> str:
    if not shape.id_key:
        local = node[shape.local] if shape.local else KIND_OF[shape.cls]
        return child_id(parent, local, taken)
    id = _at((shape.id_key,), read.text, node[shape.id_key])
    if not id or id in taken:
        what = f"の「{short(id)}」が、ほかと同じです" if id else "が、空です"
        raise MisfitError((shape.id_key,), what)
    return id


def _require_format(document: Node) -> None:
    if document.get("format") != FORMAT:
        raise MisfitError(("format",), f"が「{FORMAT}」ではありません")
    version = document.get("version")
    if version != VERSION or isinstance(version, bool | float):
        raise MisfitError(("version",), f"が、このプログラムの扱える版（{VERSION}）ではありません")


def _profile(document: Node, id: str) -> Profile:
    """The blocks `plan` and `vocabulary`, and what the top of the file holds besides."""
    file = read_fields(shapes.FILE, document)
    plan = _block(shapes.PLAN, document, "plan")
    vocabulary = _block(shapes.VOCABULARY, document, "vocabulary")
    if vocabulary.values.get("stages") == ():
        # Cards must stand somewhere: an empty list means the usual stages, and goes out empty.
        vocabulary.extra["stages"] = list(vocabulary.values.pop("stages"))
    return Profile(
        id=id,
        keys=plan.shared_keys(),
        extra=plan.extra_text(),
        vocabulary_keys=vocabulary.shared_keys(),
        vocabulary_extra=vocabulary.extra_text(),
        file_keys=file.shared_keys(),
        file_extra=file.extra_text(),
        **plan.values,
        **vocabulary.values,
    )


def _block(shape: Shape, document: Node, key: str) -> Fields:
    value = document.get(key)
    return Fields() if value is None else _at((key,), lambda: read_fields(shape, read.node(value)))
