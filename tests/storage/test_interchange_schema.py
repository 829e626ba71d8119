"""The published schema of the open format and the importer say the same."""

import copy
import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.changes.change import apply
from app.edits.card import move_cards
from app.edits.initiative import add_initiative, remove_initiatives
from app.edits.renumber import renumber
from app.edits.text import set_fact, set_text, set_year_text
from app.errors import KeikakuError
from app.plan.entities import Entity
from app.plan.kinds import KINDS
from app.plan.numbering import NumberingRule
from resources import resource
from storage.interchange import shapes
from storage.interchange.interchange import interchange_bytes, read_interchange
from tests.storage.plan_files import CARD
from tests.storage.plan_json import REAL, as_file, needs_real_plans, small_plan

SCHEMA = json.loads(resource("schema/keikaku-plan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SAMPLES = sorted(resource("sample").glob("*.json"))
SHAPES = {
    **{"plan": shapes.PLAN, "vocabulary": shapes.VOCABULARY},
    **{kind: shapes.shape_of(kind) for kind in shapes.SHAPES},
}
# What a schema cannot say, as the importer says it (docs/file-format.md).
BEYOND_A_SCHEMA = ("と同じです", "は、どの柱にもありません", "が、段階の一覧")


def told(document: Any) -> list[str]:
    """What the schema says against a document."""
    return [error.message for error in VALIDATOR.iter_errors(document)]


def refusal(document: Any) -> str:
    """What the importer says against a document, "" where it takes it."""
    try:
        read_interchange(as_file(document))
    except KeikakuError as error:
        return str(error)
    return ""


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_valid(path: Path) -> None:
    assert told(json.loads(path.read_bytes())) == []


@needs_real_plans
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_plans_are_valid_as_they_came_and_as_they_go_out(path: Path) -> None:
    assert told(json.loads(path.read_bytes())) == []
    assert told(json.loads(interchange_bytes(read_interchange(path.read_bytes()).plan))) == []


def test_a_plan_exported_after_edits_is_valid() -> None:
    plan = read_interchange(as_file(small_plan())).plan
    for edit in (
        lambda plan: add_initiative(plan, "p1-1", name="新しい取組"),
        lambda plan: set_text(plan, CARD, "overview", "・書き足す"),
        lambda plan: set_year_text(plan, CARD, 2026, "actions", "・続ける"),
        lambda plan: set_fact(plan, CARD, "status", None),
        lambda plan: move_cards(plan, [CARD], "完了"),
        lambda plan: renumber(plan, NumberingRule("straight")),
        lambda plan: remove_initiatives(plan, [CARD]),
    ):
        plan = apply(plan, edit(plan))
        document = json.loads(interchange_bytes(plan))
        assert told(document) == []
        assert refusal(document) == ""


def test_the_schema_names_the_keys_that_the_program_reads_and_no_others() -> None:
    parts = {name: SCHEMA["$defs"][name] for name in SHAPES} | {"": SCHEMA}
    for name, shape in (SHAPES | {"": shapes.file_shape()}).items():
        assert set(parts[name]["properties"]) == set(shape.order), name
        required = set(parts[name].get("required", ())) - {"format", "version"}
        assert required == set(shape.required), name


def test_every_field_of_the_plan_goes_out() -> None:
    technical = {field.name for field in dataclasses.fields(Entity)}
    technical |= {
        f"{block}_{what}" for block in ("vocabulary", "file") for what in ("keys", "extra")
    }
    for cls in (kind.cls for kind in KINDS.values()):
        fields = {field.name for field in dataclasses.fields(cls)} - technical
        written = {key for shape in SHAPES.values() if shape.cls is cls for key in shape.order}
        assert fields <= written, cls


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("initiatives"),
        lambda d: d.update(version=2),
        lambda d: d.update(version=True),
        lambda d: d["plan"].update(first_fiscal_year="R6"),
        lambda d: d["plan"].update(term_years=[2, 0]),
        lambda d: d["initiatives"][0].update(departments="住民課"),
        lambda d: d["initiatives"][0].update(id=""),
        lambda d: d["initiatives"][0]["texts"].update(overview=3),
        lambda d: d["initiatives"][0]["years"][0].update(fiscal_year=24),
        lambda d: d["initiatives"][0]["relistings"][0].pop("category"),
    ],
)
def test_a_bad_file_is_neither_valid_nor_taken(change: Change) -> None:
    document = small_plan()
    change(document)
    assert told(document)
    assert refusal(document)


def places(node: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a document."""
    steps = node.items() if isinstance(node, dict) else enumerate(node)
    for step, inside in steps:
        yield (*here, step)
        if isinstance(inside, dict | list):
            yield from places(inside, (*here, step))


# Keys that the small plan does without.
PLACES = [
    *places(small_plan()),
    ("initiatives", 0, "board_position"),
    ("vocabulary", "guides"),
    ("plan", "texts"),
    ("plan", "form_file"),
]
GONE = object()
VALUES = [
    *(GONE, None, True, 0, 1, -1, 2024, 3000, 10_000, 2**53, 2**53 + 1, 2.5, 1e300),
    *("", "p1-1", "start", [], [None], [""], [2], [-1], [9999], [10_000], ["p1-1"], [{}]),
    *([{"fiscal_year": 2024}], [{"category": "p1-1"}], {}, {"x": None}, {"x": 1}),
]


def test_whatever_stands_at_one_place_both_say_the_same() -> None:
    for place in PLACES:
        for value in VALUES:
            agree([(place, value)])


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(VALUES)), min_size=2))
def test_what_is_taken_is_valid_and_what_is_valid_is_taken(mutations: list[Any]) -> None:
    agree(mutations)


def agree(mutations: list[Any]) -> None:
    """Both take the small plan with these values in it, or both do not."""
    document = small_plan()
    for place, value in mutations:
        mutate(document, place, value)
    refused = refusal(document)
    if not any(words in refused for words in BEYOND_A_SCHEMA):
        assert bool(told(document)) == bool(refused), (mutations, refused)


def mutate(document: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place, or take out what stands there, where the way to it is still there."""
    *way, last = place
    node = document
    for step in way:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return
    is_there = isinstance(node, dict) or (
        isinstance(node, list) and isinstance(last, int) and last < len(node)
    )
    if is_there and value is GONE:
        node.pop(last, None) if isinstance(node, dict) else node.pop(last)
    elif is_there:
        node[last] = copy.deepcopy(value)
