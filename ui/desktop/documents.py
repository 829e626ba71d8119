"""What the window needs from whoever starts it: plans to open, and files to write."""

from collections.abc import Sequence
from typing import Protocol

from app.plan.plan import Plan
from app.ports import Output as Output
from app.ports import Progress as Progress
from app.session import Session


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
