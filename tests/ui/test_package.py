"""What a person is told where files of the built program are missing or changed."""

import hashlib
import sys
from pathlib import Path

import pytest

from app.errors import KeikakuError
from ui import telling
from ui.package import (
    LIST,
    as_list,
    damaged_files,
    import_sentence,
    missing_files,
    require_whole,
    sums,
)

FILES = ("keikaku", "_internal/libQt6Svg.so.6", "_internal/resources/forms/a b.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a program as it was built."""
    digests = {}
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
        digests[name] = hashlib.sha256(name.encode()).hexdigest()
    (tmp_path / LIST).write_text(as_list(digests))
    return tmp_path


def test_a_whole_program_starts(folder: Path) -> None:
    require_whole(folder)
    require_whole(None)
    assert damaged_files(folder) == []


def test_the_list_is_read_as_it_was_written(folder: Path) -> None:
    text = (folder / LIST).read_text()
    assert sorted(sums(text)) == sorted(FILES)
    assert as_list(sums(text)) == text


@pytest.mark.parametrize("name", [*FILES, LIST])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert missing_files(folder) == damaged_files(folder) == [name]
    with pytest.raises(KeikakuError, match="隔離していないか") as refused:
        require_whole(folder)
    assert name in str(refused.value)


def test_a_changed_file_is_named_though_the_program_may_start(folder: Path) -> None:
    (folder / FILES[1]).write_text("別のもの")
    require_whole(folder)
    assert damaged_files(folder) == [FILES[1]]
    assert FILES[1] in import_sentence(ImportError("DLL load failed"), folder)


def test_a_program_without_its_manual_starts(folder: Path) -> None:
    listed = (folder / LIST).read_text()
    (folder / LIST).write_text(as_list(sums(listed) | {"使い方.pdf": "0", "docs/forms.md": "0"}))
    require_whole(folder)
    assert damaged_files(folder) == ["docs/forms.md", "使い方.pdf"]


def test_many_missing_files_are_counted(folder: Path) -> None:
    (folder / LIST).write_text(as_list({f"file{n}": "0" for n in range(9)}))
    with pytest.raises(KeikakuError, match="file0、file1、file2 ほか6件"):
        require_whole(folder)


def test_from_source_the_missing_part_is_named() -> None:
    error = ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
    assert ": PySide6。" in import_sentence(error, None)
    error = ImportError("libEGL.so.1: cannot open shared object file", name="QtGui")
    assert ": libEGL.so.1。" in import_sentence(error, None)


def test_a_program_without_error_output_shows_a_box(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(telling, "_show_box", shown.append)
    telling.tell("できません。")
    assert (shown, capsys.readouterr().err) == ([], "できません。\n")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stderr", None)
    telling.tell("できません。")
    assert shown == ["できません。"]
