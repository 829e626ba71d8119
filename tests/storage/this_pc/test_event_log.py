"""The log knows what happened and how often, and nothing that anybody wrote."""

import re
from pathlib import Path

import pytest

from storage.document.publish import publish
from storage.document.workspace import open_document, read_document
from storage.this_pc import event_log
from storage.this_pc.event_log import counts, lines, note, note_fault
from tests.storage.documents import a_share, merge_in, save, write_in
from tests.ui.command_line import CommandLine


@pytest.fixture(autouse=True)
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PC of its own."""
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "PC"))
    return tmp_path / "PC"


def test_saving_merging_and_writing_are_noted_without_a_word_of_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_share(tmp_path)
    copy = path.with_name("秘密の写し.keikaku")
    copy.write_bytes(path.read_bytes())
    save(path, "秘密の文")
    save(copy, "秘密の別の文")
    merge_in(path, copy, author="秘密の人")
    CommandLine(tmp_path, capsys).done("export", path, tmp_path / "秘密.json")
    assert counts() == {"merged": 1, "saved": 3, "written": 1}
    assert [line.partition(" ")[2] for line in lines() if "merged" in line] == ["merged 0 1"]
    assert all(re.fullmatch(r"[\d:+T-]+ [a-z_]+( \d+)*", line) for line in lines())


def test_a_saving_that_fails_is_noted(tmp_path: Path) -> None:
    with open_document(a_share(tmp_path)) as workspace:
        write_in(workspace, "秘密の文")
        save(workspace.target, "先に保存された文")
        assert publish(workspace).is_changed
    assert counts() == {"not_saved": 1, "saved": 1}


def fail_inside_of_ours(path: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("わたしたちの秘密の文")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.changes.change.Change", broken)
        save(path, "秘密の文")


def test_a_fault_is_noted_by_its_kind_and_the_place_in_our_code(tmp_path: Path) -> None:
    try:
        fail_inside_of_ours(a_share(tmp_path))
    except ZeroDivisionError as fault:
        where = note_fault(fault)
    assert re.fullmatch(r"ZeroDivisionError app\.changes\.change:\d+", where)
    assert lines()[-1].endswith(f" fault {where}")
    assert "秘密" not in "".join(lines())
    assert note_fault(KeyError("秘密")) == "KeyError -"


def test_the_log_does_not_grow_for_ever(pc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "MOST_BYTES", 200)
    for n in range(50):
        note("written", n)
    files = sorted((pc / "logs").iterdir())
    assert [file.name for file in files] == ["events-before.txt", "events.txt"]
    assert all(file.stat().st_size < 300 for file in files)
    assert lines()[-1].endswith("written 49")


def test_where_nothing_can_be_noted_all_else_goes_on(tmp_path: Path, pc: Path) -> None:
    pc.mkdir()
    (pc / "logs").write_text("no folder", encoding="utf-8")
    path = a_share(tmp_path)
    save(path, "残る文")
    assert lines() == []
    assert read_document(path).entries[-1].changes
