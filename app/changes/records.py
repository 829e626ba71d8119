"""Changes and conflicts as plain records, the shape of `--json` on the command line."""

from collections.abc import Iterator
from typing import Any, Final

from app.changes.change import WHOLE, Change, Value
from app.changes.merge import Conflict
from app.plan.entities import TEXT_PREFIX, Entity
from app.plan.plan import Plan
from app.plan.references import PARENT_KIND

# Fields that say where something stands or how it came, nothing that a person wrote.
_TECHNICAL: Final = frozenset(
    {"position", "board_position", "keys", "vocabulary_keys", "file_keys", "parent"}
)
Record = dict[str, Any]


def change_records(plan: Plan, change: Change) -> Iterator[Record]:
    """A change as `{"initiative", "field", "fiscal_year", "before", "after", …}`, a field each.

    `plan` is the plan before the change; years are looked up there and in the change.
    """
    for field, before, after in _fields(change.field, change.before, change.after):
        yield {**_place(plan, change, field), "before": before, "after": after}


def conflict_record(plan: Plan, conflict: Conflict) -> Record:
    """A conflict as `{"initiative", "field", "fiscal_year", "base", "ours", "theirs", …}`."""
    return {
        **_place(plan, conflict, conflict.field),
        "base": _plain(conflict.base),
        "ours": _plain(conflict.ours),
        "theirs": _plain(conflict.theirs),
    }


def _fields(field: str, before: Value, after: Value) -> Iterator[tuple[str, Any, Any]]:
    if field != WHOLE:
        yield field, _plain(before), _plain(after)
        return
    old, new = _values(before), _values(after)
    for name in dict.fromkeys((*old, *new)):
        yield name, old.get(name), new.get(name)


def _values(value: Value) -> dict[str, Any]:
    """What an entity says: its fields that are not empty."""
    if not isinstance(value, Entity):
        return {}
    names = (name for name in value.field_names() if name not in _TECHNICAL)
    found = {name: _plain(value.get(name)) for name in names}
    return {name: v for name, v in found.items() if v not in (None, "", [], "{}", False)}


def _place(plan: Plan, what: Change | Conflict, field: str) -> Record:
    sides = [what.after, what.before] if isinstance(what, Change) else [what.theirs, what.ours]
    entity = next((v for v in sides if isinstance(v, Entity)), plan.find(what.entity, what.id))
    is_child = PARENT_KIND.get(what.entity) == "initiative"
    initiative = what.id if what.entity == "initiative" else None
    if is_child:
        initiative = entity.parent if entity else what.id.rpartition("/")[0]
    return {
        "initiative": initiative,
        "field": field.removeprefix(TEXT_PREFIX),
        "fiscal_year": getattr(entity, "fiscal_year", None),
        "entity": what.entity,
        "id": what.id,
    }


def _plain(value: Value) -> Any:
    if isinstance(value, Entity):
        return _values(value)
    return list(value) if isinstance(value, tuple) else value
