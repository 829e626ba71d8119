"""`LogFilter`: which entries of the log a person wants to see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.changes.change import Change
from app.changes.history import Entry
from app.plan.entities import Entity
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

    def matching(self, entries: Iterable[Entry], said: Callable[[Entry], str]) -> tuple[Entry, ...]:
        """The entries that match, in their order; `said` is all that one says, folded."""
        found = words(self.query)
        return tuple(
            entry
            for entry in entries
            if (not self.author or entry.author == self.author)
            and (self.since is None or entry.at.astimezone().date() >= self.since)
            and (not self.initiative or touches(entry, self.initiative))
            and (not found or _says(said(entry), found))
        )


def touches(entry: Entry, initiative: str) -> bool:
    """Whether an entry changed an initiative, or a year, target or relisting of it."""
    return any(is_of(change, initiative) for change in entry.changes)


def touched_initiatives(entry: Entry) -> tuple[str, ...]:
    """Ids of the initiatives that an entry changed, or whose parts, each once, in order."""
    return tuple(dict.fromkeys(filter(None, map(_initiative_of, entry.changes))))


def is_of(change: Change, initiative: str) -> bool:
    """Whether a change is of an initiative, or of a year, target or relisting of it."""
    return _initiative_of(change) == initiative


def _initiative_of(change: Change) -> str:
    if change.entity == "initiative":
        return change.id
    if change.entity not in ("year_plan", "kpi", "relisting"):
        return ""
    whole = next((v for v in (change.after, change.before) if isinstance(v, Entity)), None)
    # The id of a part begins with that of its initiative (`app.plan.entities.child_id`).
    return whole.parent if whole else change.id.partition("/")[0]


def _says(text: str, words: tuple[str, ...]) -> bool:
    return all(word in text for word in words)
