"""An open document as the window has it: edited in its workspace, saved when a person says so."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from app.changes.change import ChangeSet
from app.changes.history import NOWHERE, Entry, Source
from app.changes.merge import Asked, KeptConflict, Merge
from app.errors import KeikakuError
from app.ports import Copy, FileNews, IncomingChanges, Saving
from app.session import Session
from storage import safe_io
from storage.document import backups, exchange, lock
from storage.document.file_watch import FileWatch
from storage.document.publish import publish
from storage.document.workspace import Workspace, fetched, new_document, write_whole
from storage.json_note import parsed_note
from storage.this_pc.author import own_names
from storage.this_pc.data_folder import data_folder
from storage.this_pc.event_log import note
from storage.this_pc.settings import remember


class LocalDocument:
    """A workspace with the lock of its document (`ui.documents.Document`)."""

    def __init__(self, workspace: Workspace, *, is_read_only: bool = False) -> None:
        """Use `storage.local_documents`. The workspace is this document's own from now on."""
        self._workspace, self.is_read_only = workspace, is_read_only
        self._watch, self._is_saving, self._was_saved = FileWatch(), False, False

    @property
    def session(self) -> Session:
        """The edits. After `save_as`, `catch_up` it is another one."""
        return self._workspace.session

    @property
    def path(self) -> str:
        """Where the document lies."""
        return str(self._workspace.target)

    @property
    def remark(self) -> str:
        """What to tell of what was saved last, empty for nothing."""
        return self._workspace.remark

    def unsaved(self) -> int:
        """How many edits the document does not hold yet; typing on counts once."""
        entries = self._workspace.unsaved
        return sum(not (entry.action == "do" and entry.target) for entry in entries)

    def others(self) -> str:
        """Who else has the document open, as `OpenStatus.holder`."""
        target, token = self._workspace.target, self._workspace.origin.token
        now = lock.holder(target)
        return now.words() if now and now.token != token else ""

    def news(self) -> FileNews:
        """What has become of the file. It may be asked in another thread."""
        origin = self._workspace.origin
        if self._is_saving:
            return ""
        found = self._watch.news(Path(origin.path), origin.sha256)
        # What we have saved ourselves meanwhile is no news.
        return "" if self._is_saving or self._workspace.origin != origin else found

    def saving(self) -> Callable[[], Saving]:
        """What makes the document what is edited here now, whole or not at all.

        It may run in another thread while edits go on: they are not in it.
        """
        workspace, contents = self._workspace, self._workspace.contents()

        def save() -> Saving:
            self._is_saving = True
            try:
                answer = publish(workspace, contents)
            finally:
                self._is_saving = False
            self._was_saved |= answer.state == "saved"
            return Saving(answer.state, answer.message, answer.is_changed)

        return save

    def save(self) -> Saving:
        """Make the document what is edited here, whole or not at all."""
        return self.saving()()

    def save_as(self, path: str) -> Saving:
        """Save under another name and go on there; what lay there goes into 履歴.

        A file that is gone is made again under its own name.
        """
        old, target = self._workspace, Path(os.path.realpath(path))
        if target == old.target:
            if safe_io.is_there(target):
                return self.save()
            # What says that we have it open is that of the file that is gone.
            _give_lock_back(old)
        new = new_document(target, old.contents(), old.session.author)
        try:
            if safe_io.is_there(target):
                _start_over(new, target)
            answer = publish(new)
            if answer.state == "saved":
                _take_lock(new, None)
                self._workspace, self.is_read_only = new, False
                self._was_saved = True
                remember(self.path)
                _leave(old)
        finally:
            if self._workspace is not new:
                new.abandon()
        return Saving(answer.state, answer.message, answer.is_changed)

    def catch_up(self) -> Merge:
        """Merge what others saved meanwhile, so that this can be saved. Raises KeikakuError."""
        merged = exchange.catch_up(self._workspace)
        target, token = self._workspace.target, self._workspace.origin.token
        if token and not lock.is_ours(target, token):
            # Somebody took over: from now on both save, and each saving merges.
            self._workspace.note_lock("")
        return merged

    def conflicts(self) -> Sequence[KeptConflict]:
        """The conflicts of merges that nobody has settled yet."""
        return tuple(c for c in self._workspace.conflicts() if c.decision is None)

    def copies(self) -> Sequence[Copy]:
        """The earlier states that were kept, the latest first."""
        found = backups.backups(self._workspace.target, self.session.plan.profile.id)
        return [copy_of(backup) for backup in found]

    def restoring(self, copy: Copy) -> ChangeSet:
        """The edit that goes back to a copy. Raises KeikakuError for one of another plan."""
        return exchange.going_back(self.session.plan, Path(copy.path))

    def last_saved(self) -> Entry | None:
        """The newest edit that the file held when it was opened or last saved."""
        saved = self._workspace.origin.sequence
        entries = reversed(self.session.history.entries)
        return next((entry for entry in entries if entry.sequence <= saved), None)

    def read(self, path: str, base: str | None = None) -> Callable[[], IncomingChanges]:
        """Read another file; what is returned says what it brings to the plan as it is then.

        Raises KeikakuError, as that does, where it is not one that belongs to this plan.
        """
        from storage.document.answers import read_answer

        return read_answer(self._workspace.contents, Path(path), Path(base) if base else None)

    def bring_in(self, edit: ChangeSet, asked: Asked, source: Source = NOWHERE) -> None:
        """Make the edit of a merge and keep the conflicts that it asks."""
        self._workspace.bring_in(edit, asked.new, source)
        note("merged", len(edit), len(asked.new))

    def back_up(self) -> None:
        """Keep a verified copy of what is edited now. Raises KeikakuError."""
        exchange.back_up(self._workspace)

    def close(self) -> None:
        """Let it go. What is not saved stays as a draft; what was saved, among this PC's copies."""
        if self._was_saved and not self._workspace.unsaved:
            self._was_saved = False
            # 履歴 has what was there before each saving, so nothing yet of the last one. The
            # document itself has it: where it cannot be copied, nobody is kept from leaving.
            with suppress(KeikakuError):
                exchange.back_up(self._workspace)
        _give_lock_back(self._workspace)
        self._workspace.close()


