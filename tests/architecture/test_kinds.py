"""What a plan consists of is said in one table: nothing else lists kinds, or names one by a string.

A kind may be named by its class, as a verb on it must, or by the names that the table gives.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.plan.entities import Kpi, Relisting, YearPlan
from app.plan.kinds import KINDS
from storage.interchange.shapes import SHAPES
from tests.architecture.source_rules import Source

ROOT = Path(__file__).parents[2]
SOURCES = [
    Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    for room in ("app", "storage", "ui")
    for path in sorted((ROOT / room).rglob("*.py"))
]
HOMES = {
    "app/plan/kinds.py": "the table",
    "app/plan/words.py": "words",
    "storage/interchange/shapes.py": "JSON shapes",
    "storage/plan_file/migrations.py": "migrations",
    "storage/plan_file/rows.py": "the order in which the first schema was digested, for ever",
}
# The same word with another meaning: a word of forms, a way to split the board, a field …
OTHER_MEANINGS = {
    "app/changes/records.py": {"initiative"},
    "app/documents/book/front_pages.py": {"pillar"},
    "app/documents/book/index_rows.py": {"pillar", "category"},
    "app/documents/book/index_table.py": {"category"},
    "app/documents/lists/list_columns.py": {"pillar", "category"},
    "app/forms/fields.py": {"pillar", "category"},
    "app/forms/index_style.py": {"pillar", "category"},
    "app/plan/board/swimlanes.py": {"pillar", "category"},
    "app/plan/checks/findings.py": {"relisting"},
    "app/plan/numbering.py": {"pillar", "category"},
    "app/plan/plan.py": {"profile"},
    "ui/commands/book.py": {"pillar", "category"},
    "ui/commands/editing.py": {"initiative"},
    "ui/commands/showing.py": {"initiative"},
    "ui/desktop/filter_bar.py": {"pillar", "category"},
}
# In these folders the words are those of a city's document that is read.
OTHER_ROOMS = {"app/intake/": {"pillar", "category", "kpi"}, "ui/intake": {"pillar", "category"}}
# A form has a place for years and one for targets, and each place needs its own record.
LISTS_PARTS = {"app/forms/fields.py": {"target_of"}}
PARTS = (YearPlan, Kpi, Relisting)


def named(source: Source) -> dict[str, int]:
    """The kinds that a file names by a string, and in which line."""
    return {
        node.value: node.lineno
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in KINDS
    }


def allowed(path: str) -> set[str]:
    """The names of kinds that mean something else in a file."""
    rooms = (words for room, words in OTHER_ROOMS.items() if path.startswith(room))
    return OTHER_MEANINGS.get(path, set()).union(*rooms)


def listing(source: Source) -> Iterator[str]:
    """The functions that go through parts of an initiative by name, instead of asking for all."""
    keys = {KINDS.of(cls).key for cls in PARTS}
    for function in source.nodes:
        if isinstance(function, ast.FunctionDef):
            nodes = [node for node in ast.walk(function) if isinstance(node, ast.Attribute)]
            if len(keys & {node.attr for node in nodes}) > 1:
                yield function.name


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_no_kind_is_named_by_a_string(source: Source) -> None:
    if source.path not in HOMES:
        found = {word: line for word, line in named(source).items()}
        assert found.keys() <= allowed(source.path), found


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_nothing_goes_through_the_parts_of_an_initiative_by_name(source: Source) -> None:
    assert set(listing(source)) <= LISTS_PARTS.get(source.path, set())


def test_every_exception_is_still_needed() -> None:
    by_path = {source.path: source for source in SOURCES}
    for path, words in OTHER_MEANINGS.items():
        assert words <= named(by_path[path]).keys(), path
    for path, functions in LISTS_PARTS.items():
        assert functions <= set(listing(by_path[path])), path


def test_a_kind_that_is_named_or_listed_elsewhere_is_found() -> None:
    text = "def of(plan, id):\n    return plan.years.under(id) + plan.kpis.under(id), 'year_plan'\n"
    source = Source("app/plan/cards.py", text)
    assert named(source) == {"year_plan": 2}
    assert list(listing(source)) == ["of"]


def test_every_kind_has_a_shape() -> None:
    assert set(SHAPES) == set(KINDS) - {"profile"}
