"""`keikaku --self-check`, from source: what it says, and what it leaves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage.local_documents import LocalDocuments
from ui.commands import self_check
from ui.package import LIST, as_list

ROOT = Path(__file__).parents[2]
DOCUMENTS = LocalDocuments()


def test_it_tries_everything_and_leaves_nothing(tmp_path: Path) -> None:
    places = {"KEIKAKU_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}
    hidden = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    ended = subprocess.run(
        [sys.executable, "-m", "ui", "--self-check"],
        cwd=ROOT,
        env=hidden | places,
        capture_output=True,
        encoding="utf-8",
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    told = ended.stdout.splitlines()
    assert "8種類の画面をすべて開いて描きました" in told[-2]
    assert told[-1] == "異常はありません。"
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_breaks_in_the_window_is_told(tmp_path: Path) -> None:
    """Where Qt calls it, which would let the fault pass."""
    breaks = (
        "from ui.desktop.document.others_watch import OthersWatch\n"
        "def breaks(self): raise ImportError('libsomething.so: cannot open')\n"
        "OthersWatch._tell = breaks\n"
        "from ui.cli import main; main(['--self-check'])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", breaks],
        cwd=ROOT,
        env=os.environ | {"KEIKAKU_HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
    )
    assert ended.returncode == 2
    assert "libsomething.so" in ended.stderr


def test_the_same_program_writes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for name in ("一", "二"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setenv("KEIKAKU_HOME", str(folder / "home"))
        written.append(
            self_check.exported(DOCUMENTS, self_check.edited_sample(DOCUMENTS, folder), folder)
        )
        for key in self_check.DATED:
            written[-1].pop(key)
    assert {"sheets.pdf", "sheets.xlsx"} <= set(written[0])
    assert written[0] == written[1]


def test_what_differs_from_where_it_was_built_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_check, "resource", tmp_path.joinpath)
    digests = {"sheets.pdf": "1", "book.pdf": "2"}
    (tmp_path / self_check.EXPECTED).write_text(as_list(digests))
    assert "1バイトも違いません" in self_check._compared(digests)
    with pytest.raises(KeikakuError, match=r"違います: book.pdf。"):
        self_check._compared(digests | {"book.pdf": "3"})


def test_a_damaged_program_is_told_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / LIST).write_text(as_list({"_internal/libQt6Gui.so.6": "0"}))
    monkeypatch.setattr(self_check, "package_folder", lambda: tmp_path)
    with pytest.raises(KeikakuError, match=r"libQt6Gui.so.6。.*ZIPをもう一度展開"):
        next(self_check.self_check(DOCUMENTS))