def copy_of(backup: backups.Backup) -> Copy:
    """An earlier state as the window and commands name it."""
    return Copy(str(backup.path), backup.at, backup.size)


def take_lock(workspace: Workspace, seen: lock.Holder | None) -> None:
    """Say that we have the document open. Raises KeikakuError where somebody else has it."""
    held = lock.holder(workspace.target)
    is_ours = held and held.token == workspace.origin.token
    if held and (is_ours or is_left_behind(held, workspace.session.author)):
        seen = held
    _take_lock(workspace, seen)


def is_left_behind(held: lock.Holder, who: str) -> bool:
    """Whether a lock was left by a window of ours (`who` on this PC) that ended too early."""
    if held.pc != lock.pc_name() or held.who not in {who, *own_names()}:
        return False
    for origin in (data_folder() / "workspaces").glob("*/*/origin.json"):
        with suppress(KeikakuError, ValueError, AttributeError):
            if parsed_note(safe_io.read_bytes(origin)).get("token") == held.token:
                return _is_free(origin.parent)
    return True


def rescue(workspace: Workspace) -> Path:
    """Put a copy where the program never removes anything. Raises KeikakuError."""
    whole = workspace.folder / "whole.sqlite3"
    write_whole(workspace.contents(), whole, workspace.target)
    return backups.rescue(whole, workspace.target.stem)


def _start_over(workspace: Workspace, target: Path) -> None:
    """Make a new workspace one of a document that is there and will be replaced."""
    copy, sha256 = fetched(target)
    try:
        workspace.start_from(workspace.contents(), copy, sha256, 0)
    finally:
        safe_io.remove(copy)


def _take_lock(workspace: Workspace, seen: lock.Holder | None) -> None:
    try:
        mine = lock.take(workspace.target, workspace.session.author, seen)
    except (lock.HeldError, lock.BusyError):
        raise
    except KeikakuError:
        # Where the folder cannot be written one can still read, and save elsewhere.
        return
    try:
        workspace.note_lock(mine.token)
    except BaseException:
        lock.release(workspace.target, mine.token)
        raise


def _give_lock_back(workspace: Workspace) -> None:
    if workspace.origin.token:
        lock.release(workspace.target, workspace.origin.token)


def _leave(workspace: Workspace) -> None:
    """What was not saved there is in the new document."""
    _give_lock_back(workspace)
    workspace.abandon()


def _is_free(folder: Path) -> bool:
    hold = lock.Hold.take(folder / "in_use")
    if hold:
        hold.release()
    return hold is not None
