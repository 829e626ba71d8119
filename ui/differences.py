"""Changes, conflicts and unread places, as text for a person and as JSON for a program."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.changes.change import Change
from app.changes.merge import Conflict
from app.changes.records import Record, change_records, conflict_record
from app.plan.fiscal_year import fiscal_year_name
from app.plan.lookup import called
from app.plan.plan import Plan

_SIDES = (("base", "基準"), ("ours", "自分"), ("theirs", "相手"))


def differences_json(
    plan: Plan,
    changes: Iterable[Change],
    conflicts: Iterable[Conflict] = (),
    unread: Sequence[Mapping[str, Any]] = (),
) -> str:
    """`{"changes": […], "conflicts": […], "unread": […]}`; `plan` is the plan before."""
    records = [record for change in changes for record in change_records(plan, change)]
    result = {
        "changes": records,
        "conflicts": [conflict_record(plan, conflict) for conflict in conflicts],
        "unread": list(unread),
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def change_lines(plan: Plan, changes: Iterable[Change], labels: Mapping[str, str]) -> Iterator[str]:
    """Each change: where, what was there, what comes there."""
    for change in changes:
        for record in change_records(plan, change):
            before, after = _shown(record["before"]), _shown(record["after"])
            yield f"  {_where(plan, record, labels)}: {before} → {after}"


def conflict_lines(
    plan: Plan, conflicts: Iterable[Conflict], labels: Mapping[str, str]
) -> Iterator[str]:
    """Each conflict with its three sides."""
    for conflict in conflicts:
        record = conflict_record(plan, conflict)
        yield f"両方で変わっています: {_where(plan, record, labels)}"
        yield from (f"  {name}: {_shown(record[side])}" for side, name in _SIDES)


def _where(plan: Plan, record: Record, labels: Mapping[str, str]) -> str:
    card = plan.initiatives.get(record["initiative"] or "")
    words = [called(card) if card else record["initiative"] or record["id"]]
    if record["fiscal_year"]:
        words.append(fiscal_year_name(record["fiscal_year"]))
    words.append(labels.get(record["field"], record["field"]) or "全体")
    return "の".join(words)


def _shown(value: object) -> str:
    if value is None or value in ("", []):
        return "（なし）"
    if isinstance(value, list):
        return "・".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
