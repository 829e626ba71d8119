"""What is done with a whole document: an edit that is saved at once, merge, part, restore."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from app.changes.change import ChangeSet, apply
from app.changes.diff import diff
from app.changes.history import Entry, Source
from app.changes.merge import (
    Conflict,
    KeptConflict,
    Merge,
    merge,
    same_question,
    unsettled,
)
from app.changes.parting.base import parted, rebase, shared_entries
from app.changes.parting.state_name import rewound
from app.changes.parting.transfer import transferred
from app.changes.scope import part_of, within
from app.changes.superseded import settled_by_logs
from app.errors import DamagedError, KeikakuError
from app.plan.plan import Plan
from storage import safe_io
from storage.document import backups, lock
from storage.document.publish import publish
from storage.document.workspace import Workspace, fetched, open_document, read_document, write_whole
from storage.interchange.interchange import as_imported
from storage.plan_file.plan_file import PlanFile, write_plan_file
from storage.plan_file.rows import Contents
from storage.this_pc.event_log import note
from storage.this_pc.known_plans import is_known

PATIENCE: Final = 60.0
"""How long (seconds) a command waits for others who are saving the same document."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What another file brings: the merge, the conflicts nobody was asked before, and what lies
    outside the part that its department was given, which is listed and not taken.
    """

    merge: Merge
    asked: tuple[Conflict, ...]
    outside: ChangeSet
    base: Plan
    source: Source


@contextmanager
def editing(path: Path, author: str = "") -> Iterator[Workspace]:
    """Open a document, and save it when the block ends, while nobody else saves.

    Raises KeikakuError where it cannot be opened, and where it could not be saved: that says
    where the text is. A block that fails leaves the document untouched.
    """
    target = Path(os.path.realpath(path))
    with ExitStack() as stack:
        try:
            stack.enter_context(lock.saving(target, PATIENCE))
            mutex: Callable[[], AbstractContextManager[None]] = nullcontext
        except lock.BusyError:
            # The text is not lost: unless there is room now, it stays in a copy.
            mutex = partial(lock.saving, target, 0.0)
        workspace = stack.enter_context(open_document(target, author, is_draft=False))
        yield workspace
        if workspace.unsaved:
            _require_saved(workspace, mutex)


def _require_saved(workspace: Workspace, mutex: Callable[[], AbstractContextManager[None]]) -> None:
    answer = publish(workspace, saving=mutex)
    if answer.is_changed:
        # Somebody who does not ask: a copy by hand, or a share that knows no locks.
        try:
            catch_up(workspace)
        except KeikakuError as error:
            # Gone, or another plan by now. The text is where the answer says.
            raise KeikakuError(answer.message) from error
        answer = publish(workspace, saving=mutex)
    if answer.state != "saved":
        raise KeikakuError(answer.message)


def catch_up(workspace: Workspace) -> Merge:
    """Merge what others saved meanwhile into the workspace, so that it can be saved.

    Their log goes on with our edits, and `workspace.session` is a new one. Our values stand
    where both sides changed one; the conflicts keep theirs. Raises KeikakuError, nothing changed.
    """
    copy, sha256 = fetched(workspace.target)
    try:
        with PlanFile.received(copy, workspace.target, is_known) as file:
            theirs = file.contents()
        mine = workspace.contents()
        base, since = _parted(workspace, mine, theirs)
        entries, merged = rebase(base, mine.state, since, theirs.state)
        contents = _caught_up(theirs, mine, entries, merged)
        workspace.start_from(contents, copy, sha256, theirs.entries[-1].sequence)
    finally:
        safe_io.remove(copy)
    note("merged", len(merged.changes), len(merged.conflicts))
    return merged


def _parted(workspace: Workspace, mine: Contents, theirs: Contents) -> tuple[Plan, int]:
    """The plan where the two parted, and how much of our log is older."""
    if mine.plan.profile.id != theirs.plan.profile.id:
        raise KeikakuError(
            f"「{workspace.target.name}」は、別の計画のファイルに置きかわっています。"
            "書いた内容は残っています。別の名前で保存してください。"
        )
    if found := parted(mine.state, theirs.state, (mine.came_from, theirs.came_from)):
        return found.plan, found.ours
    base = workspace.base()
    return base.plan, len(base.entries)


def _caught_up(
    theirs: Contents, mine: Contents, entries: Sequence[Entry], merged: Merge
) -> Contents:
    """Their document with our entries behind theirs, and the conflicts of both."""
    conflicts, numbers = _conflicts(theirs, mine, merged)
    carried = [_with_numbers(entry, numbers) for entry in entries]
    plan = theirs.plan
    for entry in carried:
        plan = apply(plan, entry.changes)
    states = {d.number: d.after for entry in carried for d in entry.changes.decisions}
    kept = (replace(k, decision=states.get(k.number, k.decision)) for k in conflicts)
    log = (*theirs.entries, *carried)
    return replace(theirs, plan=plan, entries=log, conflicts=tuple(kept))


def _conflicts(
    theirs: Contents, mine: Contents, merged: Merge
) -> tuple[list[KeptConflict], dict[int, int]]:
    """The conflicts of both sides, and the numbers that ours have among them."""
    found = list(theirs.conflicts)
    numbers: dict[int, int] = {}
    for kept in (*mine.conflicts, *(KeptConflict(0, conflict) for conflict in merged.conflicts)):
        known = next((k for k in found if same_question(k.conflict, kept.conflict)), None)
        if known is None:
            known = replace(kept, number=len(found) + 1)
            found.append(known)
        numbers[kept.number] = known.number
    return found, numbers


def _with_numbers(entry: Entry, numbers: Mapping[int, int]) -> Entry:
    decisions = tuple(replace(d, number=numbers[d.number]) for d in entry.changes.decisions)
    return replace(entry, changes=replace(entry.changes, decisions=decisions))


def incoming(ours: Contents, theirs: Contents, base: Plan | None = None) -> Incoming:
    """What `theirs` would bring into `ours`; nothing is changed. Raises KeikakuError."""
    if ours.plan.profile.id != theirs.plan.profile.id:
        raise KeikakuError(
            "別の計画のファイルなので、統合できません。どちらも元のままです。"
            "同じ計画から分かれたファイルを指定してください。"
        )
    plan, outside = theirs.plan, ChangeSet("範囲の外")
    if theirs.scope:
        # A part carries its base inside: it is where its log begins.
        base = base or rewound(theirs.state, 1)
        plan, outside = within(base, plan, theirs.scope)
    since = shared_entries(ours.entries, theirs.entries)
    if base is None:
        base, plan = _met(ours, theirs)
    found = merge(base, ours.plan, plan)
    found = settled_by_logs(found, ours.plan, ours.entries, theirs.entries)
    left, asked = unsettled(ours.conflicts, found.conflicts)
    return Incoming(Merge(found.changes, left), asked, outside, base, _source(theirs, since))


def _met(ours: Contents, theirs: Contents) -> tuple[Plan, Plan]:
    """What both have in common, and theirs; both as ours has its rows."""
    found = parted(ours.state, theirs.state, (ours.came_from, theirs.came_from))
    if found is None:
        raise KeikakuError(
            "同じ計画から分かれたファイルではないため、統合できません。どちらも元のままです。"
            "分かれる前のファイルがあれば、それを基準に指定してください。"
        )
    if found.imported == "theirs":
        exported = as_imported(found.plan)
        return found.plan, transferred(exported, theirs.plan, found.plan)
    if found.imported == "ours":
        exported = as_imported(found.plan)
        return exported, transferred(found.plan, theirs.plan, exported)
    return found.plan, theirs.plan


def _source(theirs: Contents, since: int) -> Source:
    """What a merge brings in: their entries since the logs parted, and who wrote them."""
    new = theirs.entries[since:]
    ids = tuple(id for entry in new for id in (*entry.source.entries, entry.id))
    names = (n for entry in new for n in (entry.author, *entry.source.names) if n)
    return Source(ids, theirs.scope or tuple(dict.fromkeys(names)))


def back_up(workspace: Workspace, *, daily: bool = False) -> None:
    """Put what is edited here among this PC's backups, verified. Raises KeikakuError."""
    target, plan = workspace.target, workspace.session.plan.profile.id
    if not workspace.unsaved:
        base, sha256 = workspace.folder / "base.sqlite3", workspace.origin.sha256
        backups.back_up(base, target, sha256, plan, daily=daily)
        return
    whole = workspace.folder / "backup.sqlite3"
    try:
        contents = workspace.contents()
        sha256 = write_whole(contents, whole, target, workspace.known()).sha256
        backups.back_up(whole, target, sha256, plan, daily=daily)
    finally:
        safe_io.remove(whole)


