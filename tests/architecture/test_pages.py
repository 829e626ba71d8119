"""The pages for people who carry on name files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
# A file of the house; a word in capitals stands for whatever a reader calls it.
FILE = re.compile(r"`((?:app|storage|ui|resources|tests|docs|benchmarks)/[\w/.]*\w/?)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {name for name in FILE.findall(text) if not re.search("NAME|KEY", name)}
    gone = [name for name in named if not (ROOT / name).exists()]
    gone += [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert gone == []


def test_the_pages_do_name_files() -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    assert sum(len(FILE.findall(text)) for text in texts) > 60
    assert sum(len(LINK.findall(text)) for text in texts) > 12
