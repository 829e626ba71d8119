"""What a person waits for in an open window: a key in the search, a card moved, the preview.

And how long the window stands still while something large is written beside it.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from benchmarks.measuring import Cost, Extent, Row, a_pc, card, inside, plan_file

MOST_SECONDS = 60
WORDS = ("税", "", "窓口", "", "地図", "", "保育", "", "市民課", "", "公園", "")


def rows(extent: Extent) -> Iterator[Row]:
    """One window after the other, each on a plan file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for count in (72, 1000, 10_000) if len(extent.sizes) > 1 else extent.sizes:
        with a_pc() as folder:
            window, settle = _window(str(plan_file(folder, count)))
            yield from _rows(window, settle, count)
            if count <= 1000:
                yield from _freezes(window, settle, str(folder / "out"), count)
            _close(window)


def _window(path: str) -> tuple[Any, Callable[[], None]]:
    """A window on a plan, and what lets it do all it has to do."""
    from PySide6.QtWidgets import QApplication

    from storage.local_documents import LocalDocuments
    from ui.desktop.main_window import MainWindow
    from ui.desktop.program import make_application
    from ui.desktop.theme import dress

    application = QApplication.instance() or make_application(["keikaku"])
    window = MainWindow(LocalDocuments(), dress())
    window.resize(1366, 700)
    window.open(path)
    window.show()
    last = time.monotonic() + MOST_SECONDS
    while window.plan_widget is None:
        application.processEvents()
        if time.monotonic() > last:
            sys.exit("The plan was not opened.")
    application.processEvents()
    return window, application.processEvents


def _rows(window: Any, settle: Callable[[], None], count: int) -> Iterator[Row]:
    from app.edits.card import move_cards
    from app.plan.lists.filters import Filter

    plan_widget, size, words = window.plan_widget, f"{count:,}", cycle(WORDS)
    shared, editor = plan_widget.shared, plan_widget.editor
    stages = cycle(shared.plan.profile.stages)

    def filter_once() -> None:
        shared.set_filter(Filter(query=next(words)))
        settle()

    def move_once() -> None:
        plan_widget.signals.do(lambda plan: move_cards(plan, [card(0)], next(stages)))
        settle()

    def preview_once() -> None:
        editor._show_preview()
        editor.grab()

    limit = 0.05 if count <= 1000 else 0.0
    yield Row("a key in the search field", size, inside(filter_once, len(WORDS)), limit)
    shared.set_filter(Filter())
    yield Row("move a card, kept on disk", size, inside(move_once, 7), limit)
    plan_widget.open_initiative(card(1))
    settle()
    yield Row("page preview while typing", size, inside(preview_once, 7), 0.1)


def _freezes(window: Any, settle: Callable[[], None], target: str, count: int) -> Iterator[Row]:
    """The longest time without an answer while everything is written, one after the other."""
    from app.documents.order import Order
    from app.documents.outputs import OUTPUTS

    writer, plan = window._outputs, window.plan_widget.shared.plan
    for output in OUTPUTS:
        longest, before = 0.0, time.perf_counter()
        writer.write(Order(plan, output), target + output.suffix)
        while writer.job is not None:
            window.plan_widget.board.update()
            settle()
            now = time.perf_counter()
            longest, before = max(longest, now - before), now
        yield Row(f"longest freeze, {output.key}", f"{count:,}", Cost(longest), 0.1)


def _close(window: Any) -> None:
    """Let the plan go, as closing with everything saved does."""
    window._saving.document.save()
    window.close()
    window.deleteLater()
