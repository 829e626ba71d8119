"""Changes, conflicts and unread places, as text for a person and as JSON for a program."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.changes.change import Change, entities_in
from app.changes.merge import Conflict
from app.changes.records import change_records, conflict_record
from app.plan.plan import Plan
from ui.change_words import place_words, value_words

_SIDES = (("base", "基準"), ("ours", "自分"), ("theirs", "相手"))


def differences_json(
    plan: Plan,
    changes: Iterable[Change],
    conflicts: Iterable[Conflict] = (),
    unread: Sequence[Mapping[str, Any]] = (),
    remarks: Sequence[Mapping[str, Any]] = (),
) -> str:
    """`{"changes": […], "conflicts": […], "unread": […]}`, and "remarks" if there are any.

    `plan` is the plan before.
    """
    changes = list(changes)
    beside = entities_in(changes)
    records = [record for change in changes for record in change_records(plan, change, beside)]
    result = {
        "changes": records,
        "conflicts": [conflict_record(plan, conflict, beside) for conflict in conflicts],
        "unread": list(unread),
        **({"remarks": list(remarks)} if remarks else {}),
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def change_lines(plan: Plan, changes: Iterable[Change], labels: Mapping[str, str]) -> Iterator[str]:
    """Each change: where, what was there, what comes there."""
    changes = list(changes)
    beside = entities_in(changes)
    for change in changes:
        for record in change_records(plan, change, beside):
            before, after = (_shown(plan, record, side) for side in ("before", "after"))
            where = "の".join(place_words(plan, change, labels, record["field"], beside))
            yield f"  {where}: {before} → {after}"


def conflict_lines(
    plan: Plan, conflicts: Iterable[Conflict], labels: Mapping[str, str]
) -> Iterator[str]:
    """Each conflict with its three sides."""
    for conflict in conflicts:
        record = conflict_record(plan, conflict)
        yield f"両方で変わっています: {'の'.join(place_words(plan, conflict, labels))}"
        yield from (f"  {name}: {_shown(plan, record, side)}" for side, name in _SIDES)


def _shown(plan: Plan, record: Mapping[str, Any], side: str) -> str:
    """A value as a record has it; of a whole entity, its fields."""
    value = record[side]
    if isinstance(value, dict | bool):
        return json.dumps(value, ensure_ascii=False)
    return value_words(plan, value, "・", record["entity"], record["field"]) or "（なし）"
