"""The private copy that is edited in place of a document (`*.keikaku`), always on a local disk.

Each opening of a document has a workspace of its own, `workspaces/<plan uuid>/<token>/`, so two
files with the same plan in them never share one:

    work.sqlite3   the live database: every edit is on disk when it is confirmed
    base.sqlite3   the document as it was opened, or last saved: the base of a merge
    origin.json    which document, its SHA-256 then, and how much of the log was in it
    in_use         held as long as the program that opened it runs

What a program that ended too early left behind is a draft, and offered at the next opening.

Threads: a workspace belongs to one thread at a time. It may be opened, caught up and closed off
the window's thread, which does nothing with it meanwhile, and edited on it. Only a saving goes on
beside edits: it works on `contents`, a value, and never touches the live database.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Final, Self

from app.changes.change import ChangeSet
from app.changes.history import NOWHERE, Entry, History, Source
from app.changes.merge import KeptConflict
from app.errors import DamagedError, KeikakuError
from app.session import Session
from storage import safe_io
from storage.document.lock import Hold
from storage.document.workspace_folder import (
    Origin,
    discard,
    folders,
    held,
    home,
    new_folder,
    read_origin,
    remove_folder,
    write_origin,
)
from storage.plan_file.gate import SCHEMA, damaged, is_of_today, require_no_leftovers
from storage.plan_file.plan_file import Known, PlanFile, write_plan_file
from storage.plan_file.rows import Contents
from storage.this_pc.known_plans import is_known

_LITTER_AGE: Final = 3600.0
"""After how long (seconds) a half-made workspace is nobody's."""
MOST_BYTES: Final = 10 * safe_io.MAX_BYTES
"""The largest document (bytes) that is opened, also of a plan that this PC knows."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Edits of an earlier opening that never reached the document, oldest first."""

    folder: Path
    entries: tuple[Entry, ...]


