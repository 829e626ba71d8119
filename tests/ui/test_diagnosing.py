"""The diagnosis helps whoever looks into a trouble, and gives nothing and nobody away."""

import getpass
import os
import platform
import re
from pathlib import Path

import pytest

from storage.document.workspace import read_document
from storage.local_documents import LocalDocuments
from storage.plan_file.plan_file import PlanFile
from tests.storage.plan_files import CARD
from tests.ui.command_line import CommandLine
from ui.commands import showing

WHO, PC = "yamamoto", "SHIMIN-PC-07"


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody with a name, at a PC with a name, whose home bears both."""
    home = tmp_path / WHO
    monkeypatch.delenv("KEIKAKU_HOME")
    for name, value in {"HOME": home, "USERPROFILE": home, "USER": WHO, "LOGNAME": WHO,
                        "USERNAME": WHO, "XDG_DATA_HOME": home / ".data"}.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    monkeypatch.setattr(platform, "node", lambda: PC)
    return home


@pytest.fixture
def plan(plan: Path) -> Path:
    """The plan under a name that says something."""
    return plan.rename(plan.with_name("窓口改革案.keikaku"))


@pytest.fixture
def told(command_line: CommandLine, plan: Path) -> str:
    """The diagnosis after a day's work, with a draft, a setting, a fault."""
    documents = LocalDocuments()
    command_line.done("set", plan, CARD, "overview", "・秘密の文")
    document = documents.open(str(plan))
    documents.keep_setting("last_plan", str(plan))
    documents.keep_setting("start", "last")
    documents.keep_setting("zoom", 1.25)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(showing, "plan_lines", lambda _: 1 / 0)
        assert command_line.run("show", plan).code == 2
    out = command_line.folder / "診断.txt"
    assert "診断.txt" in command_line.done("diagnose", out)
    document.close()
    return out.read_text(encoding="utf-8-sig")


def test_it_says_what_is_there(told: str, person: Path) -> None:
    for words in ("SQLite: 3.", "Python: 3.", "Qt: 6.", "XlsxWriter: 3.", "ゴシック: ", "OS: ",
                  "編集中の写し・下書き: 1件", "控え: 1件", "最近使った計画: 1件", "fault: 1回",
                  "start: last", "zoom: 1.25", "last_plan: （あり）",
                  "データの場所: ~/.data/Keikaku"):  # fmt: skip
        assert words in told
    assert re.search(r"fault ZeroDivisionError ui\.commands\.\w+:\d+\n", told)


def test_it_gives_nothing_of_a_plan_and_nobody_away(told: str, plan: Path) -> None:
    content = read_document(plan).plan
    with PlanFile.view(plan) as file:
        authors = {entry.author for entry in file.history().entries}
    assert authors == {WHO}
    secrets = {
        *(content.profile.title, content.profile.municipality, content.profile.id, plan.stem),
        *(str(plan.parent), plan.parent.name, "秘密", WHO, PC, os.uname().nodename),
        *(card.name.split("\n")[0] for card in content.initiatives.values()),
        *(text for card in content.initiatives.values() for text in card.texts.values()),
        *(department for card in content.initiatives.values() for department in card.departments),
    }
    assert [secret for secret in secrets - {""} if secret in told] == []
    assert getpass.getuser() not in told


def test_a_folder_that_was_chosen_is_not_named(
    command_line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "課のデータ"))
    out = tmp_path / "d.txt"
    command_line.done("diagnose", out)
    told = out.read_text(encoding="utf-8-sig")
    assert "KEIKAKU_HOMEで指定した場所" in told
    assert "課のデータ" not in told


def test_no_plan_is_overwritten_by_a_slip(command_line: CommandLine, plan: Path) -> None:
    assert ".txt" in command_line.refused("diagnose", plan)
