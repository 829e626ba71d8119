"""One word for each thing: what people read says it the same way wherever it stands."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "storage", "ui")
# Not said in this way, but in that one.
OTHERWISE = {
    "フォルダ(?!ー)": "フォルダー",
    "(?<!ク)サーバ(?!ー)": "サーバー",
    "プリンタ(?!ー)": "プリンター",
    "ユーザ": "利用者",
    "下さい": "ください",
    "全て": "すべて",
    "初めの": "はじめの",
    "壊れ": "こわれ",
    "置き換": "置きかえ",
    "取りのぞ": "取り除く",
    "取り組み|取組み": "取組",
    "書き出[しさす]": "出力する",
    "取り消": "元に戻す",
    "反映": "取り込む",
    "プログラムの誤り": "プログラムの不具合",
    "フォント": "書体",
    "窓[をのが]": "ウィンドウ",
    "新規の表示": "新規表示",
}
# The words of a plan are a city's own, and may be written in any way.
OF_PLANS = ("app/plan/texts/spellings.py", "app/plan/entities.py")
OF_WINDOWS = "日本語補助フォント"


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """(where, text) of a file for people, or of every text in a module, docstrings included."""
    name, written = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield name, written
        return
    for node in ast.walk(ast.parse(written)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield f"{name}:{node.lineno}", node.value


@cache
def said() -> list[tuple[str, str]]:
    """Everything that people read in the program and its manual."""
    files = [*(ROOT / "resources" / "help").glob("*.md")]
    files += [*(ROOT / "resources" / "package").glob("*.txt")]
    files += [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    found = [text for file in files for text in texts(file) if not text[0].startswith(OF_PLANS)]
    return [(where, text.replace(OF_WINDOWS, "")) for where, text in found]


@pytest.mark.parametrize(("other", "word"), OTHERWISE.items())
def test_a_thing_has_one_word(other: str, word: str) -> None:
    found = [where for where, text in said() if re.search(other, text)]
    assert found == [], f"say {word}"
