"""Words that are in no plan yet."""

from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage import safe_io
from storage.this_pc.unfinished import Unfinished

PLACE = "計画の設定 ＞ 最初の年度"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path))
    return tmp_path / "unfinished"


def test_words_are_there_after_a_restart_until_they_are_forgotten(home: Path) -> None:
    words = Unfinished("plan")
    words.keep(PLACE, "いつか\n𠮷")
    words.keep("別の欄", "文")
    assert Unfinished("plan").kept() == {PLACE: "いつか\n𠮷", "別の欄": "文"}
    assert Unfinished("other").kept() == {}
    words.keep(PLACE, "")
    words.keep("別の欄", "")
    assert Unfinished("plan").kept() == {}
    assert list(home.iterdir()) == []


def test_two_windows_on_one_plan_keep_each_others_words() -> None:
    one, another = Unfinished("plan"), Unfinished("plan")
    assert (one.kept(), another.kept()) == ({}, {})
    one.keep("欄", "一")
    another.keep("ほかの欄", "二")
    assert Unfinished("plan").kept() == {"欄": "一", "ほかの欄": "二"}


@pytest.mark.parametrize("damage", [b"", b"[[[", b'{"a": 1, "b": "x"}', b"\xff\xfe", b"[]"])
def test_what_cannot_be_read_keeps_nobody_from_starting(home: Path, damage: bytes) -> None:
    Unfinished("plan").keep("欄", "文")
    (file,) = home.iterdir()
    file.write_bytes(damage)
    words = Unfinished("plan")
    assert set(words.kept()) <= {"b"}
    words.keep("欄", "文")
    assert Unfinished("plan").kept()["欄"] == "文"


def test_words_that_could_not_be_written_are_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    words = Unfinished("plan")

    def full(target: Path, data: bytes) -> None:
        raise KeikakuError("ディスクの空きがありません。")

    with monkeypatch.context() as broken:
        broken.setattr(safe_io, "write_bytes", full)
        with pytest.raises(KeikakuError):
            words.keep("欄", "文")
    words.keep("欄", "文")
    assert Unfinished("plan").kept() == {"欄": "文"}


def test_the_id_of_a_plan_is_a_name_of_a_file_whatever_it_says(home: Path) -> None:
    Unfinished("../../etc/passwd").keep("欄", "文")
    assert [path.parent for path in home.iterdir()] == [home]
