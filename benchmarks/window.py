"""Measures the window: first paint, filtering, page preview. Run: python benchmarks/window.py

Each first paint is a fresh process without a screen; times are seconds from its start.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
FIRST_PAINT = """
import sys, time
sys.path.insert(0, {root!r})
from PySide6.QtCore import QTimer
from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.desktop.main_window import MainWindow
from ui.desktop.program import make_application
from ui.desktop.theme import dress
application = make_application(["window"])
window = MainWindow(MemoryDocuments(plan=sample_plan({count})), dress())
window.open("plan")
window.show()
application.processEvents()
window.grab()
print(time.time())
"""


def first_paint(count: int) -> float:
    """Seconds from the start of the process to the painted board."""
    begin = time.time()
    script = FIRST_PAINT.format(root=str(ROOT), count=count)
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(run.stdout.split()[-1]) - begin


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """Median of some runs."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def inside(count: int) -> None:
    from PySide6.QtWidgets import QApplication

    from app.edits.card import move_cards
    from app.plan.filters import Filter
    from tests.ui.desktop.plans import plan_widget, sample_plan, session_of
    from ui.desktop.program import make_application
    from ui.desktop.theme import dress

    application = QApplication.instance() or make_application(["window"])
    assert isinstance(application, QApplication)
    widget = plan_widget(session_of(sample_plan(count)), dress())
    widget.resize(1366, 700)
    widget.show()
    application.processEvents()
    queries = iter(
        ["税", "", "窓口", "", "地図", "", "保育", "", "市民課", "", "公園", "", "案内", ""]
    )

    def filter_once() -> None:
        widget.shared.set_filter(Filter(query=next(queries)))
        application.processEvents()

    stages = iter([n % 5 for n in range(1, 20)])

    def move_once() -> None:
        stage = widget.shared.plan.profile.stages[next(stages)]
        widget.signals.do(lambda plan: move_cards(plan, ["i0"], stage))
        application.processEvents()

    print(f"  a key in the search field: {milliseconds(filter_once, 14):.0f} ms")
    print(f"  moving a card: {milliseconds(move_once):.0f} ms")
    widget.open_initiative("i5")
    application.processEvents()
    editor = widget.editor
    print(f"  page preview: {milliseconds(lambda: (editor._show_preview(), editor.grab())):.0f} ms")
    widget.close()


def main() -> None:
    for count in (24, 1000, 10000):
        print(f"{count} initiatives")
        print(f"  first paint: {min(first_paint(count) for _ in range(3)):.2f} s")
        inside(count)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    main()
