"""What is no plan file of ours, or no whole one, is refused with a sentence and left as it is."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KeikakuError
from storage import safe_io
from storage.plan_file import plan_file
from storage.plan_file.gate import SCHEMA
from storage.plan_file.plan_file import PlanFile
from tests.storage.plan_files import a_plan_file, execute, state_of


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_file, "PATIENCE", 0.0)


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda path: execute(path, *statements)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def beside(name: str) -> Callable[[Path], None]:
    def leave(path: Path) -> None:
        path.with_name(path.name + name).write_bytes(b"x")

    return leave


def filled(data: bytes) -> Callable[[Path], None]:
    return lambda path: void(path.write_bytes(data))


def void(_: object) -> None: ...


def overwrite_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192 : 8192 + 4096 * 4] = os.urandom(4096 * 4)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (filled(b""), "計画のファイルではありません"),
        (filled(b"{}"), "計画のファイルではありません"),
        (filled(b"SQLite format 3\0" + b"x" * 5000), "計画のファイルではありません"),
        (sql("PRAGMA application_id = 0"), "計画のファイルではありません"),
        (sql("PRAGMA application_id = 252006675"), "計画のファイルではありません"),
        (sql("PRAGMA user_version = 0"), "計画のファイルではありません"),
        (sql(f"PRAGMA user_version = {SCHEMA + 100}"), "新しい版のプログラム"),
        (sql("PRAGMA journal_mode = WAL"), "こわれている"),
        (sql("DROP TABLE kpi"), "こわれている"),
        (sql("ALTER TABLE initiative RENAME COLUMN stage TO lane"), "こわれている"),
        (sql("CREATE VIEW v AS SELECT 1"), "こわれている"),
        (
            sql("CREATE TRIGGER t AFTER INSERT ON kpi BEGIN DELETE FROM initiative; END"),
            "こわれている",
        ),
        (sql("UPDATE initiative SET texts = '{'"), "こわれている"),
        (sql("UPDATE initiative SET categories = '5'"), "こわれている"),
        (sql("""UPDATE initiative SET categories = '["p9"]'"""), "こわれている"),
        (sql("UPDATE initiative SET name = CAST(x'ff' AS TEXT)"), "こわれている"),
        (sql("DELETE FROM profile"), "こわれている"),
        (sql("DELETE FROM initiative"), "こわれている"),
        (cut, "こわれている"),
        (overwrite_pages, "こわれている"),
        (beside("-wal"), "書きかけのファイル「計画.keikaku-wal」"),
        (beside("-shm"), "書きかけのファイル「計画.keikaku-shm」"),
        (Path.unlink, "見つからない"),
        (lambda path: (path.unlink(), path.mkdir()), "フォルダーです"),
    ],
)
def test_it_is_refused_and_left_alone(
    tmp_path: Path, harm: Callable[[Path], object], words: str
) -> None:
    path = a_plan_file(tmp_path)
    harm(path)
    before = state_of(tmp_path)
    for opening in (PlanFile.view, PlanFile.edit):
        with pytest.raises(KeikakuError, match=words), opening(path) as file:
            file.plan()
    assert state_of(tmp_path) == before


@given(st.data())
def test_a_changed_byte_gives_a_plan_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = a_plan_file(tmp_path_factory.mktemp("bytes"))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    for opening in (PlanFile.view, PlanFile.edit):
        try:
            with opening(path) as file:
                file.plan()
                file.history()
        except KeikakuError:
            continue


def test_a_file_that_may_not_be_written_is_not_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_plan_file(tmp_path)

    def protected(call: Callable[..., object], *args: object, **kwargs: object) -> object:
        return False if call is os.access else call(*args, **kwargs)

    monkeypatch.setattr(safe_io, "operate", protected)
    with pytest.raises(KeikakuError, match="権限"):
        PlanFile.edit(path)
    with PlanFile.view(path) as file:
        assert len(file.plan().initiatives) == 2


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    os.truncate(path, safe_io.MAX_BYTES + 1)
    with pytest.raises(KeikakuError, match="大きすぎる"):
        PlanFile.view(path)


def test_a_damaged_log_is_told(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE change_set SET at = 'きのう'")
    connection.commit()
    connection.close()
    with PlanFile.view(path) as file, pytest.raises(KeikakuError, match="こわれている"):
        file.history()
