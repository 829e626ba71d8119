"""How long initiatives have been where they are, from the log."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.changes.change import WHOLE
from app.changes.history import Entry
from app.plan.kinds import INITIATIVE


def days_in_stage(entries: Iterable[Entry], today: date) -> Mapping[str, int]:
    """How many days ago initiatives (by id) came into their stage, as far as the log tells.

    `entries` are the edits in force (`History.in_force`), oldest first.
    """
    days: dict[str, int] = {}
    for entry in entries:
        places = entry.changes.places()
        moved = {id for kind, id, field in places if kind == INITIATIVE and _moves(field)}
        days |= dict.fromkeys(moved, (today - entry.at.astimezone().date()).days)
    return days


def _moves(field: str) -> bool:
    return field in ("stage", WHOLE)
