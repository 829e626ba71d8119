"""保存: the workspace becomes the document, whole and verified, or the document stays as it was.

Whole copy, verified → who is saving keeps others out → copied beside the document, synced,
verified → is the lock still ours → is the document still the one we opened → the old one goes
into 履歴 → the new one takes its name → read back. A changed document is never replaced: it is
merged first (`storage.document.exchange`).
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal

from app.errors import KeikakuError
from storage import safe_io
from storage.document import backups, lock
from storage.document.workspace import Whole, Workspace, write_whole
from storage.plan_file import integrity
from storage.plan_file.rows import Contents
from storage.this_pc.event_log import note
from storage.this_pc.known_plans import remember_large

_LITTER_AGE: Final = 3600.0
"""After how long (seconds) a file that was being written is nobody's."""


_TOLD_FROM: Final = 0.5
"""From which share of the limits on the person is told."""


class ChangedError(KeikakuError):
    """The document is not the one that was opened."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a saving: one of three, with what to tell the person.

    `copy` is where what was written lies where it is not (surely) in the document.
    """

    state: Literal["saved", "not_saved", "unsure"]
    message: str
    copy: Path | None = None
    is_changed: bool = False


def publish(
    workspace: Workspace,
    contents: Contents | None = None,
    saving: Callable[[], AbstractContextManager[None]] | None = None,
) -> Published:
    """Save. Never raises KeikakuError: what was written is always somewhere, and it says where.

    `contents` is what is saved; with it the saving may run in another thread while edits go on.
    `saving` gives what keeps others out; None waits for `lock.saving` as long as usual.
    """
    wanted = workspace.contents() if contents is None else contents
    answer = _published(workspace, wanted, saving or partial(lock.saving, workspace.target))
    note(answer.state)
    return answer


def _published(
    workspace: Workspace, contents: Contents, saving: Callable[[], AbstractContextManager[None]]
) -> Published:
    whole = workspace.folder / "whole.sqlite3"
    sha256 = ""
    try:
        written = write_whole(contents, whole, workspace.target, workspace.known())
        sha256 = written.sha256
        with saving():
            _put(workspace, whole, sha256)
        with suppress(KeikakuError):
            # Where this PC cannot note it, the next saving merges with what is there: the same.
            workspace.note_saved(whole, sha256, contents.entries[-1].sequence)
    except KeikakuError as error:
        return _failed(workspace, whole, sha256, error)
    except Exception:
        # A fault of the program takes nothing from anybody: the next opening offers the draft.
        workspace.keep_draft()
        raise
    finally:
        safe_io.remove(whole)
    workspace.remark = _remark(written, contents.plan.profile.id)
    return Published("saved", f"「{workspace.target.name}」に保存しました。")


def _remark(whole: Whole, plan: str) -> str:
    """What to tell of a file that comes near what other PCs read of a plan they do not know."""
    share = max(whole.size / safe_io.MAX_BYTES, whole.rows / integrity.MOST_ROWS)
    if share < _TOLD_FROM:
        return ""
    remember_large(plan)
    room = (
        f"の{share:.0%}になりました"
        if share < 1
        else "を超えました（このPCと、この計画を開いたことのあるPCでは開けます）"
    )
    return (
        f"この計画の記録が、はじめてのPCで開ける大きさ{room}。計画のデータ（JSON）に出力し、"
        "新しいファイルに取り込むと、記録を新しく始められます。"
    )


def _put(workspace: Workspace, whole: Path, sha256: str) -> None:
    """Make the verified copy `whole` the document, while nobody else does."""
    target = workspace.target
    with safe_io.replacing(target) as temp:
        safe_io.copy_piecewise(whole, temp)
        safe_io.sync(temp)
        _require_same(temp, sha256, target)
        _require_ours(workspace)
        _require_unchanged(workspace)
        if workspace.origin.sha256:
            backups.keep_history(target, workspace.origin.sha256, is_checked=True)
    _require_same(target, sha256, target)
    _sweep(target)


def _sweep(target: Path) -> None:
    """Remove what PCs that stopped while saving left beside the document, by the share's clock."""
    with suppress(OSError):
        now = target.stat().st_mtime
        for temp in target.parent.glob(".keikaku-*.tmp"):
            if now - temp.stat().st_mtime > _LITTER_AGE:
                safe_io.remove(temp)


def _require_ours(workspace: Workspace) -> None:
    target, token = workspace.target, workspace.origin.token
    if token and not lock.is_ours(target, token):
        now = lock.holder(target)
        raise ChangedError(
            f"「{target.name}」は、{now.words() if now else 'ほかの人が'}引き継いでいます。"
        )


def _require_unchanged(workspace: Workspace) -> None:
    """What cannot be read counts as changed."""
    target, opened = workspace.target, workspace.origin.sha256
    if not opened and _is_absent(target):
        return
    try:
        is_same = safe_io.sha256(target) == opened
    except KeikakuError as error:
        raise ChangedError(str(error)) from error
    if not is_same:
        raise ChangedError(f"「{target.name}」は、開いた後にほかの人が保存しています。")


def _require_same(path: Path, sha256: str, target: Path) -> None:
    if safe_io.sha256(path) != sha256:
        raise KeikakuError(f"「{target.name}」に書いた内容を読み返すと、違っていました。")


def _failed(workspace: Workspace, whole: Path, sha256: str, error: KeikakuError) -> Published:
    """What to say: the document is the old one, or nobody can tell."""
    kept = workspace.folder / "work.sqlite3"
    is_whole = os.path.exists(whole) and sha256
    try:
        copy = backups.rescue(whole, workspace.target.stem) if is_whole else kept
    except KeikakuError:
        # No disk to write to: it stays in the workspace, where each edit was kept.
        copy = kept
    if copy == kept:
        workspace.keep_draft()
    changed = isinstance(error, ChangedError)
    if changed or isinstance(error, lock.BusyError) or _is_untouched(workspace):
        message = f"保存できませんでした（写しを残しました: {copy}）。{error}"
        return Published("not_saved", message, copy, changed)
    return Published("unsure", f"保存を確認できません（写しを残しました: {copy}）。{error}", copy)


def _is_untouched(workspace: Workspace) -> bool:
    target, opened = workspace.target, workspace.origin.sha256
    try:
        return safe_io.sha256(target) == opened
    except KeikakuError:
        return not opened and _is_absent(target)


def _is_absent(target: Path) -> bool:
    """Whether there is surely no document."""
    try:
        return not safe_io.is_there(target)
    except KeikakuError:
        return False
