"""The objects of the format `keikaku-plan` version 1: their keys, in order, and their types.

The shape of each kind of entity stands in `SHAPES`; `app.plan.kinds` says in which list it stands.
"""

from typing import Final

from app.plan.entities import (
    Category,
    Initiative,
    Kpi,
    Pillar,
    Profile,
    Relisting,
    YearPlan,
)
from app.plan.kinds import KINDS
from storage.interchange import fields as read
from storage.interchange.shape import Shape, with_children

FILE: Final = Shape(
    Profile,
    ("format", "version", "plan", "vocabulary", "pillars", "initiatives"),
    {},
    required=("plan", "pillars", "initiatives"),
)
PLAN: Final = Shape(
    Profile,
    ("municipality", "title", "subtitle", "edition", "issued", "form", "form_file",
     "first_fiscal_year", "term_years", "term", "numbering", "texts",
     "identity"),
    {"municipality": read.name, "title": read.name, "subtitle": read.name, "edition": read.text,
     "issued": read.text, "form": read.text, "form_file": read.text,
     "first_fiscal_year": read.year, "term_years": read.lengths, "term": read.ordinal,
     "numbering": read.text},
    required=("first_fiscal_year",),
    own=("form_file", "term", "numbering", "texts", "identity"),
)  # fmt: skip
VOCABULARY: Final = Shape(
    Profile,
    ("stages", "guides", "statuses"),
    {"stages": read.stages, "guides": read.counts, "statuses": read.names},
    own=("guides",),
)
SHAPES: Final[dict[str, Shape]] = {
    "pillar": Shape(
        Pillar,
        ("key", "name", "vision", "desired_states", "categories"),
        {"name": read.name, "vision": read.text, "desired_states": read.texts},
        id_key="key",
        required=("key",),
    ),
    "category": Shape(
        Category, ("key", "number", "name"), {"number": read.number, "name": read.name},
        id_key="key",
        required=("key",),
    ),
    "initiative": Shape(
        Initiative,
        ("id", "categories", "number", "name", "departments", "stage", "board_position", "status",
         "status_note", "new_label", "desired_states", "texts", "years", "kpis", "relistings"),
        {"categories": read.texts, "number": read.name, "name": read.name,
         "departments": read.names, "stage": read.name, "board_position": read.decimal,
         "status": read.name, "status_note": read.text, "new_label": read.name,
         "desired_states": read.texts},
        id_key="id",
        required=("id",),
        own=("board_position",),
    ),
    "year_plan": Shape(
        YearPlan,
        ("fiscal_year", "open_ended", "label", "mark", "texts"),
        {"fiscal_year": read.year, "open_ended": read.yes_no, "label": read.text,
         "mark": read.text},
        local="fiscal_year",
        required=("fiscal_year",),
    ),
    "kpi": Shape(
        Kpi,
        ("due", "fiscal_year", "text"),
        {"due": read.text, "fiscal_year": read.year, "text": read.text},
    ),
    "relisting": Shape(
        Relisting,
        ("category", "number"),
        {"category": read.text, "number": read.name},
        local="category",
        required=("category",),
    ),
}  # fmt: skip
"""The shape of an entity, by its kind."""


def shape_of(kind: str) -> Shape:
    """The shape of a kind with the lists of its children."""
    return with_children(SHAPES[kind], tuple(child.key for child in KINDS.children(kind)))


def file_shape() -> Shape:
    """The top of a file with the lists of all kinds of the plan itself."""
    return with_children(FILE, tuple(kind.key for kind in KINDS.children()))
