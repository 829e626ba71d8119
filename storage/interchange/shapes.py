"""The objects of the format `keikaku-plan` version 1: their keys, in order, and their types."""

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
from storage.interchange import fields as read
from storage.interchange.shape import Shape

FILE: Final = Shape(
    Profile,
    ("format", "version", "plan", "vocabulary", "pillars", "initiatives"),
    {},
    required=("plan", "pillars", "initiatives"),
)
PLAN: Final = Shape(
    Profile,
    ("municipality", "title", "subtitle", "edition", "issued", "form", "form_file",
     "first_fiscal_year", "term_years", "numbering", "texts"),
    {"municipality": read.text, "title": read.text, "subtitle": read.text, "edition": read.text,
     "issued": read.text, "form": read.text, "form_file": read.text,
     "first_fiscal_year": read.year, "term_years": read.lengths, "numbering": read.text},
    required=("first_fiscal_year",),
    own=("form_file", "numbering", "texts"),
)  # fmt: skip
VOCABULARY: Final = Shape(
    Profile,
    ("stages", "guides", "statuses"),
    {"stages": read.texts, "guides": read.counts, "statuses": read.texts},
    own=("guides",),
)
PILLAR: Final = Shape(
    Pillar,
    ("key", "name", "vision", "desired_states", "categories"),
    {"name": read.text, "vision": read.text, "desired_states": read.texts},
    id_key="key",
    required=("key",),
)
CATEGORY: Final = Shape(
    Category, ("key", "number", "name"), {"number": read.number, "name": read.text},
    id_key="key",
    required=("key",),
)  # fmt: skip
INITIATIVE: Final = Shape(
    Initiative,
    ("id", "categories", "number", "name", "departments", "stage", "board_position", "status",
     "status_note", "new_label", "desired_states", "texts", "years", "kpis", "relistings"),
    {"categories": read.texts, "number": read.text, "name": read.text, "departments": read.texts,
     "stage": read.text, "board_position": read.decimal, "status": read.text,
     "status_note": read.text, "new_label": read.text, "desired_states": read.texts},
    id_key="id",
    required=("id",),
    own=("board_position",),
)  # fmt: skip
YEAR: Final = Shape(
    YearPlan,
    ("fiscal_year", "open_ended", "label", "mark", "texts"),
    {"fiscal_year": read.year, "open_ended": read.yes_no, "label": read.text, "mark": read.text},
    local="fiscal_year",
    required=("fiscal_year",),
)
KPI: Final = Shape(
    Kpi,
    ("due", "fiscal_year", "text"),
    {"due": read.text, "fiscal_year": read.year, "text": read.text},
)
RELISTING: Final = Shape(
    Relisting,
    ("category", "number"),
    {"category": read.text, "number": read.text},
    local="category",
    required=("category",),
)