class Workspace:
    """An open document. `session` edits it; each edit is kept here before it is confirmed."""

    def __init__(self, folder: Path, hold: Hold, author: str) -> None:
        """Use `open_document`, `new_document` or `resume`."""
        self.folder, self._hold, self._author = folder, hold, author
        self.origin = read_origin(folder)
        self.remark = ""
        """What to tell of what was saved last, empty for nothing."""
        self._is_closed = False
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def target(self) -> Path:
        """The document that is edited here."""
        return Path(self.origin.path)

    @property
    def unsaved(self) -> tuple[Entry, ...]:
        """The entries of the log that the document does not hold yet, oldest first."""
        newest = reversed(self.session.history.entries)
        left = takewhile(lambda entry: entry.sequence > self.origin.sequence, newest)
        return tuple(left)[::-1]

    def contents(self) -> Contents:
        """All that is in the workspace, as a value: what is edited later is not in it.

        It is taken to be saved, copied or compared, so its log stands as it is from here on.
        """
        self.session.seal()
        entries = self.session.history.entries
        return replace(
            self._kept, plan=self.session.plan, entries=entries, conflicts=self.conflicts()
        )

    def conflicts(self) -> tuple[KeptConflict, ...]:
        """Every conflict there ever was, oldest first."""
        return self._file.conflicts()

    def base(self) -> Contents:
        """The document as it was opened or last saved."""
        with PlanFile.ours(self.folder / "base.sqlite3", self.target) as file:
            return file.contents()

    def known(self) -> Known | None:
        """The document as it was opened or last saved, if it is there as it was then.

        None also for one of an older schema, or not saved yet. May be asked in another thread.
        """
        origin, base = self.origin, self.folder / "base.sqlite3"
        try:
            is_same = bool(origin.sequence) and safe_io.sha256(base) == origin.sha256
            return Known(base, origin.sequence) if is_same and is_of_today(base) else None
        except KeikakuError:
            return None

    def bring_in(
        self, edit: ChangeSet, new: Sequence[KeptConflict], source: Source = NOWHERE
    ) -> None:
        """Make the edit of a merge, and keep its new conflicts with it in one transaction."""
        with self._file.asking(new):
            self.session.bring_in(edit, source)

    def keep_draft(self) -> None:
        """Keep what is not saved for the next opening."""
        with suppress(KeikakuError):
            self._note(replace(self.origin, is_draft=True))

    def note_saved(self, whole: Path, sha256: str, last: int) -> None:
        """The document holds the log up to the entry `last`: `whole` is a copy of it."""
        safe_io.copy(whole, self.folder / "base.sqlite3")
        self._note(replace(self.origin, sha256=sha256, sequence=last))

    def note_lock(self, token: str) -> None:
        """We have taken the lock of the document, or given it back (empty)."""
        self._note(replace(self.origin, token=token))

    def start_from(self, contents: Contents, base: Path, sha256: str, sequence: int) -> None:
        """Go on from another state, with `base` as the document: `session` is a new one.

        `base` was looked through; `sequence` is the last entry of the state that is in it.
        """
        self._file.close()
        known = Known(base, sequence) if sequence and is_of_today(base) else None
        try:
            write_plan_file(self.folder / "work.sqlite3", contents, known)
            safe_io.copy(base, self.folder / "base.sqlite3")
            self._note(replace(self.origin, sha256=sha256, sequence=sequence))
        finally:
            self._open()

    def close(self) -> None:
        """Let it go. It stays as a draft where something in it is not saved. Twice is no harm."""
        if self._is_closed:
            return
        self._is_closed = True
        keeps = self.origin.is_draft and bool(self.unsaved)
        self._file.close()
        if not keeps:
            discard(self.folder)
        self._hold.release()
        if not keeps:
            remove_folder(self.folder)

    def abandon(self) -> None:
        """Let it go and keep nothing of it, saved or not."""
        self.origin = replace(self.origin, is_draft=False)
        self.close()

    def _open(self) -> None:
        self._file = PlanFile.edit(self.folder / "work.sqlite3")
        kept = self._file.contents()
        self._kept = replace(kept, entries=(), conflicts=())
        # The file of this opening: what an earlier session still wants to write, it refuses.
        self.session = Session(kept.plan, self._file, History(kept.entries), self._author)

    def _note(self, origin: Origin) -> None:
        write_origin(self.folder, origin)
        self.origin = origin


@dataclass(frozen=True, slots=True)
class Whole:
    """A document that was written and read back: its SHA-256, its bytes and its longest table."""

    sha256: str
    size: int
    rows: int


def write_whole(contents: Contents, path: Path, target: Path, known: Known | None = None) -> Whole:
    """Write the document `target` as it should be at `path`.

    `known` holds what of it is not new. Raises DamagedError where what was written does not read
    back as it should be.
    """
    write_plan_file(path, contents, known)
    with PlanFile.ours(path, target) as written:
        if not written.says(contents, known.sequence if known else 0):
            raise damaged(path)
        rows = written.outline().rows
    return Whole(safe_io.sha256(path), os.stat(path).st_size, rows)


def open_document(path: Path, author: str = "", *, is_draft: bool = True) -> Workspace:
    """Open a document; it is read once and not touched.

    Raises KeikakuError where it is none, not whole, or made by a newer program.
    """
    target = Path(os.path.realpath(path))
    sweep()
    copy, sha256 = fetched(target)
    try:
        with PlanFile.received(copy, target, is_known) as file:
            if file.version > SCHEMA:
                raise _newer(target)
            return _copy_made(file, Origin(str(target), sha256, 0, "", is_draft), author, copy)
    finally:
        safe_io.remove(copy)


def _copy_made(file: PlanFile, origin: Origin, author: str, copy: Path) -> Workspace:
    """The workspace of a document that was received as `copy`."""
    try:
        outline = file.outline()
        since = replace(origin, sequence=outline.last)
        return _made(outline.plan, partial(_copied, file), since, author, copy)
    except DamagedError as error:
        # It names the copy.
        raise damaged(Path(origin.path)) from error


