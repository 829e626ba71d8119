"""What is done with a whole document: an edit that is saved at once, merge, part, restore."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.changes.base import carried_over, common_base, rewound, shared_entries
from app.changes.change import ChangeSet, apply
from app.changes.diff import diff
from app.changes.history import Entry
from app.changes.merge import Conflict, KeptConflict, Merge, merge
from app.changes.scope import part_of, within
from app.errors import KeikakuError
from app.plan.plan import Plan
from storage import backups, lock, safe_io
from storage.plan_file import PlanFile, write_plan_file
from storage.plan_rows import Contents
from storage.publish import Answer, publish
from storage.workspace import Workspace, fetched, open_document, read_document

PATIENCE: Final = 60.0
"""How long (seconds) a command waits for others who are saving the same document."""
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Incoming:
    """What another file brings: the merge, the conflicts nobody was asked before, and what lies
    outside the part that its department was given, which is listed and not taken.
    """

    merge: Merge
    asked: tuple[Conflict, ...]
    outside: ChangeSet
    base: Plan


def edit_and_save(path: Path, edit: Callable[[Workspace], object], author: str = "") -> Answer:
    """Open, edit and save, while nobody else saves; nothing is done where nothing is to change.

    Raises KeikakuError where it cannot be opened or `edit` refuses; the document is untouched.
    """
    target = Path(os.path.realpath(path))
    end = time.monotonic() + PATIENCE
    try:
        with lock.saving(target, PATIENCE):
            for _ in range(_TRIES):
                answer = _edited(target, edit, author, is_alone=True)
                if not answer.is_changed or time.monotonic() > end:
                    break
            return answer
    except lock.BusyError:
        # The text is not lost: it stays in a copy, and the answer says where.
        return _edited(target, edit, author, is_alone=False)


def _edited(
    target: Path, edit: Callable[[Workspace], object], author: str, *, is_alone: bool
) -> Answer:
    with open_document(target, author, is_draft=False) as workspace:
        edit(workspace)
        if not workspace.is_changed():
            return Answer("saved", f"「{target.name}」に変更はありません。")
        return publish(workspace, nullcontext() if is_alone else lock.saving(target, 0.0))


def catch_up(workspace: Workspace) -> Merge:
    """Merge what others saved meanwhile into the workspace, so that it can be saved.

    Their log goes on with our edits, and `workspace.session` is a new one. Our values stand
    where both sides changed one; the conflicts keep theirs. Raises KeikakuError, nothing changed.
    """
    copy, sha256 = fetched(workspace.target)
    try:
        with PlanFile.received(copy, workspace.target) as file:
            theirs = file.contents()
        mine = workspace.contents()
        base, since = _parted(workspace, mine, theirs)
        entries, merged = carried_over(
            base, (mine.plan, mine.entries), since, (theirs.plan, theirs.entries)
        )
        plan = theirs.plan
        for entry in entries:
            plan = apply(plan, entry.changes)
        kept = _conflicts(theirs, mine, merged)
        contents = replace(theirs, plan=plan, entries=(*theirs.entries, *entries), conflicts=kept)
        workspace.start_from(contents, copy, sha256, theirs.entries[-1].sequence)
    finally:
        safe_io.remove(copy)
    return merged


def _parted(workspace: Workspace, mine: Contents, theirs: Contents) -> tuple[Plan, int]:
    """The plan where the two parted, and how much of our log is older."""
    if mine.plan.profile.id != theirs.plan.profile.id:
        raise KeikakuError(
            f"「{workspace.target.name}」は、別の計画のファイルに置き換わっています。"
            "書いた内容は残っています。別の名前で保存してください。"
        )
    shared = shared_entries(mine.entries, theirs.entries)
    if shared:
        return rewound((mine.plan, mine.entries), shared), shared
    base = workspace.base()
    return base.plan, len(base.entries)


def _conflicts(theirs: Contents, mine: Contents, merged: Merge) -> tuple[KeptConflict, ...]:
    found = list(theirs.conflicts)
    known = {kept.conflict: kept for kept in found}
    own = [kept for kept in mine.conflicts if kept.conflict not in known]
    new = [KeptConflict(0, conflict) for conflict in merged.conflicts if conflict not in known]
    for kept in (*own, *new):
        found.append(replace(kept, number=len(found) + 1))
    return tuple(found)


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
        base = base or rewound((plan, theirs.entries), 1)
        plan, outside = within(base, plan, theirs.scope)
    if base is None:
        base = common_base((ours.plan, ours.entries), (plan, theirs.entries))
    found = merge(base, ours.plan, plan)
    settled = {_question(kept.conflict) for kept in ours.conflicts if kept.decision}
    open_ones = tuple(c for c in found.conflicts if _question(c) not in settled)
    known = {_question(kept.conflict) for kept in ours.conflicts}
    asked = tuple(c for c in open_ones if _question(c) not in known)
    return Incoming(Merge(found.changes, open_ones), asked, outside, base)


def _question(conflict: Conflict) -> tuple[object, ...]:
    """What makes two conflicts the same question: all but what our side says by now."""
    return conflict.entity, conflict.id, conflict.field, repr(conflict.base), repr(conflict.theirs)


def merge_in(
    path: Path, theirs: Path, base: Path | None = None, author: str = ""
) -> tuple[Incoming, Answer]:
    """Merge another file into a document: one edit that can be undone, and a backup before.

    Raises KeikakuError, the document untouched.
    """
    other = read_document(theirs)
    base_plan = read_document(base).plan if base else None
    found: list[Incoming] = []

    def bring_in(workspace: Workspace) -> None:
        found.append(incoming(workspace.contents(), other, base_plan))
        brought = found[-1]
        if brought.merge.changes.changes or brought.asked:
            back_up(workspace)
            workspace.bring_in(brought.merge.changes, brought.asked)

    answer = edit_and_save(path, bring_in, author)
    return found[-1], answer


def back_up(workspace: Workspace, *, daily: bool = False) -> None:
    """Put the document as it was opened among this PC's backups. Raises KeikakuError."""
    origin, plan = workspace.origin, workspace.session.plan.profile.id
    copy = workspace.folder / "base.sqlite3"
    backups.back_up(copy, workspace.target, origin.sha256, plan, daily=daily)


