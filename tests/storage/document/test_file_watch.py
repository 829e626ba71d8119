"""What has become of the file of an open document."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from app.ports import FileNews
from storage import safe_io
from storage.document.backups import backups
from storage.document.file_watch import FileWatch
from storage.local_documents import LocalDocuments
from tests.storage.documents import a_share, save
from tests.storage.failing_disk import FailingDisk, windows_error
from tests.storage.plan_files import write


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "home"))


def test_somebody_else_saves_and_our_own_saving_is_no_news(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    document = LocalDocuments().open(str(path))
    assert document.news() == ""
    write(document.session, "・自分の文")
    assert document.save().state == "saved"
    assert document.news() == ""
    save(path, "・相手の文", "background")
    assert document.news() == "saved"
    document.catch_up()
    assert document.news() == ""
    document.close()


def test_our_own_saving_is_no_news_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = LocalDocuments().open(str(a_share(tmp_path)))
    write(document.session, "・自分の文")
    heard: list[FileNews] = []
    real = safe_io.operate

    def listening(call: Any, *args: Any, **kwargs: Any) -> Any:
        result = real(call, *args, **kwargs)
        if call is os.replace:
            with monkeypatch.context() as patch:
                patch.setattr(safe_io, "operate", real)
                heard.append(document.news())
        return result

    monkeypatch.setattr(safe_io, "operate", listening)
    assert document.save().state == "saved"
    assert heard
    assert set(heard) == {""}
    document.close()


def test_a_file_that_went_is_told_apart_from_a_share_that_went(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    watch, sha256 = FileWatch(), safe_io.sha256(path)
    share = path.parent
    aside = share.rename(tmp_path / "外した")
    assert watch.news(path, sha256) == "unreachable"
    aside.rename(share)
    assert watch.news(path, sha256) == ""
    path.unlink()
    assert watch.news(path, sha256) == "gone"
    assert watch.news(path, "") == ""


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, ""), OSError(errno.ETIMEDOUT, ""), windows_error(53)]
)
@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_share_that_does_not_answer_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, at: int
) -> None:
    path = a_share(tmp_path)
    sha256 = safe_io.sha256(path)
    FailingDisk(at, error).put_in(monkeypatch)
    assert FileWatch().news(path, sha256) == "unreachable"


def test_copies_that_cannot_be_looked_at_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_share(tmp_path)
    save(path, "・一")
    assert len(backups(path)) == 1
    FailingDisk(1, OSError(errno.EIO, "")).put_in(monkeypatch)
    assert backups(path) == []


def test_a_file_that_did_not_change_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_share(tmp_path)
    watch, sha256 = FileWatch(), safe_io.sha256(path)
    assert watch.news(path, sha256) == ""
    disk = FailingDisk().put_in(monkeypatch)
    assert watch.news(path, sha256) == ""
    assert disk.names == ["stat"]
