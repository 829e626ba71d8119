"""Who has a document open is told; who saves it does so alone; one of many takes over."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.edits.text import set_text
from app.errors import KeikakuError
from storage import safe_io
from storage.document import lock
from storage.document.lock import BusyError, HeldError, Hold, Holder
from storage.local_documents import LocalDocuments
from tests.storage.documents import a_share, text_in
from tests.storage.failing_disk import FailingDisk
from tests.storage.plan_files import CARD
from tests.storage.processes import forked, together

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by fork")
STALE = Holder("佐藤", "PC-12", "2026-11-20T09:15:00+09:00", "00ff")


def put_stale(document: Path) -> None:
    document.with_name(f".{document.name}.lock").write_text(
        json.dumps({name: getattr(STALE, name) for name in Holder.__slots__})
    )


def test_who_has_it_is_told_with_the_pc_and_the_time(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    mine = lock.take(document, "佐藤")
    with pytest.raises(HeldError, match=r"佐藤さんが（.*月.*日 .*から）開いています") as told:
        lock.take(document, "鈴木")
    assert told.value.holder == mine == lock.holder(document)
    lock.release(document, mine.token)
    assert lock.holder(document) is None
    assert [file.name for file in document.parent.iterdir()] == [document.name]


def test_who_gives_no_name_is_another_person(tmp_path: Path) -> None:
    words = lock.take(a_share(tmp_path), "").words()
    assert words.startswith("ほかの人が（"), words


def test_a_folder_that_may_not_be_written_to_is_told_with_the_documents_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_share(tmp_path)
    FailingDisk(1, PermissionError(errno.EACCES, "denied")).put_in(monkeypatch)
    with pytest.raises(KeikakuError, match=f"「{document.name}」に書き込めませんでした"):
        lock.saving(document).__enter__()


def test_a_person_takes_over_and_the_first_one_can_tell(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    put_stale(document)
    mine = lock.take(document, "鈴木", seen=STALE)
    assert lock.is_ours(document, mine.token)
    assert not lock.is_ours(document, STALE.token)
    lock.release(document, STALE.token)
    assert lock.holder(document) == mine


def noted(**cells: object) -> bytes:
    return json.dumps({name: getattr(STALE, name) for name in Holder.__slots__} | cells).encode()


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: path.write_bytes(b""),
    "brackets": lambda path: path.write_bytes(b"[" * 9_000),
    "nested": lambda path: path.write_bytes(b"[" * 4_000 + b"]" * 4_000),
    "nested name": lambda path: path.write_bytes(
        noted(who=0).replace(b": 0", b": " + b"[" * 4_000 + b"]" * 4_000)
    ),
    "long": lambda path: path.write_bytes(noted(who="x" * 20_000)),
    "a number": lambda path: path.write_bytes(b"1"),
    "a list": lambda path: path.write_bytes(b'["who"]'),
    "no time": lambda path: path.write_bytes(noted(since="きのう")),
    "no text": lambda path: path.write_bytes(noted(who=["佐藤"])),
    "bytes": lambda path: path.write_bytes(b"\xff\xfe\0"),
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to nothing": lambda path: path.symlink_to("nirgendwo"),
}


@pytest.mark.parametrize("put", UNREADABLE.values(), ids=UNREADABLE)
def test_a_lock_that_cannot_be_read_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], object]
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    document = a_share(tmp_path)
    put(document.with_name(f".{document.name}.lock"))
    assert lock.holder(document) is None
    opened = LocalDocuments().open(str(document))
    opened.session.do(set_text(opened.session.plan, CARD, "overview", "残る文"))
    assert opened.save().state == "saved"
    opened.close()
    assert text_in(document) == "残る文"


def test_a_lock_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    document, other = a_share(tmp_path), tmp_path / "ほかのファイル"
    other.write_text("大切な文")
    document.with_name(f".{document.name}.lock").symlink_to(other)
    mine = lock.take(document, "鈴木")
    assert lock.holder(document) == mine
    assert other.read_text() == "大切な文"


def test_a_name_in_a_lock_cannot_break_the_sentence() -> None:
    words = Holder("佐\n藤" * 50, "\x1b[31mPC\ud800", STALE.since, "00ff").words()
    assert words.isprintable()
    assert len(words) < 100


def test_twelve_take_over_one_stale_lock_and_one_has_it(tmp_path: Path) -> None:
    document = a_share(tmp_path)

    def take_over(number: int) -> int:
        try:
            lock.take(document, f"{number}", seen=STALE)
        except HeldError:
            return 2
        return 0

    for _ in range(10):
        put_stale(document)
        codes = together([lambda n=n: take_over(n) for n in range(12)])
        assert sorted(codes) == [0] + [2] * 11
        held = lock.holder(document)
        assert held is not None
        assert held.who == str(codes.index(0))


@pytest.mark.parametrize("is_stale", [False, True])
def test_never_two_save_at_once(tmp_path: Path, is_stale: bool) -> None:
    """Twelve race for a mutex, each of them many times; some of them end without a word."""
    document = a_share(tmp_path)
    inside, twice = tmp_path / "inside", tmp_path / "twice"
    if is_stale:
        forked(end_while_saving, document)
        assert document.with_name(f".{document.name}.saving").exists()

    def race(number: int) -> int:
        for n in range(15):
            with lock.saving(document, 60.0):
                try:
                    os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    twice.touch()
                inside.unlink(missing_ok=True)
                if number > 8 and n == number:
                    os._exit(0)
        return 0

    assert together([lambda n=n: race(n) for n in range(12)]) == [0] * 12
    assert not twice.exists()
    with lock.saving(document, 0.0):
        pass


def end_while_saving(document: Path) -> None:
    with lock.saving(document):
        os._exit(0)


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with lock.saving(document), pytest.raises(BusyError, match="保存しているところ"):
        lock.saving(document, 0.0).__enter__()


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.symlink_to("nirgendwo"),
        Path.mkdir,
        lambda path: (path.mkdir(), (path / "x").touch()),
        os.mkfifo,
        lambda path: path.write_text("x"),
    ],
    ids=["a link to nothing", "a folder", "a full folder", "a pipe", "a file"],
)
def test_what_lies_in_the_place_of_the_mutex_stops_nobody(
    tmp_path: Path, put: Callable[[Path], object]
) -> None:
    document = a_share(tmp_path)
    put(document.with_name(f".{document.name}.saving"))
    for _ in range(2):
        with lock.saving(document, 0.1), pytest.raises(BusyError):
            lock.saving(document, 0.0).__enter__()


def test_a_mutex_that_another_person_left_is_taken_though_it_may_only_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_share(tmp_path)
    document.with_name(f".{document.name}.saving").touch()

    def not_mine(call: Callable[..., object], *args: Any, **kwargs: object) -> object:
        if call is os.open and args[1] & os.O_RDWR and not args[1] & os.O_EXCL:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return call(*args, **kwargs)

    monkeypatch.setattr(safe_io, "operate", not_mine)
    with lock.saving(document, 0.0), pytest.raises(BusyError):
        lock.saving(document, 0.0).__enter__()


def test_a_mutex_that_was_removed_while_we_waited_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mutex"
    first = Hold.take(path)
    assert first

    def removed_meanwhile(file: int) -> None:
        path.unlink()
        path.touch()

    monkeypatch.setattr(lock, "_lock", removed_meanwhile)
    assert Hold.take(path) is None


def test_a_share_without_locks_of_the_system_has_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(file: int) -> None:
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr(lock, "_lock", unsupported)
    hold = Hold.take(tmp_path / "mutex")
    assert hold
    assert Hold.take(tmp_path / "mutex") is None
    hold.release()
    assert Hold.take(tmp_path / "mutex")
