"""What cannot be opened is said in one sentence, and is not touched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage.local_documents import LocalDocuments
from storage.plan_file.gate import SCHEMA
from tests.storage.plan_files import a_plan_file, execute, state_of
from ui.desktop.document import opening as plan_opening
from ui.desktop.main_window import MainWindow
from ui.desktop.theme import Theme

Spoil = Callable[[Path], object]


def beside(suffix: str) -> Spoil:
    return lambda path: path.with_name(path.name + suffix).write_bytes(b"x" * 100)


def header(at: int, value: bytes) -> Spoil:
    def spoil(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[at : at + len(value)] = value
        path.write_bytes(data)

    return spoil


SPOILT: dict[str, tuple[Spoil, str]] = {
    "journal": (beside("-journal"), "書きかけのファイル"),
    "wal": (beside("-wal"), "書きかけのファイル"),
    "wal header": (header(18, b"\2\2"), "こわれている"),
    "another program's": (header(68, b"\1\2\3\4"), "計画のファイルではありません"),
    "newer": (header(60, (SCHEMA + 100).to_bytes(4, "big")), "新しい版のプログラム"),
    "newer minor": (header(60, (SCHEMA // 100 * 100 + 99).to_bytes(4, "big")), "見るだけ"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-4096]), "こわれている"),
    "empty": (lambda path: path.write_bytes(b""), "計画のファイルではありません"),
    "edited": (lambda path: execute(path, "UPDATE initiative SET name = 'x'"), "こわれている"),
    "gone": (Path.unlink, "見つからない"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_it_is_refused_in_one_sentence(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    told: list[str] = []
    monkeypatch.setattr(plan_opening, "show_problem", lambda parent, words: told.append(words))
    share = tmp_path / "共有"
    share.mkdir()
    path = a_plan_file(share)
    spoil, sentence = SPOILT[what]
    spoil(path)
    before = state_of(share)
    window = MainWindow(LocalDocuments(), theme)
    qtbot.addWidget(window)
    window.open(str(path))
    assert len(told) == 1
    assert sentence in told[0]
    assert window.plan_widget is None
    assert state_of(share) == before
