"""What is kept is on disk, whole; reading touches nothing; one has it open at a time."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.changes.change import ChangeSet
from app.edits.initiative import remove_initiatives
from app.edits.text import set_text, set_year_text
from app.errors import KeikakuError
from app.plan.kinds import KINDS
from storage.plan_file import plan_file
from storage.plan_file.entity_rows import columns
from storage.plan_file.gate import APPLICATION_ID, SCHEMA, InUseError, journal_of
from storage.plan_file.plan_file import PlanFile, create_plan_file
from tests.storage.failing_disk import FailingDisk
from tests.storage.plan_files import (
    CARD,
    a_plan,
    a_plan_file,
    execute,
    overview,
    session_of,
    state_of,
    write,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_file, "PATIENCE", 0.0)


@contextmanager
def another_process(code: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Runs code with `path`, up to where it prints a line; ends it afterwards."""
    command = [sys.executable, "-c", f"import sys; path = sys.argv[1]\n{code}", str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_new_file_holds_the_plan_and_says_what_it_is(tmp_path: Path) -> None:
    plan = a_plan()
    path = tmp_path / "計画 第1期.keikaku"
    create_plan_file(path, plan, "取り込み", "住民課")
    with PlanFile.view(path) as file:
        assert file.plan() == plan
        [entry] = file.history().entries
    assert (entry.action, entry.author, entry.changes.label) == ("open", "住民課", "取り込み")
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    manifest = dict(connection.execute("SELECT key, value FROM manifest"))
    connection.close()
    assert manifest["plan"] == plan.profile.id
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_tables_have_the_fields_of_the_entities(tmp_path: Path) -> None:
    connection = sqlite3.connect(a_plan_file(tmp_path))
    for kind in KINDS:
        found = [row[1] for row in connection.execute(f"PRAGMA table_info({kind})")]
        assert sorted(found) == sorted(columns(kind))
    connection.close()


def test_editing_is_as_safe_as_was_measured(tmp_path: Path) -> None:
    with PlanFile.edit(a_plan_file(tmp_path)) as file:
        settings = {
            name: file._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "locking_mode", "foreign_keys")
        }
    assert settings == {
        "journal_mode": "truncate",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "foreign_keys": 1,
    }


