"""Changes and conflicts as plain records, the shape of `--json` on the command line."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.changes.change import WHOLE, Change, Value
from app.changes.merge import Conflict
from app.plan.entities import TEXT_PREFIX, Entity
from app.plan.kinds import KINDS
from app.plan.parts import NOTHING, initiative_of
from app.plan.plan import Plan
from app.plan.references import Key

# Fields that say where something stands or how it came, nothing that a person wrote.
_TECHNICAL: Final = frozenset({"position", "keys", "vocabulary_keys", "file_keys", "parent"})
Record = dict[str, Any]


def change_records(
    plan: Plan, change: Change, beside: Mapping[Key, Entity] = NOTHING
) -> Iterator[Record]:
    """A change as `{"initiative", "field", "fiscal_year", "before", "after", …}`, a field each.

    `plan` is the plan before the change, `beside` what else comes with it or goes
    (`app.changes.change.entities_in`).
    """
    for field, before, after in _fields(change.field, change.before, change.after):
        yield {**_place(plan, change, field, beside), "before": before, "after": after}


def conflict_record(
    plan: Plan, conflict: Conflict, beside: Mapping[Key, Entity] = NOTHING
) -> Record:
    """A conflict as `{"initiative", "field", "fiscal_year", "base", "ours", "theirs", …}`."""
    return {
        **_place(plan, conflict, conflict.field, beside),
        "base": _plain(conflict.base),
        "ours": _plain(conflict.ours),
        "theirs": _plain(conflict.theirs),
    }


def _fields(field: str, before: Value, after: Value) -> Iterator[tuple[str, Any, Any]]:
    if field != WHOLE:
        yield field, _plain(before), _plain(after)
        return
    old, new = stated(before), stated(after)
    for name in dict.fromkeys((*old, *new)):
        yield name, old.get(name), new.get(name)


def stated(value: Value) -> dict[str, Any]:
    """What an entity says: its fields that are not empty."""
    if not isinstance(value, Entity):
        return {}
    technical = _TECHNICAL | KINDS.of(type(value)).quiet
    names = (name for name in value.field_names() if name not in technical)
    found = {name: _plain(value.get(name)) for name in names}
    return {name: v for name, v in found.items() if v not in (None, "", [], "{}", False)}


def _place(plan: Plan, what: Change | Conflict, field: str, beside: Mapping[Key, Entity]) -> Record:
    sides = [what.after, what.before] if isinstance(what, Change) else [what.theirs, what.ours]
    entity = next((v for v in sides if isinstance(v, Entity)), plan.find(what.entity, what.id))
    near = {**beside, (what.entity, what.id): entity} if entity else beside
    return {
        "initiative": initiative_of(plan, what.entity, what.id, near),
        "field": field.removeprefix(TEXT_PREFIX),
        "fiscal_year": getattr(entity, "fiscal_year", None),
        "entity": what.entity,
        "id": what.id,
    }


def _plain(value: Value) -> Any:
    if isinstance(value, Entity):
        return stated(value)
    return list(value) if isinstance(value, tuple) else value
