"""Merge, parts of a department, backups and going back to one."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.changes.merge import asking
from app.edits.deciding import Choice, decide
from app.edits.text import set_fact, set_text
from app.errors import KeikakuError
from storage.document import backups
from storage.document.exchange import (
    catch_up,
    editing,
    incoming,
    issue_part,
    restore,
    restoring,
)
from storage.document.publish import publish
from storage.document.workspace import open_document, read_document
from storage.plan_file.plan_file import create_plan_file
from tests.storage.documents import OTHER, a_share, merge_in, save, saved, text_in, text_of
from tests.storage.plan_files import CARD, a_plan, state_of


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    return tmp_path / "このPC"


def copied(document: Path, name: str = "相手.keikaku") -> Path:
    copy = document.with_name(name)
    copy.write_bytes(document.read_bytes())
    return copy


def test_the_base_is_found_from_the_logs(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    save(document, "分かれる前")
    theirs = copied(document)
    save(document, "自分の背景", "background")
    save(theirs, "相手の概要")
    before = text_in(document)
    found = merge_in(document, theirs)
    assert (before, text_in(document)) == ("分かれる前", "相手の概要")
    assert text_in(document, "background") == "自分の背景"
    assert not found.merge.conflicts
    [backup] = list(home.glob("backups/*/*.keikaku"))
    assert text_in(backup) == "分かれる前"
    with editing(document) as workspace:
        workspace.session.undo()
    assert text_in(document) == "分かれる前"
    assert text_in(document, "background") == "自分の背景"


def test_a_conflict_keeps_ours_and_is_kept_for_ever(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(document, "自分")
    save(theirs, "相手")
    for _ in range(2):
        [conflict] = merge_in(document, theirs).merge.conflicts
        assert (conflict.ours, conflict.theirs) == ("自分", "相手")
    save(document, "あとの文")
    [kept] = read_document(document).conflicts
    assert (kept.conflict, kept.decision) == (conflict, None)


def test_a_decided_conflict_is_not_asked_again(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(document, "自分")
    save(theirs, "相手")
    merge_in(document, theirs)
    with editing(document) as workspace:
        [kept] = workspace.conflicts()
        workspace.session.do(decide(workspace.session.plan, [Choice(kept, "ours")]))
    assert not merge_in(document, theirs).merge.conflicts
    [kept] = read_document(document).conflicts
    assert kept.decision == "ours"


def test_undoing_a_decision_opens_its_conflict_again(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(document, "自分")
    save(theirs, "相手")
    merge_in(document, theirs)
    seen: list[tuple[str | None, str | None]] = []

    def look() -> None:
        found = read_document(document)
        seen.append((found.conflicts[0].decision, text_of(found.plan)))

    with editing(document) as workspace:
        [kept] = workspace.conflicts()
        workspace.session.do(decide(workspace.session.plan, [Choice(kept, "theirs")]))
    look()
    for step in ("undo", "undo", "redo", "redo"):
        with editing(document) as workspace:
            getattr(workspace.session, step)()
        look()
    settled, open_one, unasked = ("theirs", "相手"), (None, "自分"), ("unasked", "自分")
    assert seen == [settled, open_one, unasked, open_one, settled]


def test_a_conflict_whose_merge_was_undone_is_asked_again_by_the_next(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(document, "自分")
    save(theirs, "相手")
    merge_in(document, theirs)
    with editing(document) as workspace:
        workspace.session.undo()
    assert len(merge_in(document, theirs).asked) == 1
    [kept] = read_document(document).conflicts
    assert kept.decision is None


def test_a_decision_goes_along_when_others_saved_meanwhile(tmp_path: Path) -> None:
    """Its number may be another one in their document."""
    document = a_share(tmp_path)
    first, second = copied(document, "一.keikaku"), copied(document, "二.keikaku")
    for path, text in ((document, "自分"), (first, "一の文"), (second, "二の文")):
        save(path, text)
    with open_document(document) as workspace:
        found = incoming(workspace.contents(), read_document(second))
        asked = asking(workspace.conflicts(), found.asked)
        edit = replace(found.merge.changes, decisions=asked.decisions)
        workspace.bring_in(edit, asked.new)
        [kept] = workspace.conflicts()
        workspace.session.do(decide(workspace.session.plan, [Choice(kept, "theirs")]))
        merge_in(document, first)
        assert publish(workspace).is_changed
        catch_up(workspace)
        saved(workspace)
        workspace.session.undo()
        saved(workspace)
    states = {kept.conflict.theirs: kept.decision for kept in read_document(document).conflicts}
    assert states == {"一の文": None, "二の文": None}


def test_the_same_file_twice_is_once(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(theirs, "相手")
    merge_in(document, theirs)
    before = state_of(document.parent)
    assert not merge_in(document, theirs).merge.changes
    assert state_of(document.parent) == before


def test_files_that_never_were_one_are_refused(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    other = document.with_name("別.keikaku")
    create_plan_file(other, a_plan(), "取り込み")
    before = state_of(document.parent)
    with pytest.raises(KeikakuError, match="別の計画のファイル"):
        merge_in(document, other)
    again = document.with_name("同じ計画.keikaku")
    create_plan_file(again, read_document(document).plan, "取り込み直し")
    with pytest.raises(KeikakuError, match="同じ計画から分かれた"):
        merge_in(document, again)
    again.unlink()
    assert state_of(document.parent) == before


def test_without_a_common_log_the_base_is_given(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    base = copied(document, "基準.keikaku")
    theirs = document.with_name("別.keikaku")
    create_plan_file(theirs, read_document(document).plan, "取り込み直し")
    save(theirs, "相手")
    save(document, "自分の背景", "background")
    merge_in(document, theirs, base)
    assert text_in(document) == "相手"
    assert text_in(document, "background") == "自分の背景"


def test_a_part_goes_out_and_comes_back(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    part = tmp_path / "住民課.keikaku"
    issue_part(read_document(document).plan, ["住民課"], part)
    assert list(read_document(part).plan.initiatives) == [CARD]
    assert read_document(part).scope == ("住民課",)
    with editing(part, "住民課") as workspace:
        session = workspace.session
        session.do(set_text(session.plan, CARD, "overview", "住民課の文"))
        profile = session.plan.profile
        from app.changes.change import ChangeSet, field_change

        session.do(ChangeSet("題", field_change(profile, "title", "ほかの題")))
        session.do(set_fact(session.plan, CARD, "departments", ("住民課", "税務課")))
    assert read_document(part).scope == ("住民課",)
    save(document, "ほかの課", "background", OTHER)
    found = merge_in(document, part)
    plan = read_document(document).plan
    assert text_of(plan) == "住民課の文"
    assert text_of(plan, "background", OTHER) == "ほかの課"
    assert plan.profile.title == "デジタル計画"
    assert plan.initiatives[CARD].departments == ("住民課", "税務課")
    assert [change.field for change in found.outside] == ["title"]
    assert not found.merge.conflicts


def test_a_department_without_initiatives_has_no_part(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    with pytest.raises(KeikakuError, match="「ない課」の取組はありません"):
        issue_part(read_document(document).plan, ["ない課"], tmp_path / "part.keikaku")
    with pytest.raises(KeikakuError, match="すでにある"):
        issue_part(read_document(document).plan, ["住民課"], document)
    assert not (tmp_path / "part.keikaku").exists()


def test_going_back_is_shown_first_and_can_be_undone(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    first = text_in(document)
    save(document, "新しい文")
    [backup] = backups.backups(document)
    plan, edit = restoring(document, backup.path)
    assert [(c.before, c.after) for c in edit] == [("新しい文", first)]
    assert text_of(plan) == text_in(document) == "新しい文"
    assert restore(document, backup.path) is None
    assert text_in(document) == first
    with editing(document) as workspace:
        workspace.session.undo()
    assert text_in(document) == "新しい文"


def test_a_damaged_document_is_replaced_and_kept(tmp_path: Path, home: Path) -> None:
    document = a_share(tmp_path)
    first = text_in(document)
    save(document, "新しい文")
    damaged = document.read_bytes()[:-5000]
    document.write_bytes(damaged)
    [backup] = backups.backups(document)
    kept = restore(document, backup.path)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert text_in(document) == first


def test_a_backup_of_another_plan_is_refused(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    other = tmp_path / "別.keikaku"
    create_plan_file(other, a_plan(), "取り込み")
    with pytest.raises(KeikakuError, match="この計画の控えではありません"):
        restore(document, other)


def test_asking_changes_nothing(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(theirs, "相手")
    before = state_of(document.parent)
    assert incoming(read_document(document), read_document(theirs)).merge.changes
    assert state_of(document.parent) == before


def test_a_department_that_corrects_its_answer_is_not_asked_about(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(theirs, "はじめの答え")
    merge_in(document, theirs)
    save(theirs, "直した答え")
    found = merge_in(document, theirs)
    assert not found.merge.conflicts
    assert text_in(document) == "直した答え"


def test_a_file_merged_before_brings_nothing_back_that_was_edited_since(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(theirs, "相手")
    merge_in(document, theirs)
    save(document, "それを直した文")
    before = document.read_bytes()
    found = merge_in(document, theirs)
    assert not found.merge.changes.changes
    assert not found.merge.conflicts
    assert document.read_bytes() == before


def test_what_was_merged_and_undone_is_asked_as_if_it_had_never_come(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(theirs, "相手")
    merge_in(document, theirs)
    with editing(document) as workspace:
        workspace.session.undo()
    save(document, "自分")
    [conflict] = merge_in(document, theirs).merge.conflicts
    assert (conflict.ours, conflict.theirs) == ("自分", "相手")


def test_a_decision_that_was_undone_settles_nothing(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    theirs = copied(document)
    save(document, "自分")
    save(theirs, "相手")
    merge_in(document, theirs)
    with editing(document) as workspace:
        [kept] = workspace.conflicts()
        workspace.session.do(decide(workspace.session.plan, [Choice(kept, "theirs")]))
        workspace.session.undo()
    save(document, "自分で直した")
    assert len(merge_in(document, theirs).merge.conflicts) == 1


def test_a_document_of_a_newer_program_is_not_replaced_by_a_copy(tmp_path: Path) -> None:
    document = a_share(tmp_path)
    save(document, "・一")
    [copy] = backups.backups(document)
    with closing(sqlite3.connect(document)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = document.read_bytes()
    with pytest.raises(KeikakuError, match="新しい版"):
        restore(document, copy.path)
    assert document.read_bytes() == before
