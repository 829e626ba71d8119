"""Files of each released schema open for ever.

`tests/data` keeps a plan file of each schema, as the program of its day wrote it, and beside it
what it says. Neither is ever made anew.

The next schema number: a new step at the end of `storage.plan_file.migrations`, which sets
`user_version` to major × 100 + minor, and `SCHEMA` in `storage.plan_file.gate` to the same.

- The *minor* number rises (101 → 102) where an older program still understands all that it
  reads: a new column that may be empty or has a usual value, a new table. An older program shows
  such a file and does not edit it.
- The *major* number rises (1xx → 200) where an older program would show something wrong: a column
  or table that goes, or means something else. An older program refuses the file.
- The tables that are there stay as they are in `_DIGESTED` of `storage.plan_file.rows`.

A number that no released program has written yet may take further steps. Its row in the table of
versions (docs/file-format.md) says so; once it no longer does, a test here asks for the kept file,
which `python -m tests.data.keep` makes.
"""

import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from storage.document.exchange import editing
from storage.document.workspace import read_document
from storage.plan_file import rows as plan_rows
from storage.plan_file.gate import SCHEMA
from storage.plan_file.plan_file import PlanFile
from tests.data.keep import FOLDER, make, what_it_says
from tests.storage.documents import write_in
from tests.storage.plan_files import execute, state_of
from tests.ui.command_line import CommandLine

KEPT = sorted(FOLDER.glob("schema-*.keikaku"))
NEWEST = FOLDER / f"schema-{SCHEMA}.keikaku"
FORMATS = Path(__file__).parents[2] / "docs" / "file-format.md"


def says_all(found: Any, kept: Any) -> bool:
    """Whether everything kept is there. A newer schema may say more, never less."""
    if isinstance(kept, dict):
        return all(key in found and says_all(found[key], kept[key]) for key in kept)
    if isinstance(kept, list):
        return len(found) == len(kept) and all(map(says_all, found, kept))
    return bool(found == kept)


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a kept file."""
    copy: Path = tmp_path / f"{request.param.stem}.keikaku"
    shutil.copy(request.param, copy)
    return copy


def kept_words(path: Path) -> Any:
    return json.loads((FOLDER / f"{path.stem}.json").read_bytes())


def test_the_schema_of_today_has_a_kept_file_unless_nobody_has_it_yet() -> None:
    versions = FORMATS.read_text(encoding="utf-8").partition("### Versions")[2]
    is_released = re.search(rf"^\| {SCHEMA} \|", versions, re.MULTILINE)
    is_growing = f"| {SCHEMA} (not yet released) |" in versions
    assert bool(is_released) != is_growing, "docs/file-format.md, Versions"
    assert is_growing or NEWEST in KEPT, "python -m tests.data.keep"


def test_it_opens_and_says_what_it_said(kept: Path) -> None:
    before = state_of(kept.parent)
    assert says_all(what_it_says(read_document(kept)), kept_words(kept))
    assert state_of(kept.parent) == before


def test_it_is_edited_saved_and_undone_to_the_start(kept: Path) -> None:
    words = kept_words(kept)
    card = words["plan"]["initiatives"][1]["id"]
    with editing(kept, "試験") as workspace:
        write_in(workspace, "・今日の文", card=card)
    after = read_document(kept)
    assert after.plan.initiatives[card].texts["overview"] == "・今日の文"
    assert len(after.entries) == len(words["log"]) + 1
    with PlanFile.view(kept) as file:
        assert file.version == SCHEMA
    with editing(kept, "試験") as workspace:
        undone = 0
        while workspace.session.undo() is not None:
            undone += 1
        assert undone > 1
        first = workspace.session.plan.initiatives.under()[0]
    decided = words["conflicts"][0]
    assert first.texts[decided["field"]] == decided["base"]


def newer(path: Path, version: int) -> None:
    """Make a plan file one of a newer program, with a table and a column more."""
    execute(
        path,
        "ALTER TABLE initiative ADD COLUMN colour TEXT DEFAULT '青'",
        "CREATE TABLE evaluation (id TEXT PRIMARY KEY, grade TEXT) STRICT",
        "INSERT INTO evaluation VALUES ('b', 'A'), ('a', 'C')",
        f"PRAGMA user_version = {version}",
    )
    connection = sqlite3.connect(path)
    plan_rows.sign(connection)
    connection.commit()
    connection.close()


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan file of today."""
    path = tmp_path / "計画.keikaku"
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    make(path)
    return path


@pytest.fixture
def command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def test_a_newer_minor_version_is_shown_and_not_edited(
    command_line: CommandLine, plan: Path
) -> None:
    shown = command_line.done("show", plan)
    newer(plan, SCHEMA + 1)
    assert command_line.done("show", plan) == shown
    assert "見るだけ" in command_line.refused("set", plan, "1-1", "overview", "・書く")


def test_a_newer_major_version_is_refused(command_line: CommandLine, plan: Path) -> None:
    newer(plan, (SCHEMA // 100 + 1) * 100)
    for words in (("show", plan), ("set", plan, "1-1", "overview", "・書く")):
        assert "新しい版のプログラム" in command_line.refused(*words)


def test_what_only_a_newer_program_knows_is_guarded_too(
    command_line: CommandLine, plan: Path
) -> None:
    newer(plan, SCHEMA + 1)
    execute(plan, "UPDATE evaluation SET grade = 'B'")
    assert "こわれている" in command_line.refused("show", plan)
