"""`LogFilter`: which entries of the log a person wants to see."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.changes.change import Change, entities_in
from app.changes.history import Entry
from app.plan.entities import Entity
from app.plan.parts import initiative_of
from app.plan.plan import Plan
from app.plan.references import Key
from app.plan.search import words


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a person asked to see. An empty value asks for nothing; all must hold.

    `initiative` is an id; `since` the first day (local time).
    """

    query: str = ""
    author: str = ""
    since: date | None = None
    initiative: str = ""

    def matching(
        self, known: Plan, entries: Iterable[Entry], said: Callable[[Entry], str]
    ) -> tuple[Entry, ...]:
        """The entries that match, in their order; `said` is all that one says, folded.

        `known` is the plan with everything that it ever had (`app.changes.deleted`).
        """
        found = words(self.query)
        return tuple(
            entry
            for entry in entries
            if (not self.author or entry.author == self.author)
            and (self.since is None or entry.at.astimezone().date() >= self.since)
            and (not self.initiative or touches(known, entry, self.initiative))
            and (not found or _says(said(entry), found))
        )


def touches(known: Plan, entry: Entry, initiative: str) -> bool:
    """Whether an entry changed an initiative or one of its parts."""
    return any(is_of(known, change, initiative) for change in entry.changes)


def touched_initiatives(known: Plan, entry: Entry) -> tuple[str, ...]:
    """Ids of the initiatives that an entry changed, or whose parts, each once, in order."""
    found = (initiative_of(known, change.entity, change.id) for change in entry.changes)
    return tuple(dict.fromkeys(filter(None, found)))


def is_of(known: Plan, change: Change, initiative: str) -> bool:
    """Whether a change is of an initiative or of one of its parts."""
    return initiative_of(known, change.entity, change.id) == initiative


def last_touching(plan: Plan, entries: Sequence[Entry], initiative: str) -> Entry | None:
    """The last edit that changed an initiative of the plan or one of its parts, None if none did.

    The log is read backwards, so what was removed since is known when its edits are met.
    """
    removed: dict[Key, Entity] = {}
    for entry in reversed(entries):
        removed |= entities_in(entry.changes)
        keys = ((change.entity, change.id) for change in entry.changes)
        is_edit = entry.action != "open"
        if is_edit and any(initiative_of(plan, *key, removed) == initiative for key in keys):
            return entry
    return None


def _says(text: str, words: tuple[str, ...]) -> bool:
    return all(word in text for word in words)
