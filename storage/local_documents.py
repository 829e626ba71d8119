"""The plans of this PC: opening, making and letting go of plan files; which were open last."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path

from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.errors import KeikakuError
from app.forms.fitting.metrics import PageFonts
from app.lazy import load
from app.plan.plan import Plan
from app.ports import IncomingChanges, OpenMode, OpenStatus
from storage.document import exchange, lock, workspace
from storage.document.answers import read_answer
from storage.document.backups import put_aside
from storage.document.local_copies import LocalCopies
from storage.document.local_document import (
    LocalDocument,
    is_left_behind,
    rescue,
    take_lock,
)
from storage.local_intake import LocalIntake, import_sample
from storage.outputs import write_output
from storage.plan_file.plan_file import SUFFIX, create_plan_file
from storage.plan_file.rows import Contents
from storage.program.local_program import LocalProgram
from storage.safe_io import make_folder
from storage.this_pc.author import author
from storage.this_pc.data_folder import data_folder
from storage.this_pc.event_log import note
from storage.this_pc.settings import keep_setting, recent, remember, settings
from storage.this_pc.unfinished import Unfinished


class LocalDocuments:
    """The plan files of this PC for window and commands (`ui.documents.Documents`)."""

    def __init__(self) -> None:
        self._seen: dict[Path, lock.Holder] = {}
        self.program, self.copies, self.intake = LocalProgram(), LocalCopies(), LocalIntake()

    def recent(self) -> Sequence[str]:
        """Paths of the plans that were open last, the latest first; only those that exist."""
        return [path for path in recent() if os.path.exists(path)]

    def read(self, path: str) -> Contents:
        """A document as it lies there; it is left untouched."""
        return workspace.read_document(Path(path))

    @contextmanager
    def editing(self, path: str) -> Iterator[LocalDocument]:
        """Edit a document that is saved when the block ends; who else saves is merged with."""
        with exchange.editing(Path(path), author()) as opened:
            yield LocalDocument(opened)

    def incoming(self, path: str, theirs: str, base: str | None = None) -> IncomingChanges:
        """What another file would bring into a document; nothing is changed."""
        ours = workspace.read_document(Path(path))
        return read_answer(lambda: ours, Path(theirs), Path(base) if base else None)()

    def sample(self) -> LocalDocument:
        """A fresh copy of the sample plan, open."""
        make_folder(data_folder())
        names = (f"見本{n if n > 1 else ''}{SUFFIX}" for n in count(1))
        path = next(p for p in map(data_folder().joinpath, names) if not os.path.exists(p))
        import_sample(path)
        return self.open(str(path))

    def create(self, path: str, plan: Plan) -> LocalDocument:
        """A new plan in a new file; one of that name is kept (the dialog has asked)."""
        put_aside(Path(path))
        create_plan_file(Path(path), plan, "新しい計画", author(), overwrite=True)
        return self.open(path)

    def holder(self, path: str) -> str:
        """Who has a document open (`OpenStatus.holder`)."""
        held = lock.holder(Path(os.path.realpath(path)))
        return held.words() if held else ""

    def look(self, path: str) -> OpenStatus:
        """How it stands with a document; it is not opened."""
        target = Path(os.path.realpath(path))
        held = lock.holder(target)
        if held and is_left_behind(held, author()):
            held = None
        if held:
            self._seen[target] = held
        left = workspace.drafts(target)
        entries = left[-1].entries if left else ()
        when = entries[-1].at if entries else None
        return OpenStatus(held.words() if held else "", len(entries), when)

    def open(self, path: str, way: OpenMode = "edit") -> LocalDocument:
        """Open a document. Raises KeikakuError where that cannot be."""
        target = Path(os.path.realpath(path))
        opened = _workspace(target, way)
        document = LocalDocument(opened, is_read_only=way == "view")
        try:
            _take_lock(opened, way, self._seen.get(target))
            with suppress(KeikakuError):
                exchange.back_up(opened, daily=True)
            remember(str(target))
        except BaseException:
            # Nobody may be kept out by a document that is not open.
            document.close()
            raise
        note("opened")
        return document

    def drop_draft(self, path: str) -> None:
        """Put what an earlier opening left unsaved aside, where the program removes nothing."""
        for draft in workspace.drafts(Path(os.path.realpath(path)))[-1:]:
            left = workspace.resume(draft, author())
            try:
                rescue(left)
            except BaseException:
                left.close()
                raise
            left.abandon()
            note("put_aside")

    def setting(self, name: str) -> object:
        """Something the window remembers, None for nothing."""
        return settings().get(name)

    def keep_setting(self, name: str, value: object) -> None:
        """Remember something for the next start; where that cannot be, nothing is lost."""
        keep_setting(name, value)

    def unfinished(self, plan: str) -> Unfinished:
        """Words that were typed and are in no plan yet; `plan` is its id, "" for none yet."""
        return Unfinished(plan)

    def page_fonts(self, family: str) -> PageFonts:
        """The fonts of printed pages for a form's `font.family`."""
        found: PageFonts = load("storage.pdf.fonts:find_fonts")(family)
        return found

    def issue(self, plan: Plan, departments: Sequence[str], path: str) -> Plan:
        """Write a plan file with the initiatives of these departments only; returns that part."""
        return exchange.issue_part(plan, departments, Path(path), author())

    def export(self, order: Order, target: str, tell: Progress) -> None:
        """Write what was ordered. Called off the UI thread."""
        write_output(order, Path(target), tell)


def _this_fiscal_year() -> int:
    today = date.today()
    return today.year - (today.month < 4)


def _workspace(target: Path, way: OpenMode) -> workspace.Workspace:
    left = workspace.drafts(target) if way == "resume" else []
    if left:
        return workspace.resume(left[-1], author())
    return workspace.open_document(target, author(), is_draft=way != "view")


def _take_lock(opened: workspace.Workspace, way: OpenMode, seen: lock.Holder | None) -> None:
    """Take the lock that `way` needs; `seen` is who a person was told of before taking over."""
    if way in ("view", "beside"):
        return
    try:
        take_lock(opened, seen if way == "take_over" else None)
    except lock.HeldError:
        if way != "resume":
            raise
        # Somebody opened it meanwhile: the draft goes on beside them, and saving merges.
        opened.note_lock("")
