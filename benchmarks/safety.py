"""The figures of docs/safety.md: what is lost when things go wrong, beyond what the tests try.

`python -m benchmarks.safety` runs what a release needs (about an hour); `--kills`, `--images`,
`--merges` and `--rounds` set how many.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from storage import safe_io
from storage.document.workspace import read_document
from storage.plan_file import plan_file
from tests.app.changes.random_merges import losses as merge_losses
from tests.storage.documents import a_share, text_in
from tests.storage.processes import together
from tests.storage.test_power_cut import losses as power_losses
from tests.storage.test_together import writer

ROOT = Path(__file__).parents[1]
CARD = "7e5bd2a8-0000-4000-8000-000000000001"


def main() -> None:
    """Run each part as often as the words say, and print what was lost."""
    reading = argparse.ArgumentParser(description=__doc__)
    for name, count in (("kills", 1000), ("images", 20_000), ("merges", 20_000), ("rounds", 5)):
        reading.add_argument(f"--{name}", type=int, default=count)
    wanted = reading.parse_args()
    kills(wanted.kills)
    power_cuts(wanted.images)
    merges(wanted.merges)
    writers(wanted.rounds)
    quickness()


def kills(count: int) -> None:
    """`keikaku set` ended by kill -9 at a random instant."""
    with a_pc() as place:
        document, choice, lost, ends = a_share(place), random.Random(1), 0, 0
        confirmed = text_in(document)
        usual = timed(lambda: command(document, "はじめ").wait())
        confirmed = "はじめ"
        for n in range(count):
            text, process = f"{n}回目", command(document, f"{n}回目")
            try:
                process.wait(choice.uniform(usual * 0.4, usual * 1.2))
            except subprocess.TimeoutExpired:
                process.kill()
                ends += 1
            process.wait()
            found = text_in(document)
            lost += found != text if process.returncode == 0 else found not in (confirmed, text)
            confirmed = found
    print(f"kill -9 during set: {count} runs, {ends} ended half-way, {lost} lost")


def power_cuts(images: int) -> None:
    """Twenty stories, each cut many times; then what must be noticed."""
    lost = 0
    for story in range(20):
        with a_pc() as place:
            lost += len(power_losses(place, max(1, images // 20), seed=story))
    print(f"power cuts: {images} images, {lost} confirmed edits lost")
    for name, fault in CONTROLS.items():
        with a_pc() as place, fault():
            print(f"  control, {name}: {len(power_losses(place, 1200))} lost in 1200 images")


@contextmanager
def settings(**values: object) -> Iterator[None]:
    """SQLite edits with other settings meanwhile: a control that has to lose something."""
    before = dict(plan_file._EDITING)
    plan_file._EDITING.update(values)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        plan_file._EDITING.update(before)  # type: ignore[attr-defined]


@contextmanager
def unsynced() -> Iterator[None]:
    """Nothing is synced meanwhile: the other control."""
    before, safe_io.sync = safe_io.sync, lambda path: None
    try:
        yield
    finally:
        safe_io.sync = before


CONTROLS = {
    "synchronous=OFF": lambda: settings(synchronous=0),
    "journal_mode=DELETE": lambda: settings(journal_mode="delete", locking_mode="normal"),
    "files not synced before they are renamed": unsynced,
}


def merges(count: int) -> None:
    """Random merges against the oracle of the tests."""
    lost = sum(len(merge_losses(seed)) for seed in range(count))
    print(f"merges: {count} random ones, {lost} statements lost without a word")


def writers(rounds: int) -> None:
    """Eight programs save one document forty times each."""
    lost = given_up = 0
    for _ in range(rounds):
        with a_pc() as place:
            document = a_share(place)
            names = [f"w{n}" for n in range(8)]
            codes = together([partial(writer, document, place / "PC", name, 40) for name in names])
            changes = [c for e in read_document(document).entries for c in e.changes]
            there = {c.after for c in changes if c.field == "texts.overview"}
            lost += 320 - len(there)
            given_up += sum(code != 0 for code in codes)
    # A program that waited a minute in vain leaves a named copy, and saves no more here.
    print(f"eight writers: {rounds * 320} saves, {lost} missing, {given_up} programs gave up")


def quickness() -> None:
    """What one `keikaku set` costs on this disk, start of the program included."""
    with a_pc(tempfile.gettempdir()) as place:
        document = a_share(place)
        times = sorted(timed(lambda: command(document, "文").wait()) for _ in range(11))
    print(f"keikaku set: median {times[5] * 1000:.0f} ms")


def command(document: Path, text: str) -> "subprocess.Popen[bytes]":
    """`keikaku set`, started."""
    words = ["set", str(document), CARD, "overview", text]
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *words], cwd=ROOT, stdout=subprocess.DEVNULL
    )


def timed(action: Callable[[], object]) -> float:
    """How long something takes, in seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@contextmanager
def a_pc(folder: str = "/dev/shm") -> Iterator[Path]:
    """A folder with a PC in it, in memory: syncing costs nothing there."""
    with tempfile.TemporaryDirectory(dir=folder if os.access(folder, os.W_OK) else None) as place:
        os.environ["KEIKAKU_HOME"] = str(Path(place, "PC"))
        yield Path(place)


if __name__ == "__main__":
    main()
