"""What the plan file costs: import, edits by command and in the window, a file of 20 MB."""

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import (
    Cost,
    Extent,
    Row,
    a_pc,
    card,
    cost_of,
    inside,
    keikaku,
    median_of,
    plan_file,
    plan_json,
)

LARGE = 20_000_000
"""Bytes of a large plan file: some 3,300 initiatives."""


def rows(extent: Extent) -> Iterator[Row]:
    """At each size, then with a large file. An edit costs the same whatever the size."""
    for size in extent.sizes:
        with a_pc() as folder:
            yield from _at(folder, size, extent.runs_at(size))
    if len(extent.sizes) > 1:
        with a_pc() as folder:
            yield from _large(folder, extent.runs)


def _at(folder: Path, size: int, runs: int) -> Iterator[Row]:
    source, name = plan_json(folder, size), f"{size:,}"
    target = folder / "imported.keikaku"
    importing = keikaku("import", source, target, "--force")
    yield Row("import from JSON", name, cost_of(importing, runs))
    exporting = keikaku("export", target, folder / "out.json")
    yield Row("export as JSON", name, cost_of(exporting, runs))
    setting = keikaku("set", target, card(0), "overview", "・測る文")
    undoing = keikaku("undo", target)
    edits = [cost_of(command, 1) for _ in range(runs) for command in (setting, undoing)]
    yield Row("set or undo: open, edit, save", name, median_of(edits))
    yield Row("one edit, kept on disk", name, one_edit(target), 0.02)


def _large(folder: Path, runs: int) -> Iterator[Row]:
    path = large_file(folder)
    size = f"{os.stat(path).st_size / 1_000_000:.0f} MB"
    yield Row("open and read", size, cost_of(keikaku("show", path, card(0)), runs))
    setting = keikaku("set", path, card(0), "overview", "・測る文")
    yield Row("set: open, edit, save", size, cost_of(setting, 1))
    yield from _in_the_window(path, size, runs)


def _in_the_window(path: Path, size: str, runs: int) -> Iterator[Row]:
    """What opening and saving take there, without what is painted."""
    from app.edits.text import set_text
    from storage.local_documents import LocalDocuments

    documents, texts = LocalDocuments(), iter(range(1000))

    def open_once() -> None:
        documents.open(str(path)).close()

    yield Row("open in the window", size, inside(open_once, runs))
    document = documents.open(str(path))

    def save_once() -> None:
        session = document.session
        session.do(set_text(session.plan, card(0), "overview", f"・{next(texts)}"))
        assert document.save().state == "saved"

    yield Row("edit and save in the window", size, inside(save_once, runs))
    document.close()


def large_file(folder: Path) -> Path:
    """A plan file of about so many bytes."""
    some = 1900
    return plan_file(folder, round(some * LARGE / os.stat(plan_file(folder, some)).st_size))


def one_edit(path: Path) -> Cost:
    """What one edit costs in an open workspace, from the verb to the disk."""
    from app.edits.text import set_year_text
    from storage.document.workspace import open_document

    texts = iter(range(1000))
    with open_document(path) as workspace:
        session = workspace.session

        def edit() -> None:
            text = f"・{next(texts)}"
            session.do(set_year_text(session.plan, card(0), 2024, "actions", text))

        found = inside(edit, 20)
        workspace.abandon()
    return found
