"""docs/file-format.md names all that the files hold."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.interchange.shapes import FILE
from storage.interchange.text import MOST_BYTES
from storage.plan_file import rows as plan_rows
from storage.plan_file.gate import APPLICATION_ID, SCHEMA
from storage.plan_file.migrations import migrate
from tests.storage.plan_files import a_plan_file

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
EVERY_ENTITY = {"id", "parent", "position", "keys", "extra"}


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        yield connection


def row_of(table: str) -> str:
    """What the page says of a table."""
    return next(line for line in PAGE.splitlines() if line.startswith(f"| `{table}` |"))


def test_every_column_of_every_table_is_named(database: sqlite3.Connection) -> None:
    tables = plan_rows.tables(database)
    assert {"profile", "change", "manifest"} <= tables.keys()
    for table in tables.keys() - {"manifest"}:
        columns = {name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")}
        named = set(re.findall(r"`(\w+)`", row_of(table)))
        assert columns - EVERY_ENTITY <= named, table


def test_every_line_of_the_manifest_is_named(tmp_path: Path) -> None:
    connection = sqlite3.connect(a_plan_file(tmp_path))
    lines = [key for (key,) in connection.execute("SELECT key FROM manifest")]
    connection.close()
    assert lines
    assert all(row_of(line) for line in lines)


def test_the_order_of_the_digest_is_told() -> None:
    told = PAGE.partition("The digest is over the tables ")[2].partition(" (without")[0]
    assert re.findall(r"\w+", told.replace(" and ", " ")) == list(plan_rows._DIGESTED)


def test_the_numbers_are_those_of_the_program() -> None:
    assert f"0x{APPLICATION_ID:X}" in PAGE
    assert f"\n| {SCHEMA} " in PAGE
    assert f"{MOST_BYTES >> 20} MB" in PAGE
    drawn = PAGE.partition("```\n")[2].partition("```")[0]
    assert all(re.search(rf"\b{key}\b", drawn) for key in FILE.order)
