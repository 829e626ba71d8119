"""A plan that has grown beyond what is read of strangers is saved and opened as ever."""

import os
from pathlib import Path

import pytest

from app.errors import KeikakuError
from app.ports import Saving
from storage import safe_io
from storage.document.local_document import LocalDocument
from storage.document.workspace import drafts, read_document
from storage.local_documents import LocalDocuments
from storage.plan_file import integrity
from tests.storage.documents import a_share, text_in, text_of, write_in

FEW = 40


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    monkeypatch.setattr(integrity, "MOST_ROWS", FEW)
    return tmp_path / "このPC"


def opened(path: Path) -> LocalDocument:
    return LocalDocuments().open(str(path))


def write(document: LocalDocument, count: int) -> None:
    for n in range(count):
        write_in(document._workspace, f"{n}番目の文")


def saved(document: LocalDocument) -> Saving:
    answer = document.save()
    assert answer.state == "saved", answer.message
    return answer


def grown(path: Path, count: int) -> str:
    """The document with so many more entries; what was told when it was saved."""
    document = opened(path)
    write(document, count)
    saved(document)
    document.close()
    return document.remark


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From now on this is another PC."""
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "別のPC"))


def test_beyond_the_rows_of_a_stranger_it_is_saved_opened_and_a_draft(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    grown(path, 2 * FEW)
    assert text_in(path) == f"{2 * FEW - 1}番目の文"
    document = opened(path)
    write(document, 1)
    document.close()
    assert [len(draft.entries) for draft in drafts(path)] == [1]
    document = LocalDocuments().open(str(path), "resume")
    assert text_of(document.session.plan) == "0番目の文"
    target = path.with_name("別名.keikaku")
    assert document.save_as(str(target)).state == "saved"
    document.close()
    assert text_in(target) == "0番目の文"


def test_beyond_the_bytes_of_a_stranger_it_is_saved_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_share(tmp_path)
    monkeypatch.setattr(safe_io, "MAX_BYTES", os.stat(path).st_size)
    document = opened(path)
    write_in(document._workspace, "長い文" * 5000)
    saved(document)
    document.close()
    assert "を超えました" in document.remark
    assert os.stat(path).st_size > safe_io.MAX_BYTES
    document = opened(path)
    write(document, 1)
    saved(document)
    document.close()
    assert text_in(path) == "0番目の文"


def test_half_way_the_person_is_told_and_what_to_do(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    assert grown(path, FEW // 2 - 2) == ""
    assert "50%になりました" in (told := grown(path, 1))
    assert "計画のデータ（JSON）に出力し" in told
    assert "を超えました" in grown(path, FEW)


def test_a_pc_that_never_had_the_plan_refuses_it_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_share(tmp_path)
    grown(path, 2 * FEW)
    before = path.read_bytes()
    elsewhere(monkeypatch, tmp_path)
    with pytest.raises(KeikakuError, match=r"「総合計画\.keikaku」は記録が長すぎる"):
        opened(path)
    assert path.read_bytes() == before


def test_a_pc_that_had_it_before_opens_what_has_grown_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_share(tmp_path)
    elsewhere(monkeypatch, tmp_path)
    grown(path, 1)
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    grown(path, 2 * FEW)
    elsewhere(monkeypatch, tmp_path)
    assert len(read_document(path).entries) > FEW
    grown(path, 1)


def test_commands_too_go_on_beyond_it(tmp_path: Path) -> None:
    """They make no copies of the day: that it comes near is noted when it is saved."""
    path = a_share(tmp_path)
    with LocalDocuments().editing(str(path)) as document:
        write(document, FEW - 5)
    for _ in range(8):
        with LocalDocuments().editing(str(path)) as document:
            write(document, 2)
    assert len(read_document(path).entries) > FEW
