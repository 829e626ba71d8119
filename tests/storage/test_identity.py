"""Who a plan is and which state of it a file holds: what went out comes back to where it was."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.changes.parting.state_name import name_of
from app.edits.initiative import add_initiative
from app.edits.text import set_text
from app.errors import KeikakuError
from app.plan.plan import Plan
from storage.document.exchange import catch_up
from storage.document.publish import publish
from storage.document.workspace import Workspace, open_document, read_document
from storage.interchange.interchange import interchange_bytes, read_interchange
from storage.local_documents import LocalDocuments
from storage.local_intake import import_plan
from tests.data.keep import FOLDER
from tests.storage.documents import OTHER, a_share, merge_in, save, saved, text_in, write_in
from tests.storage.plan_files import CARD
from tests.storage.plan_json import as_file, small_plan

KEPT = sorted(FOLDER.glob("schema-10*.keikaku"))
Script = Callable[[dict[str, Any]], object]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    return tmp_path / "このPC"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = a_share(tmp_path)
    save(path, "書き出す前")
    return path


def ids(path: Path) -> list[str]:
    return [entry.id for entry in read_document(path).entries]


def data_of(path: Path) -> bytes:
    """What the command writes as JSON."""
    found = read_document(path)
    return interchange_bytes(found.plan, name_of(found.plan, found.entries))


def imported(data: bytes, path: Path, script: Script = lambda data: None) -> Path:
    """A plan file of JSON that a script has changed."""
    document = json.loads(data)
    script(document)
    source = path.with_suffix(".json")
    source.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    import_plan(source, path)
    return path


def by_script(document: dict[str, Any]) -> None:
    document["initiatives"][0]["texts"]["overview"] = "台本の文"


def comes(path: Path, theirs: Path) -> list[tuple[str, str]]:
    """What a merge would bring: (id, field)."""
    found = LocalDocuments().incoming(str(path), str(theirs))
    assert not found.asked.conflicts
    return [(change.id, change.field) for change in found.changes]


def unsaved_edit(workspace: Workspace, card: str, text: str) -> None:
    workspace.session.do(set_text(workspace.session.plan, card, "overview", text))


def test_an_entry_keeps_its_id_through_saving_merging_undo_and_a_copy(document: Path) -> None:
    with open_document(document, "自分") as mine:
        unsaved_edit(mine, CARD, "自分の文")
        [own] = mine.unsaved
        save(document, "相手の文", card=OTHER)
        assert publish(mine).is_changed
        catch_up(mine)
        assert [entry.id for entry in mine.unsaved] == [own.id]
        assert mine.unsaved[0].sequence == own.sequence + 1
        saved(mine)
        mine.session.undo()
        saved(mine)
    assert len(set(ids(document))) == len(ids(document)) == 5
    assert ids(document)[3] == own.id


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_entries_of_an_older_file_get_the_same_ids_on_every_pc(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So two people who go on with copies of it can still merge."""
    one, other = (Path(shutil.copy(kept, tmp_path / f"{n}.keikaku")) for n in ("一", "二"))
    assert ids(one) == ids(other)
    assert len(set(ids(one))) == len(ids(one))
    before = ids(one)
    card = next(iter(read_document(one).plan.initiatives))
    save(one, "一の文", "background", card)
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "別のPC"))
    save(other, "二の文", "final_goals", card)
    assert ids(one)[:-1] == ids(other)[:-1] == before
    assert comes(one, other) == [(card, "texts.final_goals")]


def test_what_a_script_changed_in_an_export_is_all_that_comes(document: Path) -> None:
    back = imported(data_of(document), document.with_name("台本.keikaku"), by_script)
    save(document, "相手が後から書いた文", card=OTHER)
    save(document, "相手の背景", "background")
    assert comes(document, back) == [(CARD, "texts.overview")]
    merge_in(document, back)
    assert text_in(document) == "台本の文"
    assert text_in(document, "background") == "相手の背景"
    assert text_in(document, card=OTHER) == "相手が後から書いた文"
    assert comes(document, back) == []


