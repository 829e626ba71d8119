"""Where the program keeps its own files."""

from pathlib import Path

import pytest

from storage.this_pc.data_folder import data_folder


def test_a_chosen_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "/elsewhere")
    assert data_folder() == tmp_path


def test_otherwise_it_is_where_the_platform_puts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KEIKAKU_HOME")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_folder().is_relative_to(tmp_path)
    assert data_folder().name == "Keikaku"
