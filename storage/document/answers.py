"""What comes back from others: a plan file or a workbook, held against the plan that is open."""

from collections.abc import Callable
from pathlib import Path

from app.changes.change import ChangeSet
from app.changes.history import Source
from app.changes.merge import asking, unsettled
from app.forms.reading import compare
from app.ports import IncomingChanges
from storage.document.exchange import incoming
from storage.document.workspace import read_document
from storage.form_files import form_for
from storage.plan_file.rows import Contents

_BOOKS = (".xlsx", ".xlsm")


def read_answer(
    ours: Callable[[], Contents], path: Path, base: Path | None = None
) -> Callable[[], IncomingChanges]:
    """Read a file once; what is returned holds it against what `ours` gives then.

    `base` is the document that both came from, if their logs do not show it. Both raise
    KeikakuError if the file does not belong to this plan.
    """
    if path.suffix.lower() in _BOOKS:
        return _workbook(ours, path)
    theirs = read_document(path)
    common = read_document(base).plan if base else None

    def brought() -> IncomingChanges:
        now = ours()
        found = incoming(now, theirs, common)
        kind = f"{'・'.join(theirs.scope)}の回答" if theirs.scope else "同じ計画のファイル"
        changes = ChangeSet(_label(path), found.merge.changes.changes)
        asked = asking(now.conflicts, found.merge.conflicts)
        return IncomingChanges(kind, changes, asked, found.outside, source=found.source)

    return brought


def _workbook(ours: Callable[[], Contents], path: Path) -> Callable[[], IncomingChanges]:
    from storage.excel.sheet_reader import read_workbook

    returned = read_workbook(path)

    def brought() -> IncomingChanges:
        now = ours()
        found = compare(form_for(now.plan), now.plan, returned)
        left, _ = unsettled(now.conflicts, found.conflicts)
        changes = ChangeSet(_label(path), found.changes.changes)
        return IncomingChanges(
            "Excelの回答", changes, asking(now.conflicts, left),
            unread=found.unread, remarks=found.remarks, offers=found.offers,
            source=Source(names=(path.name,)),
        )  # fmt: skip

    return brought


def _label(path: Path) -> str:
    return f"統合（{path.name}）"
