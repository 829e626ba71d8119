"""What the window opens, and what it remembers."""

import json
import os
import shutil
from pathlib import Path

import pytest

from app.documents.order import Order
from app.documents.outputs import OUTPUTS
from app.edits.deciding import Choice, decide
from app.edits.new_plan import new_plan
from app.edits.structure import add_pillar
from app.errors import KeikakuError
from storage import local_documents
from storage.document import lock, workspace
from storage.document.backups import backups
from storage.local_documents import LocalDocuments, import_sample
from storage.plan_file import plan_file
from storage.plan_file.plan_file import PlanFile
from storage.this_pc.data_folder import data_folder
from tests.storage.plan_files import a_plan_file, overview, write


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(plan_file, "PATIENCE", 0.0)
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "home"))


def test_an_edit_is_in_the_file_after_saving_only(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    before = path.read_bytes()
    document = documents.open(str(path))
    write(document.session, "・始める")
    assert document.unsaved() == 1
    assert path.read_bytes() == before
    assert document.save().state == "saved"
    assert document.unsaved() == 0
    document.close()
    document.close()
    assert overview(path) == "・始める"


SHIFT_JIS = os.fsdecode("計画".encode("cp932"))


@pytest.mark.skipif(os.name == "nt", reason="on Windows every name is text")
def test_names_that_are_no_text_are_opened_saved_and_remembered(tmp_path: Path) -> None:
    """Old ZIP files hold Shift-JIS; file and folder then have names that are not UTF-8."""
    documents, folder = LocalDocuments(), tmp_path / SHIFT_JIS
    folder.mkdir()
    path = a_plan_file(folder, f"{SHIFT_JIS}.keikaku")
    for text in ("一", "二"):
        document = documents.open(str(path))
        assert documents.recent() == [str(path)]
        write(document.session, text)
        assert document.save().state == "saved"
        document.close()
    assert overview(path) == "二"
    assert "一" in [overview(copy.path) for copy in backups(path)]
    assert sorted(file.name for file in folder.iterdir()) == sorted([path.name, "履歴"])
    document = documents.open(str(path))
    write(document.session, "下書き")
    document.close()
    assert documents.look(str(path)).draft == 1


@pytest.mark.parametrize("failing", ["remember", "note_lock"])
def test_a_document_that_is_not_opened_in_the_end_leaves_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError

    path = a_plan_file(tmp_path)
    where = local_documents if failing == "remember" else workspace.Workspace
    monkeypatch.setattr(where, failing, fail)
    with pytest.raises(ZeroDivisionError):
        LocalDocuments().open(str(path))
    assert lock.holder(path) is None
    assert not [*tmp_path.glob(".*")]


def test_what_was_saved_last_is_among_the_copies_of_a_file_that_is_damaged(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    assert document.save().state == "saved"
    document.close()
    path.write_bytes(path.read_bytes()[:-700])
    assert "・始める" in [overview(copy.path) for copy in backups(path)]


def test_what_was_not_saved_is_offered_and_gone_on_with(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    document.close()
    assert documents.look(str(path)).draft == 1
    again = documents.open(str(path), "resume")
    assert again.unsaved() == 1
    assert again.save().state == "saved"
    again.close()
    assert overview(path) == "・始める"
    assert documents.look(str(path)).draft == 0


def test_a_draft_is_offered_with_its_own_document_only(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    # The same plan in another file, as a city keeps one for each year.
    other = Path(shutil.copy(path, tmp_path / "昨年度.keikaku"))
    document = documents.open(str(path))
    write(document.session, "・始める")
    document.close()
    assert documents.look(str(other)).draft == 0
    documents.drop_draft(str(other))
    beside = documents.open(str(other), "resume")
    assert (beside.unsaved(), beside.save().state) == (0, "saved")
    beside.close()
    assert overview(other) == overview(path)
    assert documents.look(str(path)).draft == 1


def test_a_draft_nobody_wants_is_put_aside_and_not_lost(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    document.close()
    documents.drop_draft(str(path))
    assert documents.look(str(path)).draft == 0
    kept = list((tmp_path / "home" / "rescue").glob("*.keikaku"))
    assert [overview(copy) for copy in kept] == ["・始める"]


def test_who_comes_second_is_told_and_both_edits_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USERNAME", "佐藤")
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    first = documents.open(str(path))
    assert documents.look(str(path)).holder.startswith("佐藤さんが（")
    with pytest.raises(KeikakuError, match="開いています"):
        documents.open(str(path))
    second = documents.open(str(path), "beside")
    assert second.others()
    assert not first.others()
    write(first.session, "・始める")
    second.session.do(add_pillar(second.session.plan, "暮らし"))
    assert first.save().state == "saved"
    answer = second.save()
    assert (answer.state, answer.is_changed) == ("not_saved", True)
    second.catch_up()
    assert second.save().state == "saved"
    for document in (first, second):
        document.close()
    assert overview(path) == "・始める"
    assert documents.look(str(path)).holder == ""


def test_after_a_taking_over_the_first_one_merges(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    first = documents.open(str(path))
    documents.look(str(path))
    second = documents.open(str(path), "take_over")
    write(first.session, "・始める")
    assert first.save().is_changed
    first.catch_up()
    assert first.save().state == "saved"
    first.close()
    second.close()
    assert overview(path) == "・始める"


def test_a_lock_that_a_crash_left_is_nobodys(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    # As a crash leaves it: the lock lies there, nothing holds the workspace.
    document._workspace._file.close()
    document._workspace._hold.release()
    standing = LocalDocuments().look(str(path))
    assert (standing.holder, standing.draft) == ("", 1)
    again = LocalDocuments().open(str(path), "resume")
    assert again.save().state == "saved"
    again.close()
    assert overview(path) == "・始める"


def test_a_lock_that_a_crash_left_without_edits_is_nobodys_too(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    document._workspace._file.close()
    document._workspace._hold.release()
    assert LocalDocuments().look(str(path)).holder == ""
    again = LocalDocuments().open(str(path))
    assert not again.others()
    again.close()


def test_a_draft_goes_on_beside_whoever_opened_the_file_meanwhile(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    document.close()
    other = documents.open(str(path))
    draft = documents.open(str(path), "resume")
    assert draft.others()
    other.session.do(add_pillar(other.session.plan, "暮らし"))
    other.save()
    assert draft.save().is_changed
    draft.catch_up()
    assert draft.save().state == "saved"
    for each in (other, draft):
        each.close()
    assert overview(path) == "・始める"


def test_two_edits_of_one_field_become_a_conflict_that_is_settled_once(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    first, second = documents.open(str(path)), documents.open(str(path), "beside")
    write(first.session, "・始める")
    write(second.session, "・やめる")
    first.save()
    second.save()
    second.catch_up()
    kept = second.conflicts()
    assert [(k.conflict.ours, k.conflict.theirs) for k in kept] == [("・やめる", "・始める")]
    second.session.do(decide(second.session.plan, [Choice(kept[0], "ours")]))
    assert second.conflicts() == ()
    first.close()
    second.close()


def test_another_name_is_gone_on_with_and_the_first_file_stays(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    before, other = path.read_bytes(), tmp_path / "別.keikaku"
    document = documents.open(str(path))
    write(document.session, "・始める")
    assert document.save_as(str(other)).state == "saved"
    assert (document.path, document.unsaved()) == (str(other), 0)
    write(document.session, "・続ける")
    assert document.save().state == "saved"
    document.close()
    assert path.read_bytes() == before
    assert overview(other) == "・続ける"
    assert documents.look(str(path)).draft == 0
    assert documents.look(str(path)).holder == ""


def test_a_file_that_is_replaced_by_another_name_goes_into_the_history(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    other = a_plan_file(tmp_path, "別.keikaku")
    before = other.read_bytes()
    document = documents.open(str(path))
    write(document.session, "・始める")
    assert document.save_as(str(other)).state == "saved"
    document.close()
    assert overview(other) == "・始める"
    assert [copy.read_bytes() for copy in (tmp_path / "履歴").glob("別*")] == [before]


def test_a_failed_saving_under_another_name_leaves_all_as_it_was(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    assert document.save_as(str(tmp_path / "ない" / "別.keikaku")).state != "saved"
    assert (document.path, document.unsaved()) == (str(path), 1)
    assert document.save().state == "saved"
    document.close()
    assert overview(path) == "・始める"


def test_who_only_looks_locks_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path), "view")
    assert document.is_read_only
    assert documents.look(str(path)).holder == ""
    document.close()
    assert documents.look(str(path)).draft == 0


def test_a_new_plan_is_empty_and_can_be_edited(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), tmp_path / "新.keikaku"
    document = documents.create(str(path), new_plan("みなと町", "計画", "kashima", 2026))
    document.session.do(add_pillar(document.session.plan, "暮らし"))
    document.save()
    document.close()
    with PlanFile.view(path) as file:
        plan = file.plan()
    assert (plan.profile.municipality, plan.profile.form) == ("みなと町", "kashima")
    assert [pillar.name for pillar in plan.pillars.under()] == ["暮らし"]
    assert plan.profile.stages


def test_each_sample_is_a_fresh_one() -> None:
    documents = LocalDocuments()
    first, second = documents.sample(), documents.sample()
    assert first.path != second.path
    assert len(first.session.plan.initiatives) == len(second.session.plan.initiatives) > 20
    first.close()
    second.close()


def test_what_is_remembered_is_there_at_the_next_start() -> None:
    LocalDocuments().keep_setting("last_plan", "計画")
    assert LocalDocuments().setting("last_plan") == "計画"
    assert LocalDocuments().setting("zoom") is None


def test_the_plans_that_were_open_last_come_first(tmp_path: Path) -> None:
    documents = LocalDocuments()
    paths = [str(a_plan_file(tmp_path, f"{name}.keikaku")) for name in "abc"]
    for path in (*paths, paths[0]):
        documents.open(path).close()
    Path(paths[1]).unlink()
    assert documents.recent() == [paths[0], paths[2]]


@pytest.mark.parametrize("content", ["", "[", "5", "[5]", '{"a": 1}'])
def test_a_damaged_list_of_plans_is_no_hindrance(tmp_path: Path, content: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "recent.json").write_text(content)
    assert LocalDocuments().recent() == []


def test_what_was_ordered_is_written_and_told_about(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    whole = next(output for output in OUTPUTS if output.thing == "plan")
    told: list[tuple[int, int]] = []
    target = tmp_path / "出力.json"
    order = Order(document.session.plan, whole)
    documents.export(order, str(target), lambda n, of: told.append((n, of)))
    document.close()
    assert len(json.loads(target.read_bytes())["initiatives"]) == 2
    assert told


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_a_new_plan_or_an_import_replaces_is_kept(tmp_path: Path, is_whole: bool) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    if not is_whole:
        path.write_bytes(path.read_bytes()[:-4096])
    first = path.read_bytes()
    documents.create(str(path), new_plan("見本市", "新しい計画", "matsue", 2026)).close()
    second = path.read_bytes()
    import_sample(path, overwrite=True)
    places = (tmp_path / "履歴", data_folder() / "rescue")
    kept = {file.read_bytes() for place in places for file in place.glob("*.keikaku")}
    assert {first, second} <= kept


def test_a_saving_holds_what_was_there_when_it_was_asked_for(tmp_path: Path) -> None:
    document, path = LocalDocuments().open(str(a_plan_file(tmp_path))), tmp_path / "計画.keikaku"
    write(document.session, "・始める")
    saving = document.saving()
    write(document.session, "・続ける")
    assert saving().state == "saved"
    assert (overview(path), document.unsaved()) == ("・始める", 1)
    document.close()


def test_a_plan_saved_under_another_name_is_the_one_that_was_open_last(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document, other = documents.open(str(path)), tmp_path / "改訂版.keikaku"
    assert document.save_as(str(other)).state == "saved"
    document.close()
    assert list(documents.recent())[:2] == [str(other), str(path)]


def test_a_file_that_is_gone_is_made_again_under_its_name(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    document = documents.open(str(path))
    write(document.session, "・始める")
    path.unlink()
    assert document.save().state == "not_saved"
    assert document.news() == "gone"
    assert document.save_as(str(path)).state == "saved"
    assert (overview(path), document.unsaved(), document.news()) == ("・始める", 0, "")
    write(document.session, "・続ける")
    assert document.save().state == "saved"
    document.close()
    assert overview(path) == "・続ける"
    assert lock.holder(path) is None
