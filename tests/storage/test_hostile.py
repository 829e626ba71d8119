"""Files that are damaged or made to harm are refused at the door, soon, and nothing is written."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeikakuError
from storage import safe_io
from storage.document.workspace import drafts, open_document, read_document
from storage.plan_file import rows as plan_rows
from storage.plan_file.gate import SCHEMA
from storage.plan_file.plan_file import PlanFile
from tests.storage.documents import a_share, save, text_in
from tests.storage.plan_files import a_plan_file, execute, state_of

ROOT = Path(__file__).parents[2]
# For each opening; it is opened twice.
MOST_SECONDS, MOST_MEGABYTES = 2.0, 300


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEIKAKU_HOME", str(tmp_path / "このPC"))
    return tmp_path / "このPC"


def is_refused_or_says(path: Path, *states: object) -> bool:
    """Whether opening refuses the file, or finds exactly one of the states."""
    try:
        return read_document(path) in states
    except KeikakuError:
        return True


def test_cut_short_anywhere_it_is_refused(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    content, choice = path.read_bytes(), random.Random(1)
    for _ in range(60):
        path.write_bytes(content[: choice.randrange(len(content))])
        with pytest.raises(KeikakuError):
            read_document(path)


def test_with_a_flipped_bit_it_is_refused_or_says_the_same(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    content, state, choice = path.read_bytes(), read_document(path), random.Random(2)
    for _ in range(200):
        flipped = bytearray(content)
        flipped[choice.randrange(len(content))] ^= 1 << choice.randrange(8)
        path.write_bytes(flipped)
        assert is_refused_or_says(path, state)


def test_stitched_from_two_states_it_is_refused_or_says_one_of_them(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    save(path, "前の文" * 500)
    one, first = path.read_bytes(), read_document(path)
    save(path, "あとの文" * 500)
    other, second = path.read_bytes(), read_document(path)
    choice, size = random.Random(3), 4096
    for _ in range(300):
        pages = range(0, max(len(one), len(other)), size)
        path.write_bytes(b"".join(choice.choice((one, other))[n : n + size] for n in pages))
        assert is_refused_or_says(path, first, second)


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda path: execute(path, *statements)


def many_rows(path: Path) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
    columns = "(sequence, at, author, action, target, label)"
    values = "SELECT i + 9, '2026-01-01', '', 'do', NULL, '' FROM n"
    execute(path, f"INSERT INTO change_set {columns} {numbers} {values}")


def deep(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE initiative SET departments = ?", ("[" * 200_000 + "]" * 200_000,))
    plan_rows.sign(connection)
    connection.commit()
    connection.close()


def huge(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(safe_io.MAX_BYTES + 1)


def rewritten(path: Path) -> None:
    """A schema that runs something whenever a row is read."""
    execute(
        path,
        "PRAGMA foreign_keys = OFF",
        "ALTER TABLE kpi RENAME TO hidden",
        "CREATE VIEW kpi AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT hidden.* FROM hidden, n",
    )


HARMS: list[Callable[[Path], object]] = [
    rewritten,
    many_rows,
    deep,
    huge,
    sql("CREATE VIEW v AS SELECT 1"),
    sql("CREATE TRIGGER t AFTER INSERT ON kpi BEGIN DELETE FROM initiative; END"),
    sql("CREATE VIRTUAL TABLE f USING fts5(a)"),
    sql("ALTER TABLE kpi ADD COLUMN g TEXT AS (hex(zeroblob(100000000)))"),
    sql("UPDATE initiative SET name = printf('%.*c', 30000000, 'x')"),
    sql("UPDATE initiative SET name = 'ほかの名'"),
    sql("DELETE FROM change_set"),
    sql("DELETE FROM manifest WHERE key = 'digest'"),
    sql("UPDATE manifest SET value = '' WHERE key = 'digest'"),
    sql("PRAGMA application_id = 0"),
    sql(f"PRAGMA user_version = {SCHEMA + 100}"),
    sql("PRAGMA journal_mode = WAL"),
    lambda path: path.with_name(path.name + "-journal").write_bytes(b"x"),
    lambda path: path.with_name(path.name + "-wal").write_bytes(b"x"),
    lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(10_000_000)),
    lambda path: path.write_bytes(b"PK\3\4" + bytes(1000)),
    lambda path: path.write_bytes(path.read_bytes() + bytes(4096)),
]


# A process of its own, as a grown one would hand its memory on. VmHWM is the most it ever had.
REFUSED = """
import sys, time
from pathlib import Path
from app.errors import KeikakuError
from storage.document.workspace import open_document, read_document
for opening in (read_document, open_document):
    try:
        opening(Path(sys.argv[1]))
    except KeikakuError as error:
        told = str(error)
    else:
        sys.exit("accepted")
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
most = next((line.split()[1] for line in lines if line.startswith("VmHWM")), "0")
print(time.process_time(), int(most) / 1024, told)
"""


@pytest.mark.parametrize("harm", HARMS)
def test_it_is_refused_quickly_with_little_memory_and_nothing_is_written(
    tmp_path: Path, home: Path, harm: Callable[[Path], object]
) -> None:
    path = a_share(tmp_path)
    harm(path)
    before = state_of(path.parent)
    command = [sys.executable, "-c", REFUSED, str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    assert ended.returncode == 0, ended.stderr
    seconds, megabytes, told = ended.stdout.splitlines()[0].split(" ", 2)
    assert float(seconds) < 2 * MOST_SECONDS
    assert float(megabytes) < MOST_MEGABYTES
    assert len(ended.stdout.splitlines()) == 1
    assert f"「{path.name}」" in told
    assert state_of(path.parent) == before
    assert [file for file in home.rglob("*") if file.is_file()] == []


def test_a_file_of_a_newer_minor_version_is_shown_but_not_edited(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    execute(path, f"PRAGMA user_version = {SCHEMA // 100 * 100 + 99}")
    assert text_in(path)
    with pytest.raises(KeikakuError, match="新しい版のプログラムで作られているため、見るだけ"):
        open_document(path)


def test_a_file_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE conflict")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_conflicts'")
    connection.execute("PRAGMA user_version = 100")
    plan_rows.sign(connection)
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert text_in(path)
    assert path.read_bytes() == before
    save(path, "新しい文")
    assert text_in(path) == "新しい文"


def test_a_copied_file_has_a_workspace_of_its_own(tmp_path: Path) -> None:
    path = a_share(tmp_path)
    copy = path.with_name("写し.keikaku")
    copy.write_bytes(path.read_bytes())
    with open_document(path) as one, open_document(copy) as other:
        assert one.folder != other.folder
        assert one.session.plan.profile.id == other.session.plan.profile.id
        assert (one.target, other.target) == (path, copy)
    assert drafts(path) == drafts(copy) == []


def test_what_is_signed_is_what_is_there(tmp_path: Path) -> None:
    path = a_plan_file(tmp_path)
    with PlanFile.view(path) as file:
        file.require_signed()
    execute(path, "UPDATE initiative SET number = '9-9'")
    with PlanFile.view(path) as file, pytest.raises(KeikakuError, match="こわれている"):
        file.require_signed()
