"""Two states of a plan compared: which initiatives differ, in which fields, and how that is called.

The states may be editions, a past day, now, or another file. Initiatives are paired by id; those of
a plan that was typed anew (`paired_by_words`) by number and name, which a person confirms. A moved
card or a result changes no edition, so progress is told apart from what a committee decides
(`PROGRESS`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, Literal

from app.plan.entities import TEXT_PREFIX, Entity, Initiative, Scalar
from app.plan.kinds import FISCAL_YEAR, INITIATIVE, KINDS, KPI, kind_of
from app.plan.lists.listing import printed_order
from app.plan.plan import Plan

How = Literal[
    "added", "removed", "renamed", "renumbered", "department", "category", "goal", "year",
    "content", "progress",
]  # fmt: skip
WORDS: Final[Mapping[How, str]] = {
    "added": "新規", "removed": "削除", "renamed": "名称変更", "renumbered": "番号変更",
    "department": "担当課変更", "category": "区分変更", "goal": "目標値変更", "year": "年度変更",
    "content": "内容変更", "progress": "進捗の変更",
}  # fmt: skip
"""What a person calls each kind of change, in the order in which they are told."""
PROGRESS: Final = frozenset({"stage", "status", "status_note"})
"""How an initiative goes: no change of what a committee decided (a setting may say otherwise)."""
_UNSEEN: Final = frozenset({"id", "parent", "keys", "extra", "position", "board_position"})
_BY_FIELD: Final[Mapping[str, How]] = {
    "name": "renamed", "number": "renumbered", "departments": "department",
    "categories": "category", "category": "category", "mark": "year", "label": "year",
    "fiscal_year": "year", "open_ended": "year",
    "texts.goals": "goal", "texts.final_goals": "goal",
}  # fmt: skip
_Key = tuple[str, ...]
_Place = tuple[tuple[int, int, str], ...]
_LIKELY: Final = 0.6
"""From this likeness of their names on (0 to 1), two initiatives may be one that was renamed."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an initiative, or of a part of it, that differs; None if a side does not have it.

    `part` is the kind that the field belongs to (`initiative`, `year_plan` …); `fiscal_year` that
    of the part, None if it has none.
    """

    part: str
    field: str
    fiscal_year: int | None
    before: Scalar
    after: Scalar

    @property
    def is_progress(self) -> bool:
        """Whether it says how the initiative goes, not what is planned."""
        return self.part == INITIATIVE and self.field in PROGRESS

    @property
    def how(self) -> How:
        """The kind of change that it makes of its initiative."""
        if self.is_progress:
            return "progress"
        if self.part == KPI:
            return "goal"
        return _BY_FIELD.get(self.field, "content")


@dataclass(frozen=True)
class InitiativeChange:
    """An initiative in two states; None on the side that does not have it."""

    before: Initiative | None
    after: Initiative | None
    fields: tuple[FieldChange, ...]

    @property
    def initiative(self) -> Initiative:
        """The later state if there is one."""
        found = self.after or self.before
        assert found is not None
        return found

    @cached_property
    def hows(self) -> tuple[How, ...]:
        """The kinds of change, each once, in the order of `WORDS`."""
        if self.before is None:
            return ("added",)
        if self.after is None:
            return ("removed",)
        found = {change.how for change in self.fields}
        return tuple(how for how in WORDS if how in found)


@dataclass(frozen=True)
class Comparison:
    """What differs between two states. `initiatives` stand in the order of the later one, and those
    it lacks where they stood before.
    """

    before: Plan
    after: Plan
    initiatives: tuple[InitiativeChange, ...]

    def without_progress(self) -> "Comparison":
        """The same without fields that only say how initiatives go."""
        left = (
            replace(one, fields=tuple(f for f in one.fields if not f.is_progress))
            for one in self.initiatives
        )
        kept = (o for o in left if o.fields or o.before is None or o.after is None)
        return replace(self, initiatives=tuple(kept))


def compare_plans(before: Plan, after: Plan, pairs: Mapping[str, str] | None = None) -> Comparison:
    """Everything that differs. `pairs` are ids of initiatives before → after, by id if None."""
    if pairs is None:
        pairs = {id: id for id in before.initiatives if id in after.initiatives}
    found = []
    for was, now in _in_order(before, after, pairs):
        fields = _initiative_fields(before, was, after, now)
        if fields or was is None or now is None:
            found.append(InitiativeChange(was, now, fields))
    return Comparison(before, after, tuple(found))


def paired_by_words(before: Plan, after: Plan) -> tuple[dict[str, str], dict[str, str]]:
    """Pairs of initiatives of two plans that share no ids: certain ones, and those to ask about.

    Certain: the same name, or the same name and number if a name stands twice. To be asked: names
    that are alike, the most alike first.
    """
    certain: dict[str, str] = {}
    for key in (_number_and_name, _name):
        old, new = _unique(before, key, certain), _unique(after, key, certain.values())
        certain |= {old[word]: new[word] for word in old if word in new}
    left = [i for i in before.initiatives.values() if i.id not in certain]
    free = {i.id: i for i in after.initiatives.values() if i.id not in set(certain.values())}
    likely: dict[str, str] = {}
    ranked = sorted(
        ((_likeness(was, now), was.id, now.id) for was in left for now in free.values()),
        reverse=True,
    )
    for likeness, was, now in ranked:
        if likeness >= _LIKELY and was not in likely and now not in likely.values():
            likely[was] = now
    return certain, likely


def _number_and_name(initiative: Initiative) -> _Key:
    return (_folded(initiative.name), initiative.number or "")


def _name(initiative: Initiative) -> _Key:
    return (_folded(initiative.name),)


def _folded(name: str) -> str:
    return "".join(name.split())


def _unique(plan: Plan, key: Callable[[Initiative], _Key], taken: Iterable[str]) -> dict[_Key, str]:
    """Initiatives by a key that only one of them has."""
    used = set(taken)
    found: dict[_Key, list[str]] = {}
    for initiative in plan.initiatives.values():
        if initiative.id not in used:
            found.setdefault(key(initiative), []).append(initiative.id)
    return {word: ids[0] for word, ids in found.items() if len(ids) == 1}


def _likeness(was: Initiative, now: Initiative) -> float:
    matcher = SequenceMatcher(None, _folded(was.name), _folded(now.name), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKELY else 0.0


def _in_order(
    before: Plan, after: Plan, pairs: Mapping[str, str]
) -> Iterator[tuple[Initiative | None, Initiative | None]]:
    """Pairs in the later plan's order; what it lacks follows what it followed before."""
    back = {now: was for was, now in pairs.items()}
    gone: dict[str | None, list[Initiative]] = {}
    last: str | None = None
    for initiative in printed_order(before):
        if initiative.id in pairs:
            last = pairs[initiative.id]
        else:
            gone.setdefault(last, []).append(initiative)
    yield from ((was, None) for was in gone.get(None, ()))
    for initiative in printed_order(after):
        was = back.get(initiative.id)
        yield (before.initiatives[was] if was else None), initiative
        yield from ((left, None) for left in gone.get(initiative.id, ()))