def test_an_edit_is_kept_with_its_line_in_the_log(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    with PlanFile.edit(path) as file:
        session = session_of(file)
        write(session, "・始める")
        write(session, "・続ける")
        session.undo()
        shown = session.plan
    with PlanFile.edit(path) as file:
        again = session_of(file)
        assert again.plan == shown
        log = [(e.action, e.author, e.target) for e in again.history.entries]
        assert log == [
            ("open", "試験", None), ("do", "試験", None), ("do", "試験", None), ("undo", "試験", 3),
        ]  # fmt: skip
        again.redo()
    assert overview(path) == "・続ける"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_edit_touches_only_its_own_rows(tmp_path: Path) -> None:
    with PlanFile.edit(a_plan_file(tmp_path)) as file:
        session = session_of(file)
        before = file._connection.total_changes
        write(session, "・始める")
        # One initiative, one line of the log, one change in it, and the digest goes.
        assert file._connection.total_changes - before == 4


def test_what_is_removed_comes_back_by_undo(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    with PlanFile.edit(path) as file:
        session = session_of(file)
        opened = session.plan
        session.do(remove_initiatives(session.plan, [CARD]))
        assert len(file.plan().initiatives) == 1
        assert len(file.plan().years) == 0
        session.undo()
        assert file.plan() == opened


def test_a_full_disk_keeps_nothing_of_the_edit(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    with PlanFile.edit(path) as file:
        session = session_of(file)
        opened = session.plan
        file._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(
            KeikakuError, match=r"空きが足りないため、「計画\.keikaku」に書き込めません"
        ):
            write(session, "・とても長い文" * 10000)
        assert session.plan is opened
        file._connection.execute("PRAGMA max_page_count = 10000")
        write(session, "・短い文")
    assert overview(path) == "・短い文"


def test_a_text_that_no_file_can_hold_is_refused(tmp_path: Path) -> None:
    with PlanFile.edit(a_plan_file(tmp_path)) as file:
        session = session_of(file)
        opened = session.plan
        halves = set_year_text(opened, CARD, 2024, "actions", "半分の絵文字\ud83d")
        edit = ChangeSet("記入", (*set_text(opened, CARD, "overview", "・前半"), *halves))
        with pytest.raises(KeikakuError, match="保存できない文字"):
            session.do(edit)
        assert file.plan() == session.plan == opened
        assert len(file.history().entries) == 1
        write(session, "・始める")
        assert file.plan() == session.plan


def test_reading_touches_nothing(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    before = state_of(tmp_path)
    with PlanFile.view(path) as file:
        file.plan()
        file.history()
    assert state_of(tmp_path) == before


def test_who_has_it_open_keeps_others_out(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    code = (
        "from pathlib import Path\nfrom storage.plan_file.plan_file import PlanFile\n"
        "file = PlanFile.edit(Path(path))\nprint('open', flush=True)\ninput()"
    )
    with another_process(code, path):
        before = state_of(tmp_path)
        for opening in (PlanFile.edit, PlanFile.view):
            with pytest.raises(InUseError, match=r"「計画\.keikaku」はほかの画面で開かれています"):
                opening(path)
        with pytest.raises(InUseError):
            create_plan_file(path, a_plan(), "取り込み", overwrite=True)
        assert state_of(tmp_path) == before
    PlanFile.edit(path).close()


def test_looking_at_an_open_file_does_not_give_its_lock_away(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    code = (
        "from pathlib import Path\nfrom storage.plan_file import plan_file\n"
        "plan_file.PATIENCE = 0\n"
        "try: plan_file.PlanFile.edit(Path(path))\n"
        "except Exception as error: print(type(error).__name__)"
    )
    with PlanFile.edit(path):
        with pytest.raises(InUseError):
            PlanFile.view(path)
        command = [sys.executable, "-c", f"import sys; path = sys.argv[1]\n{code}", str(path)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        told = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert told.stdout == "InUseError\n"


CUT_OFF = """
from pathlib import Path
from storage.plan_file.plan_file import PlanFile
connection = PlanFile.edit(Path(path))._connection
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE initiative SET texts = '{}'")
connection.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
    " FROM n WHERE i < 2000) SELECT i, hex(zeroblob(100)) FROM n")
print("half-way", flush=True)
input()
"""


@pytest.fixture
def cut_off(tmp_path: Path) -> Path:
    """A file whose last edit was cut off by the end of the program, half of it written."""
    path = a_plan_file(tmp_path)
    with another_process(CUT_OFF, path) as process:
        process.send_signal(signal.SIGTERM)
        process.wait()
    assert journal_of(path).stat().st_size > 0
    return path


def test_a_half_written_edit_is_not_seen(cut_off: Path) -> None:
    before = state_of(cut_off.parent)
    assert overview(cut_off) == "・予約を**スマホ**で受ける"
    assert state_of(cut_off.parent) == before


def test_a_half_written_edit_is_taken_back_by_the_next_one(cut_off: Path) -> None:
    with PlanFile.edit(cut_off) as file:
        assert file.plan().initiatives[CARD].texts["overview"] == "・予約を**スマホ**で受ける"
        write(session_of(file), "・始める")
    assert overview(cut_off) == "・始める"
    assert not journal_of(cut_off).exists()


def test_a_new_file_does_not_inherit_an_old_journal(cut_off: Path) -> None:
    cut_off.unlink()
    before = state_of(cut_off.parent)
    with pytest.raises(KeikakuError, match="書きかけのファイル"):
        create_plan_file(cut_off, a_plan(), "取り込み")
    assert state_of(cut_off.parent) == before


def test_overwriting_takes_a_half_written_edit_back_first(cut_off: Path) -> None:
    plan = a_plan()
    create_plan_file(cut_off, plan, "取り込み", overwrite=True)
    with PlanFile.view(cut_off) as file:
        assert file.plan() == plan


def test_an_existing_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    before = state_of(tmp_path)
    with pytest.raises(KeikakuError, match="すでにある"):
        create_plan_file(path, a_plan(), "取り込み")
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_new_file_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    old = a_plan_file(tmp_path, "前.keikaku").read_bytes()
    plan = a_plan()
    path = tmp_path / "計画.keikaku"

    def create(disk: FailingDisk) -> FailingDisk:
        path.write_bytes(old)
        disk.put_in(monkeypatch)
        create_plan_file(path, plan, "取り込み", overwrite=True)
        return disk

    count = len(create(FailingDisk()).names)
    stayed = []
    for n in range(1, count + 1):
        disk = FailingDisk(n, OSError(number, ""))
        try:
            create(disk)
        except KeikakuError:
            replaced = "replace" in disk.names[: n - 1]
            assert (path.read_bytes() == old) is not replaced
            stayed += [] if replaced else [n]
        FailingDisk().put_in(monkeypatch)
        with PlanFile.view(path) as file:
            file.plan()
        assert {file.name for file in tmp_path.iterdir()} == {"計画.keikaku", "前.keikaku"}
    assert len(stayed) > 5


def test_a_newer_minor_version_keeps_what_we_do_not_know(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    execute(
        path,
        "ALTER TABLE initiative ADD COLUMN colour TEXT DEFAULT '青'",
        "UPDATE initiative SET colour = '赤'",
        f"PRAGMA user_version = {SCHEMA + 1}",
    )
    with PlanFile.edit(path) as file:
        write(session_of(file), "・始める")
    connection = sqlite3.connect(path)
    assert set(connection.execute("SELECT colour FROM initiative")) == {("赤",)}
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA + 1,)
    connection.close()


def test_an_older_file_is_brought_up_to_date_only_for_editing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_plan_file(tmp_path)

    def newer_step(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE initiative ADD COLUMN colour TEXT DEFAULT '青'")
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")

    migrations: Callable[[sqlite3.Connection], None] = newer_step
    monkeypatch.setattr(plan_file, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(plan_file, "_migrate", migrations)
    before = state_of(tmp_path)
    with PlanFile.view(path) as file:
        assert len(file.plan().initiatives) == 2
        colours = file._connection.execute("SELECT colour FROM initiative").fetchall()
    assert colours == [("青",), ("青",)]
    assert state_of(tmp_path) == before
    with PlanFile.edit(path) as file:
        write(session_of(file), "・始める")
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA + 1,)
    connection.close()
