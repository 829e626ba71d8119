"""The chapters of the manual: one Markdown file each in resources/help, in order of their names.

Two comments speak to the program: `<!-- 画面: カンバン、一覧 -->` names the views that a chapter
answers for, `<!-- キー一覧 -->` is where the list of keys goes.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from resources import resource

FOLDER: Final = resource("help")
KEYS_PLACE: Final = "<!-- キー一覧 -->"
_VIEWS: Final = re.compile(r"<!-- 画面: (.+?) -->\n")
# A line that goes on in the next one: Japanese is joined without a blank.
_WRAPPED: Final = re.compile(r"(?<=[^\s|>])\n(?!\n|- |\||#|!\[|<|\d+\. )")
_TITLE: Final = re.compile(r"# (.+)\n")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: file name without .md, title, Markdown, the words of its views."""

    name: str
    title: str
    text: str
    views: tuple[str, ...]

    def count(self, words: str) -> int:
        """How often words stand in it, upper and lower case alike."""
        return self.text.casefold().count(words.casefold()) if words else 0


def read_chapters(keys: str, folder: Path = FOLDER) -> tuple[Chapter, ...]:
    """The chapters in the order of reading; `keys` is the list of keys as Markdown."""
    return tuple(_chapter(file, keys) for file in sorted(folder.glob("*.md")))


def _chapter(file: Path, keys: str) -> Chapter:
    text = file.read_text(encoding="utf-8")
    views, title = _VIEWS.search(text), _TITLE.match(text)
    assert title, f"{file.name} begins without a title"
    answers_for = tuple(views[1].split("、")) if views else ()
    text = _WRAPPED.sub("", _VIEWS.sub("", text)).replace(KEYS_PLACE, keys)
    return Chapter(file.stem, title[1], text, answers_for)
