"""What `app` needs from outside; `storage` implements it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.changes.history import Entry
from app.plan.plan import Plan


class PlanStore(Protocol):
    """Where edits are kept. One call is one transaction."""

    def commit(self, entry: Entry, plan: Plan) -> None:
        """Keep `plan`, which differs from the kept one by `entry.changes`, and log the entry.

        Returns only when both are safe on disk. Raises KeikakuError and keeps
        nothing of the edit otherwise.
        """


Progress = Callable[[int, int], None]
"""Told (done, all) while a file is written; raises to stop the writing."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that can be written: its key, its name in the menu, the suffix of its file.

    `name` is without dots, as 「個票（PDF）」; `suffix` as `.pdf`.
    """

    key: str
    name: str
    suffix: str
