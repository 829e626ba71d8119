"""What `app` needs from `storage` (`PlanStore`), and what both tell the window, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from app.changes.change import ChangeSet
from app.changes.history import NOWHERE, Entry, Source
from app.changes.merge import Asked, Conflict
from app.changes.parting.state_name import StateName
from app.plan.entities import Initiative
from app.plan.plan import Plan

if TYPE_CHECKING:
    # Reading sheets is for answers as workbooks only.
    from app.forms.offers import Offer
    from app.forms.returned import Remark, Unread
    from app.intake.grid import Grid
    from app.intake.intake import Intake


@dataclass(frozen=True, slots=True)
class Copy:
    """An earlier state of a document that was kept: its path, when it was made, its bytes."""

    path: str
    at: datetime
    size: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan that came in. `placed` are the initiatives whose stage the rule chose.

    `cleaned` says, a sentence each, where characters were taken out that can be neither
    printed nor written to Excel. `came_from` is the state that the file was exported from, if it
    says so; `content` a SHA-256 (hex) of all else that it says.
    """

    plan: Plan
    placed: tuple[Initiative, ...]
    cleaned: tuple[str, ...]
    came_from: StateName | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class DocumentGrids:
    """The grids of `count` files that could be read; `failures` tells why others were not."""

    grids: "tuple[Grid, ...]"
    count: int
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What documents of a city say: of `count` files; `failures` tells why others were not read."""

    intake: "Intake"
    count: int
    failures: tuple[str, ...]


class PlanStore(Protocol):
    """Where edits are kept. One call is one transaction."""

    def commit(self, entry: Entry, plan: Plan) -> None:
        """Keep `plan` and log the entry, whose changes led to it.

        An entry with the number of the last one takes its place: that edit has grown. Returns
        only when both are safe on disk. Raises KeikakuError and keeps nothing otherwise.
        """


class UnfinishedWords(Protocol):
    """Words on this PC that were typed and are in no plan yet, by where they were typed."""

    def kept(self) -> Mapping[str, str]:
        """All of them."""

    def keep(self, key: str, words: str) -> None:
        """Keep words, empty ones to forget them. Raises KeikakuError where that cannot be."""


OpenMode = Literal["edit", "beside", "take_over", "view", "resume"]
"""How a document is opened: to edit it; beside somebody who does; instead of them; only to be
read; to go on with what an earlier opening left unsaved.
"""


@dataclass(frozen=True, slots=True)
class OpenStatus:
    """How it stands with a document before it is opened.

    `holder` says who has it open (「…さんが（…）」, to stand before 開いています), empty for
    nobody; `draft` is how many edits an earlier opening left unsaved, the last one at `draft_at`.
    """

    holder: str = ""
    draft: int = 0
    draft_at: datetime | None = None


FileNews = Literal["", "saved", "gone", "unreachable"]
"""What has become of the file of an open document: nothing; somebody else saved it; it is not
where it was; where it lies does not answer.
"""


@dataclass(frozen=True, slots=True)
class Saving:
    """What became of a saving, with what to tell the person.

    `is_changed`: somebody else saved meanwhile, so nothing was written; merging is next.
    """

    state: Literal["saved", "not_saved", "unsure"]
    message: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Facts about the program or this PC under a heading: (what, how it is) as a person reads."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Licence:
    """A part of the program: its name, version, licence in a few words, and that in full.

    `text` is empty where the part came without it.
    """

    part: str
    version: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class IncomingChanges:
    """What another file would bring into the open plan; nothing is changed by it yet.

    `kind` says what file it is. The changes fit the plan as it is now;
    `outside` are those outside the part that its department was given, which are not taken;
    `unread` are the places of a workbook that no answer came from, `remarks` what to know of
    those that were read, `offers` what only a person can say yes to; `source` is what the log
    keeps of where all this came from.
    """

    kind: str
    changes: ChangeSet
    asked: Asked
    outside: ChangeSet = field(default_factory=lambda: ChangeSet("範囲の外"))
    unread: "tuple[Unread, ...]" = ()
    remarks: "tuple[Remark, ...]" = ()
    source: Source = NOWHERE
    offers: "tuple[Offer, ...]" = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to take or to decide."""
        return not self.changes.changes and not self.asked.conflicts

    @property
    def is_sure(self) -> bool:
        """Whether all of it can be taken without a look: nothing to decide, unread or doubtful."""
        doubts = (
            self.asked.conflicts,
            self.outside.changes,
            self.unread,
            self.remarks,
            self.offers,
        )
        return bool(self.changes.changes) and not any(doubts)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What both sides changed and nobody has decided."""
        return tuple(kept.conflict for kept in self.asked.conflicts)
