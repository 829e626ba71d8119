"""What it takes to merge two files of one plan that both changed, one place differently."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Extent, Row, a_pc, card, cost_of, inside, keikaku, plan_file

EDITS = 20
CONFLICTS = 1
"""The code with which `keikaku merge` ends where something is left to decide."""


def rows(extent: Extent) -> Iterator[Row]:
    """The whole command, and the merge itself."""
    for size in extent.sizes:
        with a_pc() as folder:
            yield from _at(folder, size, extent.runs_at(size))


def _at(folder: Path, size: int, runs: int) -> Iterator[Row]:
    from storage.document.exchange import incoming
    from storage.document.workspace import read_document

    ours, theirs = plan_file(folder, size), folder / "theirs.keikaku"
    shutil.copy(ours, theirs)
    _edit(ours, range(EDITS), "本課")
    _edit(theirs, range(EDITS - 1, 2 * EDITS - 1), "担当課")
    sides, name = (read_document(ours), read_document(theirs)), f"{size:,}"
    yield Row("merge in process", name, inside(lambda: incoming(*sides), runs))
    trying = keikaku("merge", ours, theirs, "--dry-run")
    yield Row("merge: see what comes", name, cost_of(trying, runs, codes=(CONFLICTS,)))
    done = cost_of(keikaku("merge", ours, theirs), 1, codes=(CONFLICTS,))
    yield Row("merge: open, merge, save", name, done)


def _edit(path: Path, cards: range, who: str) -> None:
    from app.edits.text import set_text
    from storage.document.exchange import editing

    with editing(path, who) as workspace:
        session = workspace.session
        for n in cards:
            session.do(set_text(session.plan, card(n), "overview", f"・{who}の文{n}"))
