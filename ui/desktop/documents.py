"""What the window needs from whoever starts it: plans to open, and files to write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.plan.plan import Plan
from app.session import Session

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


class Documents(Protocol):
    """The plans of this PC. Every method raises KeikakuError with what to tell the user."""

    def recent(self) -> Sequence[str]:
        """Paths of the plans that were open last, the latest first; only those that exist."""

    def sample(self) -> tuple[Session, str]:
        """A fresh copy of the sample plan and the path it is kept at."""

    def create(self, path: str, municipality: str, title: str, form: str) -> Session:
        """A new plan in a new file."""

    def open(self, path: str) -> Session:
        """The plan in a file."""

    def close(self, session: Session) -> None:
        """Let the file of a session go."""

    def outputs(self, plan: Plan) -> Sequence[Output]:
        """What can be written of this plan."""

    def export(
        self, plan: Plan, output: Output, initiatives: Sequence[str], target: str, tell: Progress
    ) -> None:
        """Write an output of these initiatives (ids; none means all). Called off the UI thread."""
