"""A file is replaced whole or not at all, whatever goes wrong, and the user reads why."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage import safe_io
from tests.storage.failing_disk import FailingDisk, windows_error

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
ERRORS: list[Callable[[], OSError]] = [
    lambda: OSError(errno.ENOSPC, "No space left on device"),
    lambda: OSError(errno.EIO, "Input/output error"),
    lambda: OSError(errno.EACCES, "Permission denied"),
    lambda: windows_error(5),
    lambda: windows_error(32),
    lambda: windows_error(33),
]


def operations(patch: pytest.MonkeyPatch, target: Path) -> list[str]:
    """The operations of one write that succeeds."""
    disk = FailingDisk().put_in(patch)
    safe_io.write_bytes(target, b"new")
    return disk.names


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("before", [b"old", None])
def test_the_target_is_old_or_new_whichever_operation_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Callable[[], OSError],
    before: bytes | None,
) -> None:
    names = operations(monkeypatch, tmp_path / "count.pdf")
    assert {"open", "write", "fsync", "replace"} <= set(names)
    for number in range(1, len(names) + 2):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        target = folder / "冊子.pdf"
        if before is not None:
            target.write_bytes(before)
        disk = FailingDisk(number, error()).put_in(monkeypatch)
        failed = None
        try:
            safe_io.write_bytes(target, b"new")
        except KeikakuError as told:
            failed = told
        # What is in the way of a rename on Windows is waited for.
        failed_there = disk.names[number - 1 : number] == ["replace"]
        replaced = disk.names.count("replace") > failed_there
        assert (target.read_bytes() if target.exists() else None) == (
            b"new" if replaced else before
        )
        assert failed or replaced
        assert [file.name for file in folder.iterdir()] in (["冊子.pdf"], [])


def test_a_temp_file_that_cannot_be_removed_does_not_hide_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_then_stuck(call: Callable[..., object], *args: object, **kwargs: object) -> object:
        if call is os.write:
            raise OSError(errno.ENOSPC, "No space left on device")
        if call is os.unlink:
            raise windows_error(32)
        return call(*args, **kwargs)

    monkeypatch.setattr(safe_io, "operate", full_then_stuck)
    with pytest.raises(KeikakuError, match="ディスクの空きが足りない"):
        safe_io.write_bytes(tmp_path / "冊子.pdf", b"new")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (windows_error(32), "ほかのプログラムで開かれている"),
        (windows_error(5), "許可されていない"),
        (windows_error(112), "ディスクの空き"),
        (windows_error(64), "共有フォルダー"),
        (windows_error(1450), "番号 1450"),
        (OSError(errno.ENOSPC, ""), "ディスクの空き"),
        (OSError(errno.EROFS, ""), "読み取り専用"),
        (OSError(errno.EEXIST, ""), "同じ名前のファイルがある"),
        (windows_error(183), "同じ名前のファイルがある"),
        (OSError(errno.ENAMETOOLONG, ""), "名前が長すぎる"),
        (windows_error(123), "名前に使えない文字"),
        (OSError(errno.ELOOP, ""), "リンクの行き先が見つからない"),
        (OSError(errno.EIO, ""), f"番号 {errno.EIO}"),
    ],
)
def test_the_reason_is_told_in_japanese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    FailingDisk(2, error).put_in(monkeypatch)
    with pytest.raises(KeikakuError, match=words) as told:
        safe_io.write_bytes(tmp_path / "冊子.pdf", b"new")
    assert "冊子.pdf" in str(told.value)
    assert not re.search("[A-Za-z]{3,}", str(told.value).replace("冊子.pdf", ""))


def test_a_folder_that_cannot_be_synced_on_a_share_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = operations(monkeypatch, tmp_path / "count.pdf")
    FailingDisk(len(names), OSError(errno.EINVAL, "")).put_in(monkeypatch)
    safe_io.write_bytes(tmp_path / "冊子.pdf", b"new")
    assert (tmp_path / "冊子.pdf").read_bytes() == b"new"


def test_a_failed_folder_sync_is_told_as_unsure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = operations(monkeypatch, tmp_path / "count.pdf")
    FailingDisk(len(names), OSError(errno.EIO, "")).put_in(monkeypatch)
    with pytest.raises(KeikakuError, match="確認できません"):
        safe_io.write_bytes(tmp_path / "冊子.pdf", b"new")


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "冊子.pdf"

    def write_half() -> None:
        with safe_io.replacing(target) as temp:
            temp.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "本体.pdf", tmp_path / "冊子.pdf"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    safe_io.write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "冊子.pdf"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(KeikakuError, match="読み取り専用"):
        safe_io.write_bytes(target, b"new")
    assert target.read_bytes() == b"old"


@posix
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(KeikakuError, match="許可されていない"):
        safe_io.write_bytes(tmp_path / "pipe", b"new")
    assert (tmp_path / "pipe").is_fifo()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "冊子.pdf").mkdir()
    with pytest.raises(KeikakuError, match="フォルダーがある"):
        safe_io.write_bytes(tmp_path / "冊子.pdf", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["冊子.pdf"]


@posix
def test_what_is_there_is_told_from_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "計画").write_text("")
    (tmp_path / "先のないリンク").symlink_to("ない")
    assert safe_io.is_there(tmp_path)
    assert safe_io.is_there(tmp_path / "計画")
    for name in ("ない", "計画/中", "先のないリンク", "あ" * 100, "a/" * 3000):
        assert not safe_io.is_there(tmp_path / name)


def test_where_nobody_may_look_nothing_is_called_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FailingDisk(1, PermissionError(errno.EACCES, "")).put_in(monkeypatch)
    with pytest.raises(KeikakuError, match=r"許可されていない.*「計画」"):
        safe_io.is_there(tmp_path / "計画-journal", tmp_path / "計画")


def test_reading_gives_the_whole_file(tmp_path: Path) -> None:
    data = bytes(range(256)) * 8192
    (tmp_path / "計画.json").write_bytes(data)
    assert safe_io.read_bytes(tmp_path / "計画.json") == data


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "計画.json").write_bytes(b"12345")
    assert safe_io.read_bytes(tmp_path / "計画.json", 5) == b"12345"
    with pytest.raises(KeikakuError, match="大きすぎる"):
        safe_io.read_bytes(tmp_path / "計画.json", 4)


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "計画.json"
    path.write_bytes(b"1234")

    def growing(call: Callable[..., object], *args: object, **kwargs: object) -> object:
        if call is os.open:
            path.write_bytes(b"123456789")
        return call(*args, **kwargs)

    monkeypatch.setattr(safe_io, "operate", growing)
    with pytest.raises(KeikakuError, match="大きすぎる"):
        safe_io.read_bytes(path, 5)


@posix
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(KeikakuError, match="フォルダーです"):
        safe_io.read_bytes(tmp_path)
    with pytest.raises(KeikakuError, match="ふつうのファイルではない"):
        safe_io.read_bytes(tmp_path / "pipe")
    with pytest.raises(KeikakuError, match="見つからない"):
        safe_io.read_bytes(tmp_path / "ない.json")


@pytest.mark.parametrize("error", ERRORS)
def test_reading_tells_of_any_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Callable[[], OSError]
) -> None:
    (tmp_path / "計画.json").write_bytes(b"1234")
    disk = FailingDisk().put_in(monkeypatch)
    safe_io.read_bytes(tmp_path / "計画.json")
    for number in range(1, len(disk.names) + 1):
        FailingDisk(number, error()).put_in(monkeypatch)
        with pytest.raises(KeikakuError, match=r"計画\.json"):
            safe_io.read_bytes(tmp_path / "計画.json")
