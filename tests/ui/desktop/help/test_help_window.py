"""The manual in the program: it opens where it answers, finds words, follows the zoom."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.desktop.help.help_window import HelpWindow
from ui.desktop.main_window import MainWindow
from ui.desktop.plan_widget import View
from ui.desktop.theme import Theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    documents = MemoryDocuments(plan=sample_plan())
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=documents.save_all)
    window.resize(1366, 740)
    window.show()
    qtbot.waitExposed(window)
    return window


def shown(window: MainWindow) -> HelpWindow:
    shown = [help for help in window.findChildren(HelpWindow) if help.isVisible()]
    assert len(shown) == 1
    return shown[0]


def test_without_a_plan_it_opens_at_the_beginning(window: MainWindow) -> None:
    window.actions_of_window.manual.trigger()
    assert shown(window).page.toPlainText().startswith("十分で始める")


@pytest.mark.parametrize(
    ("view", "title"),
    [(View.BOARD, "カンバン"), (View.SHEET, "個票を書く"), (View.SETTINGS, "計画の設定")],
)
def test_it_opens_at_the_chapter_of_the_view(window: MainWindow, view: View, title: str) -> None:
    window.open("plan")
    assert window.plan_widget is not None
    window.plan_widget.show_view(view)
    window.actions_of_window.manual.trigger()
    assert shown(window).page.toPlainText().splitlines()[0] == title
    assert shown(window).list.currentItem().text() == title


def test_the_list_of_keys_is_a_chapter(window: MainWindow) -> None:
    window.actions_of_window.keys.trigger()
    text = shown(window).page.toPlainText()
    assert text.startswith("キー一覧")
    assert "Ctrl+Shift+S" in text


def test_searching_leaves_the_chapters_that_hold_the_words(window: MainWindow) -> None:
    window.actions_of_window.manual.trigger()
    help = shown(window)
    everything = help.list.count()
    help.search.setText("隔離")
    assert 0 < help.list.count() < everything
    assert "隔離" in help.page.toPlainText()
    assert help.page.textCursor().selectedText() == "隔離"
    assert help.page.extraSelections()
    help.search.clear()
    assert help.list.count() == everything


def test_enter_goes_from_place_to_place_through_all_chapters(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.actions_of_window.manual.trigger()
    help = shown(window)
    help.search.setText("ctrl+z")
    chapters, places = help.list.count(), set()
    assert chapters > 1
    for _ in range(60):
        places.add((help.shown_name, help.page.textCursor().position()))
        qtbot.keyClick(help.search, Qt.Key.Key_Return)
    assert len({name for name, _ in places}) == chapters


def test_what_is_nowhere_is_said(window: MainWindow) -> None:
    window.actions_of_window.manual.trigger()
    help = shown(window)
    help.search.setText("宇宙")
    assert help.list.count() == 0
    assert help._found.text() == "「宇宙」はありません。"


def test_a_link_leads_to_its_chapter(window: MainWindow) -> None:
    window.actions_of_window.manual.trigger()
    help = shown(window)
    help.page.anchorClicked.emit(QUrl("03-board.md"))
    assert help.page.toPlainText().startswith("カンバン")


def test_pictures_come_from_the_manual_only(window: MainWindow, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.png"
    window.grab().save(str(foreign))
    window.actions_of_window.manual.trigger()
    page, kind = shown(window).page, 2
    picture = page.loadResource(kind, QUrl("window.png"))
    assert picture is not None
    assert picture.width() <= page.viewport().width()  # type: ignore[attr-defined]
    assert page.loadResource(kind, QUrl.fromLocalFile(str(foreign))) is None
    assert page.loadResource(kind, QUrl("https://example.com/a.png")) is None


def test_an_open_manual_follows_the_zoom(window: MainWindow) -> None:
    window.actions_of_window.manual.trigger()
    shown(window).show_chapter("04-sheet")
    before = shown(window).page.document().defaultFont().pixelSize()
    width = shown(window).list.width()
    window.actions_of_window.zoom_in.trigger()
    assert shown(window).page.document().defaultFont().pixelSize() > before
    assert shown(window).list.width() > width
    assert shown(window).shown_name == "04-sheet"
    window.actions_of_window.zoom_normal.trigger()


def test_the_window_may_change_its_width_while_a_chapter_with_pictures_is_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.actions_of_window.manual.trigger()
    help = shown(window)
    for name in (chapter.name for chapter in help.chapters):
        help.show_chapter(name)
        help.resize(help.width() + 31, help.height())
        qtbot.waitUntil(lambda: not help.page._fitting.isActive())
    assert help.page.toPlainText().startswith("キー一覧")
