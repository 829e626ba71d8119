"""How long until the program is there: a command, and the window with a plan painted in it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import ROOT, Cost, Extent, Row, a_pc, cost_of, keikaku, plan_file, script

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
print(time.time(), flush=True)
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
while window.plan_widget is None:
    application.processEvents()
application.processEvents()
window.grab()
print(time.time(), flush=True)
"""


def rows(extent: Extent) -> Iterator[Row]:
    """Commands beside Python alone, first paints beside an empty window of Qt."""
    with a_pc() as folder:
        sample = folder / "sample.keikaku"
        cost_of(keikaku("sample", sample), 1)
        nothing = cost_of(script("pass"), extent.runs)
        version = cost_of(keikaku("--version"), extent.runs)
        yield row("start of a command", "", version, nothing)
        yield row("show the sample", "38", cost_of(keikaku("show", sample), extent.runs), nothing)
        bare = first_paint(BARE_WINDOW, sample, extent.runs)
        painted = first_paint(OUR_WINDOW, sample, extent.runs)
        yield Row("first paint of the sample", "38", painted, 0.6, 0, "empty window of Qt", bare)
        for count, limit in ((1000, 0.8), (10_000, 0.0)) if len(extent.sizes) > 1 else ():
            painted = first_paint(OUR_WINDOW, plan_file(folder, count), extent.runs_at(count))
            size = f"{count:,}"
            yield Row("first paint", size, painted, limit, 0, "empty window of Qt", bare)


def row(what: str, size: str, cost: Cost, nothing: Cost) -> Row:
    """A command beside Python that does nothing."""
    return Row(what, size, cost.seconds, 0, cost.megabytes, "python -c pass", nothing.seconds)


def first_paint(text: str, plan: Path, runs: int) -> float:
    """Seconds from the start of a process to the painted window; the median."""
    return statistics.median(_first_paint(text, plan) for _ in range(runs))


def _first_paint(text: str, plan: Path) -> float:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    begin = time.time()
    run = subprocess.run(
        [sys.executable, "-c", text, str(plan)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(run.stdout.split()[-1]) - begin
