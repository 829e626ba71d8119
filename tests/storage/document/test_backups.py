"""Of old copies enough are kept, whatever else lies in the folder and whatever clocks say."""

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage import file_names
from storage.document import backups
from storage.document.backups import DAYS, HISTORY, NEWEST, Backup, keep_history, superfluous
from tests.storage.documents import a_share, save, text_in

NOW = datetime(2026, 11, 20, 12)
KEPT_BEFORE = "前の文"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))


def copies(*ages: timedelta) -> list[Backup]:
    return [a_copy(f"{n}", NOW - age, NOW - age) for n, age in enumerate(ages)]


def a_copy(name: str, at: datetime, written: datetime) -> Backup:
    return Backup(Path(name), at, name, written, 1)


def ages_kept(found: list[Backup]) -> list[timedelta]:
    gone = superfluous(found)
    return [NOW - backup.at for backup in found if backup not in gone]


NEW_ONES = [timedelta(minutes=n) for n in range(NEWEST)]


def test_the_newest_are_all_kept() -> None:
    assert superfluous(copies(*NEW_ONES)) == []


def test_of_older_ones_the_last_of_each_day_and_then_of_each_month_is_kept() -> None:
    days = [timedelta(days=day, hours=hour) for day in range(3, 3 + DAYS) for hour in (1, 2, 3)]
    later = [timedelta(days=day) for day in (800, 801, 830)]
    kept = ages_kept(copies(*NEW_ONES, *days, *later))
    assert kept == [*NEW_ONES, *days[::3], later[0], later[2]]


@pytest.mark.parametrize("wrong_by", [timedelta(days=730), timedelta(days=-3000)])
@pytest.mark.parametrize("how_many", [1, 120])
def test_a_pc_whose_clock_is_wrong_thins_nothing(wrong_by: timedelta, how_many: int) -> None:
    before = copies(*(timedelta(hours=12 * n) for n in range(150)))
    times = [NOW + timedelta(minutes=n) for n in range(how_many)]
    right = [a_copy(f"new {n}", time, time) for n, time in enumerate(times)]
    wrong = [a_copy(f"new {n}", time + wrong_by, time) for n, time in enumerate(times)]
    gone = {backup.path for backup in superfluous([*before, *wrong])}
    assert gone <= {backup.path for backup in superfluous([*before, *right])}


def test_a_folder_whose_times_are_those_of_its_copying_is_thinned_by_the_names() -> None:
    found = [
        a_copy(f"{n}", NOW - timedelta(hours=6 * n), NOW - timedelta(seconds=n % 7))
        for n in range(1000)
    ]
    kept = {backup.path for backup in found} - {backup.path for backup in superfluous(found)}
    last_of_days = {Path(f"{n}") for n in range(NEWEST + 3, NEWEST + 4 * (DAYS - 1), 4)}
    assert last_of_days <= kept
    assert len(kept) < 2 * NEWEST + DAYS + 20


def put(name: str, content: bytes = b"x") -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


