"""The manual names nothing that is not there: words of the screen, keys, commands, pictures.

In it, bold words stand on the screen (`→` leads through menus); `code` is a key, a command or
a file.
"""

import re
import shlex

import pytest
from pytestqt.qtbot import QtBot

from app.lazy import load
from tests.ui.desktop.help.said import ROOT, literals, menus, plain
from tests.ui.desktop.plans import MemoryDocuments, sample_plan
from ui.cli import COMMANDS, commands
from ui.desktop.help.chapters import FOLDER, Chapter, read_chapters
from ui.desktop.help.keys import all_keys, keys_text
from ui.desktop.main_window import MainWindow
from ui.desktop.theme import Theme

BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`]+)`")
PICTURE = re.compile(r"!\[.+?\]\((.+?)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((.+?)\)")
KEY = re.compile(r"(Ctrl|Shift|Alt)(\+|$)|F\d+$|Tab$|Enter$|Esc$|.$")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    documents = MemoryDocuments(plan=sample_plan())
    window = MainWindow(documents, theme)
    qtbot.addWidget(window, before_close_func=documents.save_all)
    window.open("plan")
    assert window.plan_widget is not None
    window.plan_widget.shared.select(["i0"])
    return window


@pytest.fixture
def chapters(window: MainWindow) -> tuple[Chapter, ...]:
    assert window.plan_widget is not None
    return read_chapters(keys_text(all_keys(window.menuBar(), window.plan_widget.rail.words)))


def named(chapters: tuple[Chapter, ...], what: re.Pattern[str]) -> list[tuple[str, str]]:
    """What the chapters name, each with the chapter that does."""
    return [(chapter.name, word) for chapter in chapters for word in what.findall(chapter.text)]


def test_every_word_of_the_screen_is_on_the_screen(
    window: MainWindow, chapters: tuple[Chapter, ...]
) -> None:
    there, ways = {plain(word) for word in literals(ROOT / "ui")}, menus(window)
    there |= {word for words in ways.values() for word in words}
    missing = []
    assert len(named(chapters, BOLD)) > 100
    for chapter, word in named(chapters, BOLD):
        first, *rest = word.split(" → ")
        is_there = all(step in ways.get(first, ()) for step in rest) if rest else first in there
        if not is_there:
            missing.append((chapter, word))
    assert missing == []


def test_every_key_does_something(window: MainWindow, chapters: tuple[Chapter, ...]) -> None:
    assert window.plan_widget is not None
    groups = all_keys(window.menuBar(), window.plan_widget.rail.words)
    known = {key for _, keys in groups for _, names in keys for key in (names, *names.split("・"))}
    known |= {part for key in known for part in key.split("+")}
    keys = [(chapter, key) for chapter, key in named(chapters, CODE) if KEY.match(key)]
    assert len(keys) > 40
    assert [key for key in keys if key[1] not in known] == []


def test_every_command_exists_with_its_options(chapters: tuple[Chapter, ...]) -> None:
    found = [(c, words) for c, words in named(chapters, CODE) if words.startswith("keikaku ")]
    assert len(found) > 10
    wrong = []
    for chapter, words in found:
        _, *given = shlex.split(words)
        is_command = given[0] in COMMANDS
        command = load(COMMANDS[given[0]]) if is_command else commands
        options = {option for param in command.params for option in param.opts} | {"--help"}
        is_known = is_command or given[0].endswith(".keikaku") or given[0] in options
        if not is_known or not {w for w in given if w.startswith("--")} <= options:
            wrong.append((chapter, words))
    assert wrong == []


def test_every_document_that_is_named_is_there(chapters: tuple[Chapter, ...]) -> None:
    files = [(c, name) for c, name in named(chapters, CODE) if name.startswith("docs/")]
    assert files
    assert [file for file in files if not (ROOT / file[1]).exists()] == []


def test_every_picture_is_kept_and_every_kept_one_is_shown(chapters: tuple[Chapter, ...]) -> None:
    pictures = [name for _, name in named(chapters, PICTURE)]
    assert sorted(pictures) == sorted(file.name for file in FOLDER.glob("*.png"))
    assert sum(file.stat().st_size for file in FOLDER.glob("*.png")) < 1_500_000


def test_every_link_leads_to_a_chapter(chapters: tuple[Chapter, ...]) -> None:
    names = {f"{chapter.name}.md" for chapter in chapters}
    links = named(chapters, LINK)
    assert links
    assert [link for link in links if link[1] not in names] == []


def test_every_view_has_its_chapter(window: MainWindow, chapters: tuple[Chapter, ...]) -> None:
    assert window.plan_widget is not None
    answered = [view for chapter in chapters for view in chapter.views]
    assert sorted(answered) == sorted(window.plan_widget.rail.words)


def test_the_list_of_keys_holds_every_key_of_the_menus(
    window: MainWindow, chapters: tuple[Chapter, ...]
) -> None:
    keys = {a.shortcut().toString() for a in window.actions() if not a.shortcut().isEmpty()}
    assert len(keys) > 15
    assert [key for key in keys if f"`{key}`" not in chapters[-1].text] == []