def test_an_export_that_nobody_changed_brings_nothing(document: Path) -> None:
    with open_document(document) as workspace:
        session = workspace.session
        category = next(iter(session.plan.categories))
        session.do(add_initiative(session.plan, category, name="はさむ取組"))
        saved(workspace)
    back = imported(data_of(document), document.with_name("そのまま.keikaku"))
    assert comes(document, back) == []
    save(document, "その後")
    assert comes(document, back) == []
    assert comes(back, document) == [(CARD, "texts.overview")]


def added(document: dict[str, Any]) -> None:
    document["initiatives"].insert(0, {"id": "新しい", "name": "台本の取組", "stage": "完了"})


def removed(document: dict[str, Any]) -> None:
    del document["initiatives"][1]


def reordered(document: dict[str, Any]) -> None:
    document["initiatives"].reverse()


def with_unknown_key(document: dict[str, Any]) -> None:
    document["initiatives"][0]["メモ"] = {"色": "青"}


@pytest.mark.parametrize("script", [added, removed, reordered, with_unknown_key])
def test_rows_that_a_script_adds_removes_or_reorders_come_so(
    document: Path, script: Script
) -> None:
    data = data_of(document)
    back = imported(data, document.with_name("台本.keikaku"), script)
    save(document, "その後に書いた文")
    merge_in(document, back)
    wanted = json.loads(data)
    script(wanted)
    for card in wanted["initiatives"]:
        if card["id"] == CARD:
            card["texts"]["overview"] = "その後に書いた文"
    found = json.loads(interchange_bytes(read_document(document).plan))
    for card in (*found["initiatives"], *wanted["initiatives"]):
        for key in [key for key, value in card.items() if value in (None, [], {})]:
            del card[key]
    assert found["initiatives"] == wanted["initiatives"]


def test_an_export_of_what_was_not_saved_finds_back_after_others_saved_first(
    document: Path,
) -> None:
    """What they wrote is not in the file; it must not look as if the script took it out."""
    with open_document(document, "自分") as mine:
        unsaved_edit(mine, CARD, "書き出したときの文")
        name = mine.session.name_state()
        data = interchange_bytes(mine.session.plan, name)
        unsaved_edit(mine, CARD, "もっと後の文")
        save(document, "相手の文", card=OTHER)
        assert publish(mine).is_changed
        catch_up(mine)
        saved(mine)
    back = imported(
        data,
        document.with_name("台本.keikaku"),
        lambda d: d["initiatives"][0]["texts"].update(background="台本の背景"),
    )
    assert comes(document, back) == [(CARD, "texts.background")]
    merge_in(document, back)
    assert text_in(document, card=OTHER) == "相手の文"
    assert text_in(document) == "もっと後の文"
    assert text_in(document, "background") == "台本の背景"


def test_two_people_who_import_one_file_hold_the_same_plan(
    document: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for data in (data_of(document), as_file(small_plan())):
        folder = tmp_path / str(len(data))
        folder.mkdir()
        mine = imported(data, folder / "自分.keikaku")
        monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "別のPC"))
        monkeypatch.setenv("USERNAME", "相手")
        theirs = imported(data, folder / "相手.keikaku")
        assert ids(mine) == ids(theirs)
        assert read_document(mine).plan == read_document(theirs).plan
        save(mine, "自分の文")
        save(theirs, "相手の文", card=OTHER)
        assert comes(mine, theirs) == [(OTHER, "texts.overview")]


def test_two_imports_of_different_files_of_one_export_need_a_base(document: Path) -> None:
    data = data_of(document)
    one = imported(data, document.with_name("一.keikaku"), by_script)
    other = imported(
        data,
        document.with_name("二.keikaku"),
        lambda d: d["initiatives"][0]["texts"].update(background="ほかの台本"),
    )
    assert read_document(one).plan.profile.id == read_document(other).plan.profile.id
    with pytest.raises(KeikakuError, match="同じ計画から分かれた"):
        LocalDocuments().incoming(str(one), str(other))
    found = LocalDocuments().incoming(str(one), str(other), str(document))
    assert "texts.background" in [change.field for change in found.changes]


