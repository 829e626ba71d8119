"""What `app` needs from outside; `storage` implements it."""

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
