"""The schema of the plan file, one numbered step after the other.

A step is never changed once it was released: files of its age are still about. A new version
is a new step, which ends in setting `user_version` (major × 100 + minor; the major one rises
where an older program must not touch the file any more) and `storage.plan_file.gate.SCHEMA`.
Steps for a version that is not released yet (docs/file-format.md says which) set the same number.
"""

import json
import sqlite3
from collections.abc import Mapping
from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.plan.periods.terms import term_when_issued
from storage.plan_file.log_rows import entry_ids

steps: Final = Migrations("keikaku")

Columns = Mapping[str, type]
_ENTITY: Final[Columns] = {"id": str, "parent": str, "position": float, "keys": str, "extra": str}


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the newest schema; an empty one gets all of it."""
    steps.apply(Database(connection, execute_plugins=False))


@steps()
def m001_first(db: Database) -> None:
    """The entities, one table a kind, lists and texts as JSON; the log; the manifest."""
    profile = {
        "municipality": str, "title": str, "subtitle": str, "edition": str, "issued": str,
        "form": str, "form_file": str, "first_fiscal_year": int, "term_years": str,
        "stages": str, "statuses": str, "numbering": str, "texts": str,
        "vocabulary_keys": str, "vocabulary_extra": str, "file_keys": str, "file_extra": str,
    }  # fmt: skip
    initiative = {
        "categories": str, "number": str, "name": str, "departments": str, "stage": str,
        "status": str, "status_note": str, "new_label": str, "desired_states": str,
        "board_position": float, "texts": str,
    }  # fmt: skip
    year = {"fiscal_year": int, "open_ended": int, "label": str, "mark": str, "texts": str}
    pillar = {"name": str, "vision": str, "desired_states": str}
    kpi = {"due": str, "fiscal_year": int, "text": str}
    relisting = {"category": str, "number": str}
    create_kind(db, "profile", profile, {"subtitle", "edition", "issued", "form_file"})
    create_kind(db, "pillar", pillar, {"vision"})
    create_kind(db, "category", {"number": int, "name": str}, {"number"}, parent="pillar")
    optional = {"number", "status", "status_note", "new_label", "board_position"}
    create_kind(db, "initiative", initiative, optional)
    create_kind(db, "year_plan", year, {"label", "mark"}, parent="initiative")
    create_kind(db, "kpi", kpi, {"due", "fiscal_year"}, parent="initiative")
    create_kind(db, "relisting", relisting, {"number"}, parent="initiative", category="category")
    _log(db)
    db.table("manifest").create(
        {"key": str, "value": str}, pk="key", not_null={"key", "value"}, strict=True
    )
    # 0x4B4B616E is "KKan".
    db.execute("PRAGMA application_id = 0x4B4B616E")
    db.execute("PRAGMA user_version = 100")


@steps()
def m002_conflicts(db: Database) -> None:
    """What two sides of a merge said differently: kept for ever, with how it was decided."""
    columns = {
        "number": int, "entity": str, "entity_id": str, "field": str,
        "base": str, "ours": str, "theirs": str, "decision": str,
    }  # fmt: skip
    table = db.table("conflict")
    table.create(columns, pk="number", not_null=set(columns) - {"decision"}, strict=True)
    db.execute("PRAGMA user_version = 101")


@steps()
def m003_guides(db: Database) -> None:
    """How many initiatives each stage should hold at most, in the order of the stages."""
    db.table("profile").add_column("guides", str, not_null_default="[]")
    db.execute("PRAGMA user_version = 102")


@steps()
def m004_decisions(db: Database) -> None:
    """Which edit of the log decided a conflict, so that undoing it opens the conflict again."""
    columns = {"sequence": int, "ordinal": int, "number": int, "before": str, "after": str}
    db.table("decision").create(
        columns,
        pk=("sequence", "ordinal"),
        not_null={"number"},
        foreign_keys=[("sequence", "change_set", "sequence"), ("number", "conflict", "number")],
        strict=True,
    )
    db.execute("PRAGMA user_version = 103")


@steps()
def m005_term(db: Database) -> None:
    """The term a plan is in. The month of issue said it until now, and does so a last time."""
    profile = db.table("profile")
    profile.add_column("term", int, not_null_default=1)
    for row in list(profile.rows):
        lengths = json.loads(row["term_years"])
        term = term_when_issued(row["issued"], row["first_fiscal_year"], lengths)
        profile.update(row["id"], {"term": term})
    db.execute("PRAGMA user_version = 200")


@steps()
def m006_entry_ids(db: Database) -> None:
    """Entries bear ids of their own, and say what they brought in of others."""
    table = db.table("change_set")
    table.add_column("id", str, not_null_default="")
    table.add_column("stands_for", str, not_null_default="[]")
    table.add_column("brought_from", str, not_null_default="[]")
    ids = [(id, number) for number, id in entry_ids(db.conn)]
    db.conn.executemany("UPDATE change_set SET id = ? WHERE sequence = ?", ids)
    db.execute("PRAGMA user_version = 201")


def create_kind(
    db: Database, kind: str, own: Columns, optional: set[str], **references: str
) -> None:
    """Make the table of a kind. Its columns are those of every entity, and `own`: its fields.

    A list or texts are a `str` (JSON), truth is an `int`; `optional` are those that may be None.
    `references` name the kind that a column holds an id of; no column whose id may be missing.
    """
    columns = {**_ENTITY, **own}
    table = db.table(kind)
    table.create(
        columns,
        pk="id",
        not_null=set(columns) - optional,
        foreign_keys=[(column, other, "id") for column, other in references.items()],
        strict=True,
    )
    for column in references:
        table.create_index([column])


def _log(db: Database) -> None:
    db.table("change_set").create(
        {"sequence": int, "at": str, "author": str, "action": str, "target": int, "label": str},
        pk="sequence",
        not_null={"at", "author", "action", "label"},
        strict=True,
    )
    db.table("change").create(
        {
            "sequence": int, "ordinal": int, "entity": str, "entity_id": str, "field": str,
            "before": str, "after": str,
        },
        pk=("sequence", "ordinal"),
        not_null={"entity", "entity_id", "field", "before", "after"},
        foreign_keys=[("sequence", "change_set", "sequence")],
        strict=True,
    )  # fmt: skip
