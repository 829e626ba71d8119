"""The plans of this PC: opening, making and letting go of plan files; which were open last."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final
from uuid import uuid4

from app.changes.history import History
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.errors import KeikakuError
from app.forms.fitting.metrics import PageFonts
from app.plan.entities import Profile
from app.plan.plan import Plan
from app.ports import Copy, OpenMode, OpenStatus
from resources import resource
from storage.document import lock, workspace
from storage.document.backups import backups, put_aside
from storage.document.exchange import back_up, issue_part, restore
from storage.document.local_document import LocalDocument, is_left_behind, rescue, take_lock
from storage.interchange.interchange import Imported, read_interchange
from storage.interchange.text import MOST_BYTES
from storage.plan_file.plan_file import SUFFIX, create_plan_file
from storage.program.local_program import LocalProgram
from storage.safe_io import make_folder, read_bytes
from storage.this_pc.data_folder import data_folder
from storage.this_pc.event_log import note
from storage.this_pc.settings import keep_setting, recent, remember, settings

STATUSES: Final = ("調査・研究中", "着手中", "運用中")
_TERMS: Final = (2, 2, 2, 2)


def author() -> str:
    """Who the log says made an edit: the name this person signed in with."""
    return next(filter(None, map(os.environ.get, ("USERNAME", "LOGNAME", "USER"))), "")


def import_plan(source: Path, target: Path, *, overwrite: bool = False) -> Imported:
    """Make a plan file of an interchange file, and report. Raises KeikakuError, nothing written."""
    incoming = read_interchange(read_bytes(source, MOST_BYTES))
    create_plan(target, incoming.plan, overwrite=overwrite)
    return incoming


def create_plan(target: Path, plan: Plan, *, overwrite: bool = False) -> None:
    """Make a plan file of a plan that was brought in. Raises KeikakuError, nothing written."""
    if overwrite:
        put_aside(target)
    create_plan_file(target, plan, "取り込み", author(), overwrite=overwrite)


def import_sample(target: Path, *, overwrite: bool = False) -> Imported:
    """Make a plan file of the sample that comes with the program."""
    return import_plan(resource("sample/sample.json"), target, overwrite=overwrite)


class LocalDocuments:
    """Opens documents for the window (`ui.desktop.documents.Documents`)."""

    def __init__(self) -> None:
        self._seen: dict[Path, lock.Holder] = {}
        self.program = LocalProgram()

    def recent(self) -> Sequence[str]:
        """Paths of the plans that were open last, the latest first; only those that exist."""
        return [path for path in recent() if Path(path).exists()]

    def sample(self) -> LocalDocument:
        """A fresh copy of the sample plan, open."""
        make_folder(data_folder())
        names = (f"見本{n if n > 1 else ''}{SUFFIX}" for n in count(1))
        path = next(p for p in map(data_folder().joinpath, names) if not p.exists())
        import_sample(path)
        return self.open(str(path))

    def create(self, path: str, municipality: str, title: str, form: str) -> LocalDocument:
        """A new plan in a new file; one of that name is kept (the dialog has asked)."""
        profile = Profile(
            id=str(uuid4()),
            municipality=municipality,
            title=title,
            form=form,
            first_fiscal_year=_this_fiscal_year(),
            term_years=_TERMS,
            statuses=STATUSES,
        )
        put_aside(Path(path))
        create_plan_file(Path(path), Plan(profile), "新しい計画", author(), overwrite=True)
        return self.open(path)

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
        opened = self._workspace(target, way)
        try:
            self._take_lock(opened, way)
        except BaseException:
            opened.close()
            raise
        with suppress(KeikakuError):
            back_up(opened, daily=True)
        remember(str(target))
        note("opened")
        return LocalDocument(opened, is_read_only=way == "view")

    def _take_lock(self, opened: workspace.Workspace, way: OpenMode) -> None:
        if way in ("view", "beside"):
            return
        try:
            take_lock(opened, self._seen.get(opened.target) if way == "take_over" else None)
        except lock.HeldError:
            if way != "resume":
                raise
            # Somebody opened it meanwhile: the draft goes on beside them, and saving merges.
            opened.note_lock("")

    def _workspace(self, target: Path, way: OpenMode) -> workspace.Workspace:
        left = workspace.drafts(target) if way == "resume" else []
        if left:
            return workspace.resume(left[-1], author())
        return workspace.open_document(target, author(), is_draft=way != "view")

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

    def page_fonts(self, family: str) -> PageFonts:
        """The fonts of printed pages for a form's `font.family`."""
        from storage.pdf.fonts import find_fonts

        return find_fonts(family)

    def issue(self, plan: Plan, departments: Sequence[str], path: str) -> None:
        """Write a plan file with the initiatives of these departments only."""
        issue_part(plan, departments, Path(path), author())

    def copies(self, path: str) -> Sequence[Copy]:
        """The earlier states of a document that cannot be opened, the latest first."""
        return [Copy(str(found.path), found.at) for found in backups(Path(os.path.realpath(path)))]

    def peek(self, copy: Copy) -> History:
        """The log of an earlier state, which shows that it is whole."""
        return History(workspace.read_document(Path(copy.path)).entries)

    def put_back(self, path: str, copy: Copy) -> None:
        """Replace a document that is damaged or gone; what lies there is kept on this PC."""
        restore(Path(os.path.realpath(path)), Path(copy.path), author())

    def export(self, order: Order, target: str, tell: Progress) -> None:
        """Write what was ordered. Called off the UI thread."""
        from storage.outputs import write_output

        write_output(order, Path(target), tell)


def _this_fiscal_year() -> int:
    today = date.today()
    return today.year - (today.month < 4)
