"""What all forms of the manual are made of: the chapters, their Markdown, the list of keys."""

from typing import Final

from markdown_it import MarkdownIt

from ui.desktop.help.chapters import Chapter, read_chapters
from ui.desktop.help.keys import all_keys, keys_text
from ui.desktop.main_window import MainWindow

TITLE: Final = "計画カンバン　使い方"
PARSER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


def chapters_of(window: MainWindow) -> tuple[Chapter, ...]:
    """The chapters with the keys of a window that shows a plan."""
    assert window.plan_widget is not None
    return read_chapters(keys_text(all_keys(window.menuBar(), window.plan_widget.rail.words)))