def issue_part(plan: Plan, departments: Sequence[str], out: Path, author: str = "") -> Plan:
    """Write a file with the initiatives of these departments, to come back by merging.

    Returns the part. Raises KeikakuError, also where `out` is there already.
    """
    if safe_io.is_there(out):
        raise KeikakuError(
            f"「{out.name}」はすでにあるため、作りませんでした。別の名前を指定してください。"
        )
    part = part_of(plan, departments)
    label = ChangeSet(f"{'・'.join(departments)}へ切り出し")
    opening = Entry(1, datetime.now().astimezone(), author, "open", label)
    write_plan_file(out, Contents(part, (opening,), scope=tuple(departments)))
    return part


def restoring(path: Path, backup: Path) -> tuple[Plan, ChangeSet]:
    """The plan as it is, and what going back to a backup would change. Raises KeikakuError."""
    plan = read_document(path).plan
    return plan, _back(plan, read_document(backup))


def restore(path: Path, backup: Path, author: str = "") -> Path | None:
    """Go back to a backup: one edit that can be undone, and a backup before.

    A document that is damaged or gone is replaced whole; returns where it was put then. Raises
    KeikakuError, also for one that only cannot be read here and now, or by this program.
    """
    wanted = read_document(backup)
    try:
        read_document(path)
    except KeikakuError as error:
        if os.path.exists(path) and not isinstance(error, DamagedError):
            raise
        note("restored")
        return _put_back(Path(os.path.realpath(path)), backup)
    with editing(path, author) as workspace:
        edit = _back(workspace.session.plan, wanted)
        if edit.changes:
            back_up(workspace)
            workspace.session.do(edit)
    note("restored", len(edit))
    return None


def going_back(plan: Plan, backup: Path) -> ChangeSet:
    """The edit that takes a plan back to a backup. Raises KeikakuError for one of another plan."""
    return _back(plan, read_document(backup))


def _back(plan: Plan, wanted: Contents) -> ChangeSet:
    if plan.profile.id != wanted.plan.profile.id or wanted.scope:
        raise KeikakuError("この計画の控えではありません。計画は元のままです。")
    return diff(plan, wanted.plan, "控えに戻す")


def _put_back(target: Path, backup: Path) -> Path | None:
    with lock.saving(target):
        kept = backups.rescue(target, target.stem) if safe_io.is_there(target) else None
        safe_io.copy(backup, target)
    return kept
