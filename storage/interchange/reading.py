"""From the objects of an interchange file to the entities of a plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, ParamSpec, TypeVar

from app.plan.board.stages import stage_by_rule
from app.plan.entities import Entity, Initiative, Profile, child_id
from app.plan.kinds import FISCAL_YEAR, INITIATIVE, KINDS, NO_PARENT
from app.plan.periods.terms import term_when_issued
from app.plan.plan import Plan, plan_of
from app.plan.references import ids_in
from storage.interchange import fields as read
from storage.interchange import shapes
from storage.interchange.fields import Node
from storage.interchange.place import MisfitError, Place, short
from storage.interchange.shape import Fields, Shape, read_fields
from storage.interchange.shapes import shape_of

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
        self._rows: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self._found: list[_Found] = []

    def plan(self, document: Node) -> Plan:
        """The plan of a whole file. Raises MisfitError at the first thing wrong in it."""
        _require_format(document)
        profile = _profile(document, self._plan_id)
        self._read_children(NO_PARENT, document, (), NO_PARENT)
        for found in self._found:
            self._require_references(found)
            _require_stage(found, profile)
        plan = plan_of(profile, {kind: rows.values() for kind, rows in self._rows.items()})
        return self._placed(plan)

    def _read_children(self, kind: str, source: Node, place: Place, parent: str) -> None:
        """Read the lists of what hangs on an object, and what hangs on that."""
        for child in KINDS.children(kind):
            for n, value in enumerate(_at((*place, child.key), _listed, source.get(child.key))):
                found = self._entity(child.name, value, (*place, child.key, n), parent, n)
                self._found.append(found)
                self._read_children(child.name, found.source, found.place, found.entity.id)

    def _entity(self, kind: str, value: Any, place: Place, parent: str, n: int) -> _Found:
        """An object of a list, its place in it `n`, as an entity."""
        shape, rows = shape_of(kind), self._rows[kind]
        node = _at(place, read.node, value)
        fields = _at(place, read_fields, shape, node)
        entity = shape.cls(
            id=_at(place, _id, shape, node, parent, rows),
            parent=parent,
            position=float(n + 1),
            keys=fields.shared_keys(),
            extra=fields.extra_text(),
            **fields.values,
        )
        rows[entity.id] = entity
        return _Found(entity, node, place)

    def _require_references(self, found: _Found) -> None:
        for field, kind in KINDS.of(type(found.entity)).references.items():
            is_list = isinstance(found.entity.get(field), tuple)
            for n, id in enumerate(ids_in(found.entity, field)):
                if id not in self._rows[kind]:
                    place = (*found.place, field, n) if is_list else (*found.place, field)
                    raise MisfitError(place, f"の{_missing(kind, id)}")

    def _placed(self, plan: Plan) -> Plan:
        """The plan with every card that came without a stage in the one that the rule chooses."""
        cards: dict[str, Entity | None] = {}
        for card in plan.initiatives.values():
            if not card.stage:
                stage = stage_by_rule(plan.profile, card, plan.years.under(card.id))
                cards[card.id] = replace(card, stage=stage)
        self.placed = list(cards)
        return plan.changed({INITIATIVE: cards})


def _require_stage(found: _Found, profile: Profile) -> None:
    card = found.entity
    if isinstance(card, Initiative) and card.stage and card.stage not in profile.stages:
        what = f"の「{short(card.stage)}」が、段階の一覧（「vocabulary」の「stages」）にありません"
        raise MisfitError((*found.place, "stage"), what)


def _missing(kind: str, id: str) -> str:
    named = KINDS[kind]
    where = (
        f"どの{KINDS[named.parent].word}にもありません" if named.parent else "どこにもありません"
    )
    return f"{named.word}「{short(id)}」は、{where}"


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
        local = node[shape.local] if shape.local else KINDS.of(shape.cls).name
        if shape.local == FISCAL_YEAR and f"{parent}/{local}" in taken:
            raise MisfitError((FISCAL_YEAR,), f"の「{local}」が、ほかの年度と同じです")
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
    file = read_fields(shapes.file_shape(), document)
    plan = _block(shapes.PLAN, document, "plan")
    vocabulary = _block(shapes.VOCABULARY, document, "vocabulary")
    plan.values.setdefault("term", _term(plan.values))
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


def _term(values: Mapping[str, Any]) -> int:
    """The term of a file that does not say it."""
    issued, term_years = values.get("issued"), values.get("term_years", ())
    return term_when_issued(issued, values["first_fiscal_year"], term_years)


def _block(shape: Shape, document: Node, key: str) -> Fields:
    value = document.get(key)
    return Fields() if value is None else _at((key,), lambda: read_fields(shape, read.node(value)))
