"""Words typed into every kind of field, and every way to go on from there: none is lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes.change import ChangeSet, field_change
from app.changes.merge import Merge
from app.ports import Saving
from tests.ui.desktop.plans import MemoryDocument, MemoryDocuments, sample_plan
from tests.ui.desktop.typed_fields import IN_DIALOG, KINDS, holds
from ui.desktop.document import saving as plan_saving
from ui.desktop.main_window import MainWindow
from ui.desktop.merging.merge_dialog import MergeDialog
from ui.desktop.theme import Theme


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments(plan=sample_plan(6), other=sample_plan(3))


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, documents: MemoryDocuments) -> MainWindow:
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=MainWindow.leave_at_once)
    window.resize(1366, 740)
    window.show()
    qtbot.waitExposed(window)
    window.open("plan")
    return window


class Way:
    """A way to go on. `go` does it; what must hold the words then is what it returns."""

    def __init__(
        self,
        qtbot: QtBot,
        window: MainWindow,
        documents: MemoryDocuments,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert documents.last is not None
        self.qtbot, self.window, self.monkeypatch = qtbot, window, monkeypatch
        self.document: MemoryDocument = documents.last

    def answer(self, verb: str) -> None:
        self.monkeypatch.setattr(plan_saving, "choose", lambda *words: verb)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
    ) -> None:
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, held)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)


def quits(way: Way) -> None:
    way.answer("保存せずに閉じる")
    way.press(Qt.Key.Key_Q)
    assert way.document.is_closed


def quits_and_saves(way: Way) -> None:
    way.answer("保存して閉じる")
    way.press(Qt.Key.Key_Q)
    assert (way.document.is_closed, way.document.unsaved()) == (True, 0)


def closes_the_plan(way: Way) -> None:
    way.answer("保存せずに閉じる")
    way.press(Qt.Key.Key_W)
    assert way.document.is_closed
    assert way.window.isVisible()


def closes_the_window(way: Way) -> None:
    way.answer("保存せずに閉じる")
    way.window.close()
    assert way.document.is_closed


def saves(way: Way) -> None:
    way.press(Qt.Key.Key_S)
    way.wait_until(lambda: "保存しました" in way.window.status.words)


def saves_and_merges(way: Way) -> None:
    before = way.document.session.plan.initiatives["i5"]
    came = ChangeSet("統合", field_change(before, "name", "ほかの人の名前"))
    way.document.theirs = Merge(came, ())
    way.document.answers = [Saving("not_saved", "ほかの人が保存しています。", True)]
    way.monkeypatch.setattr(MergeDialog, "exec", lambda dialog: True)
    way.press(Qt.Key.Key_S)
    way.wait_until(lambda: "保存しました" in way.window.status.words)
    assert holds(way.document.session.plan, "ほかの人の名前")


def saves_elsewhere(way: Way) -> None:
    way.monkeypatch.setattr(plan_saving, "ask_target", lambda *words: "elsewhere")
    way.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert way.document.path == "elsewhere"
    assert way.document.unsaved() == 0


def shows_the_board(way: Way) -> None:
    way.press(Qt.Key.Key_1)


def zooms(way: Way) -> None:
    way.window.actions_of_window.zoom_in.trigger()


def opens_another_plan(way: Way) -> None:
    way.answer("保存せずに閉じる")
    way.window.open("other")
    assert way.document.is_closed


def the_power_goes_after_two_seconds(way: Way) -> None:
    way.wait_until(lambda: "このPCに保存済み" in way.window.status.words)


def the_session_of_the_pc_ends(way: Way) -> None:
    way.window.leave_at_once()
    assert way.document.is_closed


def adds_an_initiative(way: Way) -> None:
    way.window.actions_of_window.add.trigger()


WAYS: tuple[Callable[[Way], None], ...] = (
    quits, quits_and_saves, closes_the_plan, closes_the_window, saves, saves_and_merges,
    saves_elsewhere, shows_the_board, zooms, opens_another_plan,
    the_power_goes_after_two_seconds, the_session_of_the_pc_ends, adds_an_initiative,
)  # fmt: skip
FROM_A_DIALOG = (the_power_goes_after_two_seconds, the_session_of_the_pc_ends, closes_the_window)


def cases() -> list[tuple[str, Callable[[Way], None]]]:
    """A dialog keeps the keys of the window from it."""
    return [(k, way) for k in KINDS for way in WAYS if k != IN_DIALOG or way in FROM_A_DIALOG]


@pytest.mark.parametrize(
    ("kind", "way"), cases(), ids=lambda c: c if isinstance(c, str) else c.__name__
)
def test_no_word_is_lost_and_title_and_status_are_true(
    qtbot: QtBot,
    window: MainWindow,
    documents: MemoryDocuments,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    way: Callable[[Way], None],
) -> None:
    here = Way(qtbot, window, documents, monkeypatch)
    KINDS[kind].type(window)
    assert window.windowTitle().startswith("*")
    assert "書きかけ 1か所" in window.status.words
    assert "ファイルへ保存" not in window.status.words

    way(here)
    assert holds(here.document.session.plan, KINDS[kind].kept)
    if here.document.is_closed and not window.isVisible():
        return
    document = window._saving.document
    unsaved = document.unsaved() if document else 0
    assert window.windowTitle().startswith("*") == bool(unsaved)
    assert "書きかけ" not in window.status.words
    assert ("未保存" in window.status.words) == bool(unsaved)
