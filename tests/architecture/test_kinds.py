"""What a plan consists of is said in one table: nothing else lists kinds, or names one by a string.

A kind may be named by its class, as a verb on it must, or by the names that the table gives.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.plan.entities import Kpi, Relisting, YearPlan
from app.plan.kinds import KINDS, PROFILE
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
# Words that mean something else too, in forms, lists, records and documents of cities; put yours
# here. As the name of a kind they are still found by what they are handed to or compared with.
OTHER_MEANINGS = {"profile", "pillar", "category", "initiative", "relisting", "kpi", "indicator"}
TAKES_A_KIND = {
    *("table", "find", "children", "users", "is_below", "parts_of", "owners_of", "initiative_of"),
    *("Change", "Conflict", "Passage", "Target", "field_word", "field_label", "value_words"),
    *("set_field", "shift", "remove_part"),
}
IS_A_KIND = {"kind", "entity", "part"}
# A form has a place for years and one for targets, and each place needs its own record.
LISTS_PARTS = {"app/forms/fields.py": {"target_of"}}
PARTS = (YearPlan, Kpi, Relisting)


def named(source: Source) -> set[str]:
    """The kinds that a file names by a string."""
    everything = {node.value for node in source.nodes if is_kind(node)}
    return (everything - OTHER_MEANINGS) | {
        node.value for place in source.nodes for node in kinds_in(place) if is_kind(node)
    }


def is_kind(node: ast.AST) -> bool:
    """Whether a node is the name of a kind, as a string."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in KINDS


def kinds_in(node: ast.AST) -> Iterator[ast.AST]:
    """What stands where only a kind can: an argument, an index of the table, a comparison."""
    if isinstance(node, ast.Call) and name_of(node.func) in TAKES_A_KIND:
        yield from node.args
    elif isinstance(node, ast.Subscript) and name_of(node.value) in ("KINDS", "SHAPES"):
        yield node.slice
    elif isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if any(name_of(side) in IS_A_KIND for side in sides):
            yield from (part for side in sides for part in ast.walk(side))


def name_of(node: ast.AST) -> str:
    """The last name of `a.b.c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def listing(source: Source) -> Iterator[str]:
    """The functions that go through parts of an initiative by name, instead of asking for all."""
    keys = {KINDS.of(cls).key for cls in PARTS}
    for function in source.nodes:
        if isinstance(function, ast.FunctionDef):
            nodes = [node for node in ast.walk(function) if isinstance(node, ast.Attribute)]
            if len(keys & {node.attr for node in nodes}) > 1:
                yield function.name


def test_no_kind_is_named_by_a_string() -> None:
    found = {source.path: named(source) for source in SOURCES if source.path not in HOMES}
    named_by_string = {path: kinds for path, kinds in found.items() if kinds}
    assert named_by_string == {}, "app.plan.kinds names each kind; or is it another meaning?"


def test_nothing_goes_through_the_parts_of_an_initiative_by_name() -> None:
    for source in SOURCES:
        assert set(listing(source)) <= LISTS_PARTS.get(source.path, set()), source.path


@pytest.mark.parametrize(
    "text",
    [
        'ROW = ("year_plan", 2024)',
        'plan.table("kpi")',
        'KINDS["pillar"]',
        'parts_of(plan, "initiative", id)',
        'is_pillar = place.kind == "pillar"',
        'is_structure = kind in ("pillar", "category")',
        'Passage("relisting", id, "number", "")',
    ],
)
def test_a_kind_that_is_named_by_a_string_is_found(text: str) -> None:
    assert named(Source("app/plan/cards.py", text))


def test_a_word_of_another_meaning_is_none() -> None:
    assert not named(Source("a.py", 'words = {"pillar": name, "kpi": 1}\nsplit == "category"'))


def test_parts_that_are_listed_are_found() -> None:
    text = "def of(plan, id):\n    return plan.years.under(id) + plan.kpis.under(id)\n"
    assert list(listing(Source("a.py", text))) == ["of"]
    for path, functions in LISTS_PARTS.items():
        assert functions <= {f for s in SOURCES if s.path == path for f in listing(s)}


def test_every_kind_has_a_shape() -> None:
    assert set(SHAPES) == set(KINDS) - {PROFILE}