def issue_part(path: Path, departments: Sequence[str], out: Path, author: str = "") -> Plan:
    """Write a file with the initiatives of these departments, to come back by `merge_in`.

    Raises KeikakuError, also where `out` is there already.
    """
    if out.exists():
        raise KeikakuError(
            f"「{out.name}」はすでにあるため、作りませんでした。別の名前を指定してください。"
        )
    part = part_of(read_document(path).plan, departments)
    label = ChangeSet(f"{'・'.join(departments)}へ配布")
    opening = Entry(1, datetime.now().astimezone(), author, "open", label)
    write_plan_file(out, Contents(part, (opening,), scope=tuple(departments)))
    return part


def restoring(path: Path, backup: Path) -> tuple[Plan, ChangeSet]:
    """The plan as it is, and what going back to a backup would change. Raises KeikakuError."""
    plan = read_document(path).plan
    return plan, _back(plan, read_document(backup))


def restore(path: Path, backup: Path, author: str = "") -> Answer:
    """Go back to a backup: one edit that can be undone, and a backup before.

    A document that is damaged is put into `rescue/` and replaced whole. Raises KeikakuError.
    """
    wanted = read_document(backup)

    def go_back(workspace: Workspace) -> None:
        edit = _back(workspace.session.plan, wanted)
        if edit.changes:
            back_up(workspace)
            workspace.session.do(edit)

    try:
        read_document(path)
    except KeikakuError:
        return _put_back(Path(os.path.realpath(path)), backup)
    return edit_and_save(path, go_back, author)


def _back(plan: Plan, wanted: Contents) -> ChangeSet:
    if plan.profile.id != wanted.plan.profile.id or wanted.scope:
        raise KeikakuError("この計画の控えではありません。計画は元のままです。")
    return diff(plan, wanted.plan, "控えに戻す")


def _put_back(target: Path, backup: Path) -> Answer:
    with lock.saving(target):
        kept = backups.rescue(target, target.stem) if target.exists() else None
        safe_io.copy(backup, target)
    told = f"こわれていたファイルは残してあります: {kept}" if kept else ""
    return Answer("saved", f"「{target.name}」を控えに戻しました。{told}", kept)
