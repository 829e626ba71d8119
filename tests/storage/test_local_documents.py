"""What the window opens, and what it remembers."""

import json
from pathlib import Path

import pytest

from app.edits.structure import add_pillar
from app.errors import KeikakuError
from storage import plan_file
from storage.local_documents import LocalDocuments
from storage.plan_file import PlanFile
from tests.storage.plan_files import a_plan_file, overview, write


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(plan_file, "PATIENCE", 0.0)
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "home"))


def test_an_opened_plan_is_edited_and_let_go(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    session = documents.open(str(path))
    write(session, "・始める")
    with pytest.raises(KeikakuError, match="ほかの画面"):
        documents.open(str(path))
    documents.close(session)
    documents.close(session)
    assert overview(path) == "・始める"


def test_a_new_plan_is_empty_and_can_be_edited(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), tmp_path / "新.keikaku"
    session = documents.create(str(path), "みなと町", "計画", "kashima")
    session.do(add_pillar(session.plan, "暮らし"))
    documents.close(session)
    with PlanFile.view(path) as file:
        plan = file.plan()
    assert (plan.profile.municipality, plan.profile.form) == ("みなと町", "kashima")
    assert [pillar.name for pillar in plan.pillars.under()] == ["暮らし"]
    assert plan.profile.stages


def test_each_sample_is_a_fresh_one() -> None:
    documents = LocalDocuments()
    first, path = documents.sample()
    second, other = documents.sample()
    assert path != other
    assert len(first.plan.initiatives) == len(second.plan.initiatives) > 20
    documents.close(first)
    documents.close(second)


def test_the_plans_that_were_open_last_come_first(tmp_path: Path) -> None:
    documents = LocalDocuments()
    paths = [str(a_plan_file(tmp_path, f"{name}.keikaku")) for name in "abc"]
    for path in (*paths, paths[0]):
        documents.close(documents.open(path))
    Path(paths[1]).unlink()
    assert documents.recent() == [paths[0], paths[2]]


@pytest.mark.parametrize("content", ["", "[", "5", "[5]", '{"a": 1}'])
def test_a_damaged_list_of_plans_is_no_hindrance(tmp_path: Path, content: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "recent.json").write_text(content)
    assert LocalDocuments().recent() == []


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in the way")
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    documents.close(documents.open(str(path)))
    assert documents.recent() == []


def test_outputs_are_written_of_all_or_of_some(tmp_path: Path) -> None:
    documents, path = LocalDocuments(), a_plan_file(tmp_path)
    session = documents.open(str(path))
    by_suffix = {output.suffix: output for output in documents.outputs(session.plan)}
    told: list[tuple[int, int]] = []
    target = tmp_path / "出力.json"
    documents.export(
        session.plan, by_suffix[".json"], (), str(target), lambda n, of: told.append((n, of))
    )
    documents.close(session)
    assert len(json.loads(target.read_bytes())["initiatives"]) == 2
    assert told