def _initiative_fields(
    before: Plan, was: Initiative | None, after: Plan, now: Initiative | None
) -> tuple[FieldChange, ...]:
    found = list(_fields(_named(before, was), _named(after, now)))
    old = _keyed(before, INITIATIVE, was.id) if was else {}
    new = _keyed(after, INITIATIVE, now.id) if now else {}
    for key in sorted({*old, *new}):
        found += _fields(_named(before, old.get(key)), _named(after, new.get(key)))
    return tuple(found)


def _named(plan: Plan, entity: Entity | None) -> tuple[Plan, Entity] | None:
    return (plan, entity) if entity is not None else None


def _keyed(plan: Plan, kind: str, id: str, above: _Place = ()) -> dict[_Place, Entity]:
    """All parts of an entity by what two states know each by: its year or name, else its place.

    A part of a part stands behind the one that it hangs on.
    """
    found: dict[_Place, Entity] = {}
    for order, child in enumerate(KINDS.children(kind)):
        for n, part in enumerate(plan.table(child.name).under(id)):
            place = (*above, (order, *_known_by(part, n)))
            found |= {place: part, **_keyed(plan, child.name, part.id, place)}
    return found


def _known_by(part: Entity, n: int) -> tuple[int, str]:
    called_by = KINDS.of(type(part)).called_by
    value = part.get(called_by) if called_by else n
    return (value, "") if isinstance(value, int) else (0, str(value))


def _fields(
    was: tuple[Plan, Entity] | None, now: tuple[Plan, Entity] | None
) -> Iterator[FieldChange]:
    sides = [side for side in (was, now) if side]
    if not sides:
        return
    entity = sides[-1][1]
    year = entity.get(FISCAL_YEAR) if FISCAL_YEAR in entity.field_names() else None
    for name in dict.fromkeys(name for _, one in sides for name in one.field_names()):
        before, after = (_value(side, name) for side in (was, now))
        if name not in _UNSEEN and before != after:
            yield FieldChange(
                kind_of(entity), name, year if isinstance(year, int) else None, before, after
            )


def _value(side: tuple[Plan, Entity] | None, name: str) -> Scalar:
    """A field as people know it: ids as names, an empty text as none at all."""
    if side is None:
        return None
    plan, entity = side
    has_it = name.startswith(TEXT_PREFIX) or name in entity.field_names()
    value = entity.get(name) if has_it else None
    kind = KINDS.of(type(entity)).references.get(name)
    if kind and isinstance(value, str):
        value = _name_of(plan, kind, value)
    elif kind and isinstance(value, tuple):
        value = tuple(_name_of(plan, kind, str(id)) for id in value)
    return None if value in ("", (), False) else value


def _name_of(plan: Plan, kind: str, id: str) -> str:
    entity = plan.find(kind, id)
    return str(entity.get("name")) if entity is not None else id


def changed_counts(changes: Sequence[InitiativeChange]) -> dict[How, int]:
    """How many initiatives changed in which way, in the order of `WORDS`; none that is 0."""
    counts = {how: sum(how in one.hows for one in changes) for how in WORDS}
    return {how: count for how, count in counts.items() if count}
