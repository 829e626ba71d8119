"""Who the log says made an edit."""

from pathlib import Path

import pytest

from storage.this_pc.author import DEPARTMENT, EARLIER, NAME, author, own_names
from storage.this_pc.settings import keep_setting


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path))
    monkeypatch.setenv("USERNAME", "u12345")


def test_without_a_setting_it_is_the_name_signed_in_with() -> None:
    assert author() == "u12345"
    keep_setting(NAME, "  ")
    assert author() == "u12345"


def test_the_name_that_was_set_is_used_on_one_line() -> None:
    keep_setting(NAME, "佐藤\n一郎")
    assert author() == "佐藤 一郎"
    keep_setting(DEPARTMENT, "情報政策課")
    assert author() == "情報政策課 佐藤 一郎"


def test_a_setting_that_is_no_text_is_passed_over() -> None:
    keep_setting(NAME, 5)
    keep_setting(EARLIER, "佐藤")
    assert author() == "u12345"
    assert own_names() == {"u12345"}


def test_what_was_left_under_an_earlier_name_is_ones_own() -> None:
    keep_setting(NAME, "佐藤")
    keep_setting(EARLIER, ["鈴木", 3])
    assert own_names() == {"佐藤", "鈴木", "u12345"}