ODD: dict[str, Callable[[Path], object]] = {
    "no such date": put("総合計画_20261399-256199_abcdef01.keikaku"),
    "no year": put("総合計画_00000101-000000_abcdef01.keikaku"),
    "far ahead": put("総合計画_99991231-235959_abcdef01.keikaku"),
    "empty": put("総合計画_20260101-000000_abcdef01.keikaku", b""),
    "a folder": lambda folder: (folder / "総合計画_20260101-000000_abcdef01.keikaku").mkdir(),
    "a pipe": lambda folder: os.mkfifo(folder / "総合計画_20260101-000000_abcdef01.keikaku"),
    "a link to nothing": lambda folder: (
        folder / "総合計画_20260101-000000_abcdef01.keikaku"
    ).symlink_to("nirgendwo"),
    "a link to itself": lambda folder: (
        folder / "総合計画_20260101-000000_abcdef01.keikaku"
    ).symlink_to("総合計画_20260101-000000_abcdef01.keikaku"),
    "of no time": lambda folder: (
        put("総合計画_20260101-000000_abcdef01.keikaku")(folder),
        os.utime(folder / "総合計画_20260101-000000_abcdef01.keikaku", (-(10**9), -(10**9))),
    ),
    "no text": put(os.fsdecode(b"\x8cv\x89\xe6_20260101-000000_abcdef01.keikaku")),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_odd_neighbour_stops_a_saving(tmp_path: Path, odd: Callable[[Path], object]) -> None:
    path = a_share(tmp_path)
    history = path.parent / HISTORY
    history.mkdir()
    odd(history)
    save(path, KEPT_BEFORE)
    save(path, "新しい文")
    assert text_in(path) == "新しい文"
    texts = {text_in(found.path) for found in backups.backups(path) if found.size > 100}
    assert KEPT_BEFORE in texts


@pytest.mark.parametrize("odd", [ODD[name] for name in ODD if not name.startswith(("far", "of"))])
def test_what_only_looks_like_a_copy_is_not_offered(
    tmp_path: Path, odd: Callable[[Path], object]
) -> None:
    path = a_share(tmp_path)
    history = path.parent / HISTORY
    history.mkdir()
    odd(history)
    assert backups.backups(path) == []


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", None])
def test_a_copy_is_believed_for_what_it_holds_and_not_for_its_name(
    tmp_path: Path, content: bytes | None
) -> None:
    path = a_share(tmp_path)
    save(path, KEPT_BEFORE)
    history, digest = path.parent / HISTORY, hashlib.sha256(path.read_bytes()).hexdigest()
    forged = history / f"総合計画_20260101-000000_{digest[:8]}.keikaku"
    forged.write_bytes(content) if content is not None else forged.mkdir()
    save(path, "新しい文")
    assert KEPT_BEFORE in {
        text_in(found.path) for found in backups.backups(path) if found.path != forged
    }


def test_one_state_is_kept_once(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    for _ in range(3):
        keep_history(path, digest)
    assert len(backups.backups(path)) == 1


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    (path.parent / HISTORY).write_text("")
    with pytest.raises(KeikakuError, match=r"同じ名前のファイルがある.*「履歴」.*名前を変える"):
        save(path, "新しい文")


LONG = [76, 77, 80, 81, 82, 83, 85]


@pytest.mark.parametrize("ending", [1, 2])
@pytest.mark.parametrize("kanji", LONG)
def test_names_as_long_as_the_file_system_takes_can_be_saved(
    tmp_path: Path, kanji: int, ending: int
) -> None:
    """Two plans whose names differ at the end only each have their own copies."""
    first = a_share(tmp_path)
    stem = ("あ" * kanji)[: (255 - len(".keikaku")) // 3 - 1] + str(ending)
    path = first.rename(first.with_name(f"{stem}.keikaku"))
    other = Path(shutil.copy(path, path.with_name(f"{stem[:-1]}{3 - ending}.keikaku")))
    save(other, "ほかの計画の文")
    save(other, "ほかの計画の次の文")
    for text in ("一", "二", "三"):
        save(path, text)
    assert text_in(path) == "三"
    found = backups.backups(path)
    assert {text_in(copy.path) for copy in found} >= {"一", "二"}
    assert "ほかの計画の文" not in {text_in(copy.path) for copy in found}
    rescued = backups.rescue(path, path.stem)
    assert text_in(rescued) == "三"


def test_where_windows_limits_the_whole_path_copies_have_shorter_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_share(tmp_path)
    path = first.rename(first.with_name("令和6年度第2期総合計画実施計画（案）最終版.keikaku"))
    longest = len(str(path)) + 20
    monkeypatch.setattr(file_names, "LONGEST_PATH", longest)
    save(path, "一")
    save(path, "二")
    (copy,) = [found for found in backups.backups(path) if text_in(found.path) == "一"]
    assert len(str(copy.path)) == longest
    assert copy.path.name.startswith("令和6年度~")
