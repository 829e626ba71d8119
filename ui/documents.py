"""What window and commands need of whoever starts them: plans to open and save, files to write."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from app.changes.change import ChangeSet
from app.changes.history import NOWHERE, Entry, History, Source
from app.changes.merge import Asked, KeptConflict, Merge
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.forms.fitting.metrics import PageFonts
from app.plan.plan import Plan
from app.ports import (
    Copy,
    DocumentGrids,
    FileNews,
    Imported,
    IncomingChanges,
    Licence,
    OpenMode,
    OpenStatus,
    Saving,
    Section,
    Understood,
    UnfinishedWords,
)
from app.session import Session


class Contents(Protocol):
    """A document as it lies on disk."""

    @property
    def plan(self) -> Plan:
        """The plan."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Its log, the oldest entry first."""

    @property
    def conflicts(self) -> Sequence[KeptConflict]:
        """What merges asked, settled or not."""


class Document(Protocol):
    """An open plan: each edit is kept on this PC at once, the file is written by saving."""

    @property
    def session(self) -> Session:
        """The edits. After `save_as` and `catch_up` it is another one."""

    @property
    def path(self) -> str:
        """Where the document lies."""

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened only to be read."""

    @property
    def remark(self) -> str:
        """What to tell of what was saved last, empty for nothing."""

    def unsaved(self) -> int:
        """How many edits the file does not hold yet."""

    def others(self) -> str:
        """Who else has it open (`OpenStatus.holder`)."""

    def news(self) -> FileNews:
        """What has become of the file. It may be asked in another thread."""

    def saving(self) -> Callable[[], Saving]:
        """What writes the file as it is edited now, whole or not at all.

        To be called in any thread, while edits go on.
        """

    def save_as(self, path: str) -> Saving:
        """Write another file and go on there. Nothing else may be done meanwhile."""

    def catch_up(self) -> Merge:
        """Merge what others saved meanwhile; nothing else may be done until it is over.

        Raises KeikakuError, nothing changed.
        """

    def conflicts(self) -> Sequence[KeptConflict]:
        """The conflicts of merges that nobody has settled yet."""

    def last_saved(self) -> Entry | None:
        """The newest edit that the file held when it was opened or last saved."""

    def read(self, path: str, base: str | None = None) -> Callable[[], IncomingChanges]:
        """Read another file; what is returned says what it brings to the plan as it is then.

        `base` is the file that both came from, needed only if their logs do not show it. Both
        raise KeikakuError, and are called off the UI thread while nothing else is done.
        """

    def bring_in(self, edit: ChangeSet, asked: Asked, source: Source = NOWHERE) -> None:
        """Make the edit of a merge and keep the conflicts that it asks.

        `source` is what it came from (`IncomingChanges.source`).
        """

    def copies(self) -> Sequence[Copy]:
        """The earlier states that were kept, the latest first."""

    def restoring(self, copy: Copy) -> ChangeSet:
        """The edit that goes back to a copy. Raises KeikakuError for one of another plan."""

    def back_up(self) -> None:
        """Keep a verified copy of what is edited now, before much of it changes."""

    def close(self) -> None:
        """Let it go. What is not saved stays as a draft on this PC."""


class Program(Protocol):
    """The program itself, on this PC."""

    def about(self) -> Sequence[Section]:
        """Facts about the program and this PC: versions, fonts, where files lie."""

    def licences(self) -> Sequence[Licence]:
        """The parts of the program, with their licences; the program itself first."""

    def save_diagnosis(self, path: str, more: Sequence[Section]) -> None:
        """Write what helps to find a fault: no text of a plan, no name of a person or a PC.

        Raises KeikakuError.
        """

    def note_fault(self, fault: BaseException) -> str:
        """Write a fault of the program down; its kind and place, without any text."""


class Copies(Protocol):
    """The earlier states of documents that were kept. Every method raises KeikakuError."""

    def of(self, path: str) -> Sequence[Copy]:
        """The earlier states of a document, the latest first, also of one that is damaged."""

    def peek(self, copy: Copy) -> History:
        """The log of an earlier state, which shows that it is whole."""

    def restoring(self, path: str, copy: Copy) -> ChangeSet:
        """What going back to an earlier state would change."""

    def put_back(self, path: str, copy: Copy) -> str:
        """Go back to an earlier state: one edit that can be undone, and a copy before.

        A document that is damaged or gone is replaced whole; returns where what lay there is
        kept on this PC, "" otherwise.
        """


class Intake(Protocol):
    """What comes in to make a plan of. Every method raises KeikakuError."""

    def import_plan(self, source: str, path: str, *, overwrite: bool = False) -> Imported:
        """Make a plan file of an interchange file."""

    def import_sample(self, path: str, *, overwrite: bool = False) -> Imported:
        """Make a plan file of the sample that comes with the program."""

    def read(self, sources: Sequence[str], tell: Progress) -> DocumentGrids:
        """The documents of a city (files, folders) as grids. Off the UI thread."""

    def understand(
        self, sources: Sequence[str], form: str | None, cell_map: str | None, tell: Progress
    ) -> Understood:
        """What the documents of a city (files, folders) say.

        `form` is the key of a form or a TOML file, `cell_map` a file of overrides. Called off
        the UI thread; `tell` may raise to stop it.
        """

    def create(self, plan: Plan, path: str, *, overwrite: bool = False) -> None:
        """Make a plan file of a plan that was understood."""

    def write_report(self, text: str, path: str) -> None:
        """Write what was understood as a text file."""


class Documents(Protocol):
    """The plans of this PC. Every method raises KeikakuError with what to tell the user."""

    @property
    def program(self) -> Program:
        """The program itself."""

    @property
    def intake(self) -> Intake:
        """What plans are made of."""

    @property
    def copies(self) -> Copies:
        """The earlier states that were kept."""

    def recent(self) -> Sequence[str]:
        """Paths of the plans that were open last, the latest first; only those that exist."""

    def read(self, path: str) -> Contents:
        """A document as it lies there; it is left untouched."""

    def editing(self, path: str) -> AbstractContextManager[Document]:
        """Edit a document that is saved when the block ends; who else saves is merged with.

        A block that fails leaves the document untouched.
        """

    def incoming(self, path: str, theirs: str, base: str | None = None) -> IncomingChanges:
        """What another file would bring into a document; nothing is changed."""

    def sample(self) -> Document:
        """A fresh copy of the sample plan, open."""

    def create(self, path: str, plan: Plan) -> Document:
        """A new plan (`app.edits.new_plan`) in a new file; one of that name is kept."""

    def holder(self, path: str) -> str:
        """Who has a document open (`OpenStatus.holder`)."""

    def look(self, path: str) -> OpenStatus:
        """How it stands with a file; it is not opened."""

    def open(self, path: str, way: OpenMode = "edit") -> Document:
        """Open the plan in a file."""

    def drop_draft(self, path: str) -> None:
        """Put what an earlier opening left unsaved aside, where nothing is ever removed."""

    def issue(self, plan: Plan, departments: Sequence[str], path: str) -> Plan:
        """Write a plan file with the initiatives of these departments, and return that part."""

    def setting(self, name: str) -> object:
        """Something the window remembers, None for nothing."""

    def keep_setting(self, name: str, value: object) -> None:
        """Remember something for the next start."""

    def unfinished(self, plan: str) -> UnfinishedWords:
        """Words that were typed and are in no plan yet; `plan` is its id, "" for none yet."""

    def page_fonts(self, family: str) -> PageFonts:
        """The fonts of printed pages for a form's `font.family`."""

    def export(self, order: Order, target: str, tell: Progress) -> None:
        """Write what was ordered. Called off the UI thread."""
