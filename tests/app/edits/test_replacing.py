"""Replacing reaches every text of a plan, and nothing else."""

import dataclasses
from types import MappingProxyType
from typing import Any, Final

import pytest

from app.changes.change import apply
from app.edits.replacing import replace_words
from app.plan.entities import Entity, Profile
from app.plan.kinds import KINDS, Writing, written_fields
from app.plan.plan import Plan, plan_of

TEXTS: Final = {
    "profile": {"municipality", "title", "subtitle", "edition", "texts"},
    "pillar": {"name", "vision", "desired_states"},
    "category": {"name"},
    "initiative": {
        "name", "departments", "status_note", "new_label", "desired_states", "texts",
    },
    "year_plan": {"label", "texts"},
    "kpi": {"due", "text"},
    "relisting": set(),
}  # fmt: skip
"""What a person writes in their own words, by kind."""
NOT_TEXTS: Final = {
    # Identities, order, and what a file brought that the program does not know.
    "id", "parent", "categories", "category", "keys", "extra", "vocabulary_keys",
    "vocabulary_extra", "file_keys", "file_extra",
    # Numbers, what is chosen from a list, and the lists.
    "number", "stage", "stages", "status", "statuses", "mark",
    # What only the program reads.
    "issued", "form", "form_file", "numbering",
}  # fmt: skip


def worded(cls: type[Entity]) -> list[str]:
    """The fields of a kind that can hold words."""
    fields = dataclasses.fields(cls)
    return [f.name for f in fields if "str" in str(f.type)]


def saying(cls: type[Entity], word: str, **facts: Any) -> Entity:
    """One of a kind that says a word in every field that can hold words."""
    said: dict[str, Any] = {}
    for field in dataclasses.fields(cls):
        if field.name in worded(cls) and field.name not in ("id", "parent", *facts):
            is_list, is_map = "tuple" in str(field.type), "Mapping" in str(field.type)
            said[field.name] = (f"{word}一", f"二{word}") if is_list else f"前{word}後{word}"
            if is_map:
                said[field.name] = MappingProxyType({"a": f"・{word}", "b": word})
    return cls(**said, **facts)


@pytest.mark.parametrize("kind", KINDS)
def test_of_each_field_it_is_known_whether_it_is_a_text(kind: str) -> None:
    fields = set(worded(KINDS[kind].cls))
    assert fields - NOT_TEXTS == TEXTS[kind]
    one = saying(KINDS[kind].cls, "語", id="x")
    assert {field.partition(".")[0] for field in written_fields(one, Writing.REPLACED)} == TEXTS[
        kind
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_is_replaced_in_every_text_of_the_plan_and_nowhere_else(kind: str) -> None:
    cls = KINDS[kind].cls

    def plan(one: Entity) -> Plan:
        return Plan(one) if isinstance(one, Profile) else plan_of(Profile(id="p"), {kind: [one]})

    before, after = saying(cls, "旧い", id="x"), saying(cls, "新しい", id="x")
    kept = {name: before.get(name) for name in worded(cls) if name not in TEXTS[kind]}
    expected = dataclasses.replace(after, **kept)  # type: ignore[arg-type]
    edit = replace_words(plan(before), "旧い", "新しい")
    assert apply(plan(before), edit) == plan(expected)
