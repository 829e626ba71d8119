"""What a long log costs: a hundred hours of typing, and 50,000 entries."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.changes.change import apply
from app.changes.history import Entry
from app.edits.text import set_text
from benchmarks.measuring import Extent, Row, a_pc, card, inside, plan_file
from storage.document.local_document import LocalDocument
from storage.document.workspace import read_document
from storage.local_documents import LocalDocuments
from storage.plan_file.plan_file import write_plan_file

CARDS, FIELDS = 72, ("overview", "background", "final_goals")
VISITS, LENGTH, DRAFTS = 2000, 2000, 10
"""Visits of a field of so many characters, and how often one is kept meanwhile (each 1.5 s)."""
MOST_MEGABYTES = 30
ENTRIES = 50_000
SENTENCE = "来庁予約と待ち人数の案内をすすめる。"


def rows(extent: Extent) -> Iterator[Row]:
    """Typing first; with `--quick` a tenth of it, held to the same limits."""
    share = 1 if len(extent.sizes) > 1 else 10
    with a_pc() as folder:
        path = plan_file(folder, CARDS)
        type_for_hours(path, VISITS // share)
        yield from _opened_and_saved(path, f"{VISITS // share:,} visits", 1.0, extent.runs)
        megabytes = os.stat(path).st_size / 1_000_000
        if megabytes > MOST_MEGABYTES / share + 2:
            sys.exit(f"after {VISITS // share:,} visits the file has {megabytes:.0f} MB")
    with a_pc() as folder:
        path = plan_file(folder, CARDS)
        lengthen(path, ENTRIES // share)
        yield from _opened_and_saved(path, f"{ENTRIES // share:,} entries", 1.5, extent.runs)


def type_for_hours(path: Path, visits: int) -> None:
    """Somebody types into one long field after the other, and saves now and then."""
    document = LocalDocuments().open(str(path))
    session = document.session
    words = (SENTENCE * LENGTH)[:LENGTH]
    for n in range(visits):
        began, field = None, FIELDS[n % len(FIELDS)]
        for draft in range(DRAFTS):
            text = f"〔{n}〕{words}{'あ' * draft}"
            session.do(set_text(session.plan, card(n % CARDS), field, text), began)
            began = session.history.undoable
        if n % 200 == 0:
            _save(document)
    _save(document)
    document.close()


def lengthen(path: Path, entries: int) -> None:
    """Give the log of a plan so many entries more, each of some sixty characters."""
    contents = read_document(path)
    plan, log = contents.plan, list(contents.entries)
    at = datetime.now().astimezone()
    for n in range(entries):
        text = f"〔{n}〕{SENTENCE * 3}"
        edit = set_text(plan, card(n % CARDS), FIELDS[n % len(FIELDS)], text)
        plan = apply(plan, edit)
        number = log[-1].sequence + 1
        log.append(Entry(number, at + timedelta(seconds=n), "企画課", "do", edit))
    write_plan_file(path, replace(contents, plan=plan, entries=tuple(log)))


def _opened_and_saved(path: Path, size: str, limit: float, runs: int) -> Iterator[Row]:
    documents, texts = LocalDocuments(), iter(range(1000))
    megabytes = f"{os.stat(path).st_size / 1_000_000:.0f} MB"

    def open_once() -> None:
        documents.open(str(path)).close()

    def save_once() -> None:
        session = document.session
        session.do(set_text(session.plan, card(0), "overview", f"・{next(texts)}"))
        _save(document)

    yield Row(f"open after {size}", megabytes, inside(open_once, runs), limit)
    document = documents.open(str(path))
    yield Row(f"edit and save after {size}", megabytes, inside(save_once, runs), limit)
    document.close()


def _save(document: LocalDocument) -> None:
    answer = document.save()
    assert answer.state == "saved", answer.message