def new_document(path: Path, contents: Contents, author: str = "") -> Workspace:
    """A document that is not saved yet: the first saving makes the file."""
    target = Path(os.path.realpath(path))
    write = partial(write_plan_file, contents=contents)
    return _made(contents.plan.profile.id, write, Origin(str(target), "", 0), author)


def read_document(path: Path) -> Contents:
    """All that a document says; it is read once and not touched. Raises KeikakuError."""
    target = Path(os.path.realpath(path))
    copy, _ = fetched(target)
    try:
        with PlanFile.received(copy, target, is_known) as file:
            return file.contents()
    finally:
        safe_io.remove(copy)


def drafts(path: Path) -> list[Draft]:
    """What earlier openings of the document left unsaved, the latest last."""
    found: list[Draft] = []
    for folder in folders():
        hold = held(folder)
        if hold is None:
            continue
        with suppress(KeikakuError):
            found += _draft(folder, Path(os.path.realpath(path)))
        hold.release()
    return sorted(found, key=lambda draft: draft.entries[-1].at)


def resume(draft: Draft, author: str = "") -> Workspace:
    """Go on with a draft. Raises KeikakuError where another window does so already."""
    hold = held(draft.folder)
    if hold is None:
        raise KeikakuError("この下書きは、ほかの画面で開かれています。そちらで続けてください。")
    return Workspace(draft.folder, hold, author)


def _draft(folder: Path, target: Path) -> Iterator[Draft]:
    origin = read_origin(folder)
    if not origin.is_draft or Path(origin.path) != target:
        return
    with PlanFile.edit(folder / "work.sqlite3") as file:
        entries = file.history().entries
    if unsaved := tuple(entry for entry in entries if entry.sequence > origin.sequence):
        yield Draft(folder, unsaved)


def sweep() -> None:
    """Remove what ended programs left behind, but no draft."""
    for folder in folders():
        hold = held(folder)
        if hold is None:
            continue
        if _is_litter(folder):
            discard(folder)
        hold.release()
        if not os.path.exists(folder / "origin.json"):
            remove_folder(folder)
    for copy in home().glob("*.tmp"):
        with suppress(OSError):
            if time.time() - copy.stat().st_mtime > _LITTER_AGE:
                safe_io.remove(copy)


def _is_litter(folder: Path) -> bool:
    try:
        origin = read_origin(folder)
        return not (origin.is_draft and any(_draft(folder, Path(origin.path))))
    except KeikakuError:
        # Half-made: what lies there was never confirmed. Damaged: not ours to throw away.
        return not os.path.exists(folder / "origin.json")


def _copied(file: PlanFile, path: Path) -> None:
    file.copy_to(path)
    # It is moved next, and Windows moves no open file.
    file.close()


def _made(
    plan: str, write: Callable[[Path], None], origin: Origin, author: str, base: Path | None = None
) -> Workspace:
    """A workspace of its own for a plan (its id), with what `write` puts into it."""
    folder, hold = new_folder(plan)
    try:
        write(folder / "work.sqlite3")
        if base:
            safe_io.move(base, folder / "base.sqlite3")
        # Last: a folder without it is half-made.
        write_origin(folder, origin)
        return Workspace(folder, hold, author)
    except BaseException:
        discard(folder)
        hold.release()
        remove_folder(folder)
        raise


def fetched(target: Path) -> tuple[Path, str]:
    """A private copy of a document, read once, and its SHA-256. Raises KeikakuError."""
    require_no_leftovers(target, journal_too=True)
    safe_io.make_folder(home())
    copy = home() / f"{secrets.token_hex(8)}.tmp"
    try:
        return copy, safe_io.copy_piecewise(target, copy, MOST_BYTES)
    except OSError as error:
        safe_io.remove(copy)
        raise safe_io.writing_failed(copy, error) from error
    except BaseException:
        safe_io.remove(copy)
        raise


def _newer(target: Path) -> KeikakuError:
    return KeikakuError(
        f"「{target.name}」は新しい版のプログラムで作られているため、見るだけで、直せません。"
        "ファイルには触れていません。プログラムを新しくしてから開いてください。"
    )
