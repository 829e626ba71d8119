"""A program that is ended at any instant leaves the document whole, and every confirmed text."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage.document.workspace import drafts, open_document, read_document, resume, sweep
from storage.plan_file import plan_file
from tests.storage.documents import a_share, save, saved, text_in, write_in
from tests.storage.killed import Ending
from tests.storage.processes import KILLED, forked

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by fork")


@pytest.fixture(autouse=True)
def home(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(quick_path / "このPC"))
    return quick_path / "このPC"


def save_and_end(document: Path, text: str, last: int) -> None:
    from storage import safe_io

    safe_io.operate = Ending(last).operate  # type: ignore[assignment]
    save(document, text)


def test_ended_after_each_operation(quick_path: Path, home: Path) -> None:
    document = a_share(quick_path)
    save(document, "確定した文", "background")
    number, before, ended = 0, text_in(document), KILLED
    while ended:
        number += 1
        text = f"{number}回目"
        ended = forked(save_and_end, document, text, number)
        assert ended in (0, KILLED)
        found = read_document(document)
        assert text_in(document, "background") == "確定した文"
        assert text_in(document) in (before, text)
        if not ended:
            assert text_in(document) == text
        before = text_in(document)
        assert len(found.entries) == found.entries[-1].sequence
    assert number > 60
    # What is left lying about hinders nobody, and goes.
    save(document, "最後")
    sweep()
    assert [f for f in home.rglob("*.sqlite3") if f.is_file()] == []


def test_ended_at_random_instants(quick_path: Path) -> None:
    choice = random.Random(1)
    document = a_share(quick_path)
    start = time.monotonic()
    assert forked(save, document, "はじめ") == 0
    usual, confirmed = time.monotonic() - start, "はじめ"
    ends = {0: 0, -signal.SIGALRM: 0}
    for number in range(100):
        text = f"{number}回目"
        ended = forked(save_until, document, text, choice.uniform(0.002, usual * 1.5))
        ends[ended] += 1
        found = text_in(document)
        assert found == text if ended == 0 else found in (confirmed, text)
        confirmed = found
    assert min(ends.values()) > 5


def save_until(document: Path, text: str, seconds: float) -> None:
    # Nobody catches it, so it ends the program like a kill.
    signal.setitimer(signal.ITIMER_REAL, seconds)
    save(document, text)
    signal.setitimer(signal.ITIMER_REAL, 0)


def edit_and_end(document: Path, number: int) -> None:
    workspace = open_document(document, "試験")
    for n in range(number):
        write_in(workspace, f"下書き{n}")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_draft_survives_and_is_offered_once(quick_path: Path) -> None:
    document = a_share(quick_path)
    before = document.read_bytes()
    assert forked(edit_and_end, document, 3) == KILLED
    assert document.read_bytes() == before
    [draft] = drafts(document)
    assert len(draft.entries) == 3
    with resume(draft) as workspace:
        assert workspace.session.plan.initiatives
        with pytest.raises(KeikakuError, match="ほかの画面"):
            resume(draft)
        saved(workspace)
    assert text_in(document) == "下書き2"
    assert drafts(document) == []


def test_a_draft_left_alone_stays(quick_path: Path) -> None:
    document = a_share(quick_path)
    forked(edit_and_end, document, 1)
    save(document, "ほかの欄", "background")
    with open_document(document):
        assert len(drafts(document)) == 1
    assert len(drafts(document)) == 1


def test_a_crash_test_without_syncing_would_not_notice(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why there is `test_power_cut`: ending a program never loses what the system has."""
    monkeypatch.setitem(plan_file._EDITING, "synchronous", 0)
    document = a_share(quick_path)
    forked(edit_and_end, document, 2)
    [draft] = drafts(document)
    assert len(draft.entries) == 2
