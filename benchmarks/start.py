"""How long until the program is there: a command, and the window with a plan painted in it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import (
    ROOT,
    Cost,
    Extent,
    Row,
    a_pc,
    cost_of,
    keikaku,
    median_of,
    plan_file,
    script,
    side_by_side,
)

NOTHING = "python -c pass"
# Each prints when it has painted. The environment is one without a screen.
BARE_WINDOW = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1366, 740)
window.show()
application.processEvents()
window.grab()
print(time.time(), time.process_time(), flush=True)
"""
OUR_WINDOW = """
import sys, time
from storage.local_documents import LocalDocuments
from ui.desktop.main_window import MainWindow
from ui.desktop.program import make_application
from ui.desktop.theme import dress
application = make_application(["keikaku"])
window = MainWindow(LocalDocuments(), dress())
window.open(sys.argv[1])
window.show()
last = time.time() + 60
while window.plan_widget is None:
    application.processEvents()
    if time.time() > last:
        sys.exit("The plan was not opened.")
application.processEvents()
window.grab()
print(time.time(), time.process_time(), flush=True)
"""


def rows(extent: Extent) -> Iterator[Row]:
    """Commands beside Python alone, first paints beside an empty window of Qt."""
    with a_pc() as folder:
        sample = folder / "sample.keikaku"
        cost_of(keikaku("sample", sample), 1)
        commands = {
            NOTHING: script("pass"),
            "start of a command": keikaku("--version"),
            "show the sample": keikaku("show", sample),
        }
        costs = side_by_side(commands, extent.runs)
        nothing = costs.pop(NOTHING)
        for what, cost in costs.items():
            yield Row(what, "", cost, peer=NOTHING, beside=nothing)
        yield _painted(sample, "sample", 0.6, extent.runs)
        for count, limit in ((1000, 0.8), (10_000, 0.0)) if len(extent.sizes) > 1 else ():
            yield _painted(plan_file(folder, count), f"{count:,}", limit, extent.runs_at(count))


def _painted(plan: Path, size: str, limit: float, runs: int) -> Row:
    """From the start of a process to the painted window."""
    pairs = [(first_paint(OUR_WINDOW, plan), first_paint(BARE_WINDOW, plan)) for _ in range(runs)]
    ours, bare = (median_of([pair[n] for pair in pairs]) for n in (0, 1))
    return Row("first paint", size, ours, limit, "empty window of Qt", bare)


def first_paint(text: str, plan: Path) -> Cost:
    """What it costs from the start of a process until it says that it has painted."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    begin = time.time()
    run = subprocess.run(
        [sys.executable, "-c", text, str(plan)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    painted, busy = map(float, run.stdout.split()[-2:])
    return Cost(painted - begin, busy)
