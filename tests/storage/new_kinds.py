"""Kinds that no plan has, registered for a test as a new kind is: row, migration, shape, words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlite_utils import Database

from app.plan.entities import NO_TEXTS, Entity, Texts
from app.plan.kinds import FISCAL_YEAR, KINDS, NAME, TEXTS, Kind, Writing
from app.plan.words import FIELDS
from storage.document import workspace
from storage.interchange import fields as read
from storage.interchange.shape import Shape
from storage.interchange.shapes import SHAPES
from storage.plan_file import gate, plan_file
from storage.plan_file.migrations import create_kind, steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Entity):
    """A kind of the plan itself, which names initiatives."""

    name: str = ""
    day: str | None = None
    about: tuple[str, ...] = ()
    texts: Texts = field(default_factory=lambda: NO_TEXTS, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge(Entity):
    """A kind of an initiative, which has children and may name a notice."""

    name: str = ""
    unit: str | None = None
    notice: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Entity):
    """A kind of a gauge, so that it hangs on an initiative at second hand."""

    fiscal_year: int = 0
    value: float | None = None
    is_final: bool = False
    text: str = ""


ROWS = (
    Kind(
        name="notice", cls=Notice, key="notices", word="お知らせ", part="shown",
        references={"about": "initiative"}, called_by=NAME,
        writing={NAME: Writing.READ, TEXTS: Writing.FREE},
    ),
    Kind(
        name="gauge", cls=Gauge, key="gauges", word="計器", part="asked", parent="initiative",
        references={"notice": "notice"}, called_by=NAME, sets=frozenset({"tags"}),
        writing={NAME: Writing.READ, "unit": Writing.SEARCHED, "tags": Writing.REPLACED},
    ),
    Kind(
        name="reading", cls=Reading, key="readings", word="測定", part="asked", parent="gauge",
        called_by=FISCAL_YEAR, writing={"text": Writing.FREE},
    ),
)  # fmt: skip
NEW_SHAPES = {
    "notice": Shape(
        Notice, ("id", "name", "day", "about", "texts"),
        {"name": read.text, "day": read.text, "about": read.texts},
        id_key="id", required=("id",),
    ),
    "gauge": Shape(
        Gauge, ("id", "name", "unit", "notice", "tags"),
        {"name": read.text, "unit": read.text, "notice": read.text, "tags": read.texts},
        id_key="id", required=("id",),
    ),
    "reading": Shape(
        Reading, ("fiscal_year", "value", "is_final", "text"),
        {"fiscal_year": read.year, "value": read.decimal, "is_final": read.yes_no,
         "text": read.text},
        local="fiscal_year", required=("fiscal_year",),
    ),
}  # fmt: skip
NEW_WORDS = {"gauge.name": "計器名", "gauge.unit": "単位", "reading.value": "値"}
NEW_SCHEMA = gate.SCHEMA + 1


def _migration(db: Database) -> None:
    create_kind(db, "notice", {"name": str, "day": str, "about": str, "texts": str}, {"day"})
    gauge = {"name": str, "unit": str, "notice": str, "tags": str}
    create_kind(db, "gauge", gauge, {"unit", "notice"}, parent="initiative", notice="notice")
    reading: dict[str, Any] = {"fiscal_year": int, "value": float, "is_final": int, "text": str}
    create_kind(db, "reading", reading, {"value"}, parent="gauge")
    db.execute(f"PRAGMA user_version = {NEW_SCHEMA}")


@contextmanager
def registered() -> Iterator[None]:
    """The new kinds, until the block ends."""
    rows, migrations = tuple(KINDS.values()), list(steps._migrations)
    with pytest.MonkeyPatch.context() as patch:
        for module in (gate, plan_file, workspace):
            patch.setattr(module, "SCHEMA", NEW_SCHEMA)
        for kind, shape in NEW_SHAPES.items():
            patch.setitem(SHAPES, kind, shape)
        for field, word in NEW_WORDS.items():
            patch.setitem(FIELDS, field, word)  # type: ignore[arg-type]
        steps(name="new_kinds")(_migration)
        KINDS.__init__((*rows, *ROWS))  # type: ignore[misc]
        try:
            yield
        finally:
            KINDS.__init__(rows)  # type: ignore[misc]
            steps._migrations[:] = migrations
