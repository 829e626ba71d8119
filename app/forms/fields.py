"""What a form prints for a field of an initiative, and what a printed text means as a value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.forms.form import CellSpec
from app.plan.entities import TEXT_PREFIX, Initiative, Kpi, Scalar, YearPlan, child_id
from app.plan.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.terms import current_term, term_of

LIST_FIELDS: Final = frozenset({"departments", "desired_states"})
FACTS: Final = LIST_FIELDS | {
    "number", "name", "stage", "status", "status_note", "new_label",
}  # fmt: skip
# More items than this are printed in a row rather than one a line.
_ITEMS_AS_LINES: Final = 4
_SEPARATORS: Final = re.compile(r"[\n、,，]")


@dataclass(frozen=True, slots=True)
class Target:
    """The field that an input cell stands for: kind and id of the entity, name of the field.

    The entity may not exist yet (a year without a plan); `fiscal_year` then says which.
    """

    kind: str
    id: str
    field: str
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class YearRecord:
    """One fiscal year that has a place on the form, with or without a plan for it."""

    fiscal_year: int
    year: YearPlan | None = None


@dataclass(frozen=True, slots=True)
class KpiRecord:
    """One target that has a place on the form; `kpi` is None for an empty place."""

    kpi: Kpi | None = None


Record = YearRecord | KpiRecord


def target_of(plan: Plan, initiative: Initiative, field: str, record: Record | None) -> Target:
    """The field of the plan that a form's field of an initiative (and record) stands for."""
    if isinstance(record, YearRecord):
        year = record.year
        id = year.id if year else child_id(initiative.id, record.fiscal_year, plan.years)
        return Target("year_plan", id, TEXT_PREFIX + field, record.fiscal_year)
    if isinstance(record, KpiRecord):
        kpi = record.kpi
        return Target("kpi", kpi.id if kpi else child_id(initiative.id, "kpi", plan.kpis), field)
    if field in FACTS:
        return Target("initiative", initiative.id, field)
    return Target("initiative", initiative.id, TEXT_PREFIX + field)


def printed_value(value: Scalar, item: str = "") -> str:
    """A value as a form prints it; lists one item a line, each with the bullet `item`."""
    if value is None:
        return ""
    if not isinstance(value, tuple):
        return str(value)
    items = [str(entry) for entry in value]
    if item:
        return "\n".join(e if e.startswith(item) else item + e for e in items)
    return ("\n" if len(items) <= _ITEMS_AS_LINES else "、").join(items)


def read_value(field: str, text: str, item: str = "", before: Scalar = None) -> Scalar:
    """The value that a printed text stands for; the inverse of `printed_value`.

    A list is split at line ends (departments at 、 too); an empty text is None where
    the field had none before.
    """
    name = field.removeprefix(TEXT_PREFIX)
    if name in LIST_FIELDS and not field.startswith(TEXT_PREFIX):
        parts = _SEPARATORS.split(text) if not item else text.split("\n")
        stripped = (part.strip() for part in parts)
        kept = (p.removeprefix(item).strip() if item else p for p in stripped)
        return tuple(part for part in kept if part)
    if not text and before is None:
        return None
    return text


def derived_text(plan: Plan, initiative: Initiative, spec: CellSpec) -> str | None:
    """The text of a field that is derived, not typed; None where the field is not derived."""
    derive = _DERIVED.get(spec.field)
    return derive(plan, initiative, spec) if derive else None


def _categories(plan: Plan, initiative: Initiative, spec: CellSpec) -> str:
    template = spec.text or "{name}"
    order = {pillar.id: n for n, pillar in enumerate(plan.pillars.under(), start=1)}
    lines = []
    for category in (plan.categories[id] for id in initiative.categories):
        pillar = plan.pillars[category.parent]
        words = {
            "pillar_number": str(order[pillar.id]),
            "pillar": pillar.name,
            "number": "" if category.number is None else str(category.number),
            "name": category.name,
        }
        lines.append(filled(template, words))
    return "\n".join(lines)


_DERIVED: Final[Mapping[str, Callable[[Plan, Initiative, CellSpec], str]]] = {
    "categories": _categories,
}


def label_words(plan: Plan, record: Record | None) -> dict[str, str]:
    """The words a label template may use for a record of the plan."""
    if not isinstance(record, YearRecord):
        return {}
    profile, year = plan.profile, record.year
    current, term = current_term(profile), term_of(profile, record.fiscal_year)
    first = current.years.start if current else profile.first_fiscal_year
    ahead = term is not None and current is not None and term.ordinal > current.ordinal
    name = fiscal_year_name(record.fiscal_year)
    open_name = name + ("以降" if year and year.open_ended else "")
    return {
        "fiscal_year": name,
        "year_label": (year.label if year else None) or open_name,
        "ordinal": str(record.fiscal_year - first + 1),
        "term": str(term.ordinal) if term else "",
        "planned": "（予定）" if ahead else "",
    }


def sheet_words(plan: Plan, initiative: Initiative) -> dict[str, str]:
    """The words that stand above the table may use."""
    category, pillar = plan.home_category(initiative), plan.home_pillar(initiative)
    return {
        "number": initiative.number or "",
        "pillar": pillar.name if pillar else "",
        "category": category.name if category else "",
        "new_label": initiative.new_label or "",
    }


def filled(template: str, words: Mapping[str, str]) -> str:
    """The template with `{word}` replaced; words it does not know stay as written."""
    return re.sub(r"\{(\w+)\}", lambda m: words.get(m.group(1), m.group(0)), template)


def filled_pieces(pieces: tuple[str, ...], words: Mapping[str, str]) -> str:
    """The pieces joined, without those whose `{word}`s are all empty."""
    kept = []
    for piece in pieces:
        names = re.findall(r"\{(\w+)\}", piece)
        if not names or any(words.get(name) for name in names):
            kept.append(filled(piece, words))
    return "".join(kept)