def test_a_document_that_was_replaced_by_its_changed_export_is_merged(document: Path) -> None:
    with open_document(document, "自分") as mine:
        unsaved_edit(mine, OTHER, "自分の文")
        back = imported(data_of(document), document.with_name("台本.keikaku"), by_script)
        shutil.copy(back, document)
        assert publish(mine).is_changed
        catch_up(mine)
        saved(mine)
    assert text_in(document) == "台本の文"
    assert text_in(document, card=OTHER) == "自分の文"


def test_a_file_says_which_state_it_is_and_never_an_older_one(document: Path) -> None:
    plan = read_document(document).plan
    first = json.loads(data_of(document))["plan"]["identity"]
    assert first["plan"] == plan.profile.id
    assert first["entry"] == ids(document)[-1]
    assert first["entries"] == 2
    again = imported(data_of(document), document.with_name("また.keikaku"))
    save(again, "続き")
    second = json.loads(data_of(again))["plan"]["identity"]
    assert (second["plan"], second["entry"]) == (first["plan"], ids(again)[-1])
    assert "identity" not in json.loads(interchange_bytes(read_document(again).plan))["plan"]


def test_a_program_of_today_without_it_kept_the_key_and_it_is_made_anew(document: Path) -> None:
    """A program of 0.1 does not know the key, keeps it, and would write it out as it came."""
    stale = {"plan": "x", "entry": "y", "entries": 9, "log": "z"}
    plan = read_document(document).plan
    profile = plan.profile
    kept = Plan(
        profile.with_value("extra", json.dumps({"identity": stale})).with_value(
            "keys", (*profile.keys, "identity")
        ),
        plan.pillars, plan.categories, plan.initiatives, plan.years, plan.kpis, plan.relistings,
    )  # fmt: skip
    name = name_of(kept, read_document(document).entries)
    assert json.loads(interchange_bytes(kept, name))["plan"]["identity"]["plan"] == profile.id
    assert "identity" not in json.loads(interchange_bytes(kept))["plan"]


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("x", "「plan」の「identity」が、項目の集まり"),
        ({"plan": "x"}, "「identity」の「entry」がありません"),
        ({"plan": "", "entry": "x"}, "「identity」の「plan」が、空です"),
        ({"plan": "x", "entry": 3}, "「entry」が、文字ではありません"),
        ({"plan": "x", "entry": "y", "entries": "z"}, "「entries」が、数ではありません"),
    ],
)
def test_an_identity_that_is_none_is_refused_with_its_place(identity: object, words: str) -> None:
    document = small_plan()
    document["plan"]["identity"] = identity
    with pytest.raises(KeikakuError, match=words):
        read_interchange(as_file(document))


def test_everything_but_the_identity_goes_out_as_it_came(document: Path) -> None:
    source = small_plan()
    source["plan"] = {"メモ": [1, None], "identity": None, **source["plan"]}
    plan = read_interchange(as_file(source)).plan
    assert list(json.loads(interchange_bytes(plan))["plan"].items()) == list(source["plan"].items())
    named = json.loads(data_of(document))
    del named["plan"]["identity"]
    assert named == json.loads(interchange_bytes(read_document(document).plan))


def test_an_unknown_name_of_a_state_is_no_base(document: Path) -> None:
    def elsewhere(data: dict[str, Any]) -> None:
        data["plan"]["identity"]["log"] = "0" * 64

    back = imported(data_of(document), document.with_name("台本.keikaku"), elsewhere)
    with pytest.raises(KeikakuError, match="同じ計画から分かれた"):
        LocalDocuments().incoming(str(document), str(back))


def test_what_is_logged_before_an_export_never_changes_after_it(document: Path) -> None:
    with open_document(document) as workspace:
        session = workspace.session
        write_in(workspace, "あ")
        began = session.history.undoable
        name = session.name_state()
        session.do(set_text(session.plan, CARD, "overview", "あい"), began)
        assert name is not None
        assert name.entry == session.history.entries[-2].id
