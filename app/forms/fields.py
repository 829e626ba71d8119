"""What a form prints for a field of an initiative, and what a printed text means as a value."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.forms.form import CellSpec
from app.plan.entities import TEXT_PREFIX, Category, Initiative, Kpi, Scalar, YearPlan, child_id
from app.plan.facts import FACTS, LISTS
from app.plan.kinds import INITIATIVE, KPI, YEAR_PLAN
from app.plan.periods.fiscal_year import fiscal_year_name, fiscal_year_short
from app.plan.periods.terms import current_term, term_of
from app.plan.periods.year_marks import mark_sign
from app.plan.plan import Plan
from app.plan.texts.plain_text import bulleted
from app.plan.words import pillars_words

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
        return Target(YEAR_PLAN, id, TEXT_PREFIX + field, record.fiscal_year)
    if isinstance(record, KpiRecord):
        kpi = record.kpi
        return Target(KPI, kpi.id if kpi else child_id(initiative.id, KPI, plan.kpis), field)
    if field in FACTS:
        return Target(INITIATIVE, initiative.id, field)
    return Target(INITIATIVE, initiative.id, TEXT_PREFIX + field)


def printed_value(value: Scalar, item: str = "") -> str:
    """A value as a form prints it; lists one item a line, each with the bullet `item`."""
    if value is None:
        return ""
    if not isinstance(value, tuple):
        return str(value)
    items = [str(entry) for entry in value]
    if item:
        return "\n".join(e if e.startswith(item) else bulleted(e, item) for e in items)
    return ("\n" if len(items) <= _ITEMS_AS_LINES else "、").join(items)


def read_value(field: str, text: str, item: str = "", before: Scalar = None) -> Scalar:
    """The value that a printed text stands for; the inverse of `printed_value`.

    A list is split at line ends (departments at 、 too); an empty text is None where
    the field had none before.
    """
    name = field.removeprefix(TEXT_PREFIX)
    if name in LISTS and not field.startswith(TEXT_PREFIX):
        return tuple(filter(None, _items(text, item, before)))
    if not text and before is None:
        return None
    return text


def _items(text: str, item: str, before: Scalar) -> Iterator[str]:
    """The items of a printed list; one that stands there as it was printed is what it was."""
    entries = [str(entry) for entry in before] if isinstance(before, tuple) else []
    printed = {printed_value((entry,), item): entry for entry in entries}
    # An item that brings the bullet itself is printed with one and keeps its own.
    own = {entry.removeprefix(item): entry for entry in entries} if item else {}
    for part in text.split("\n") if item else _SEPARATORS.split(text):
        word = part.strip().removeprefix(item).strip()
        yield printed.get(part) or own.get(word, word)


def derived_text(
    plan: Plan, initiative: Initiative, spec: CellSpec, record: Record | None
) -> str | None:
    """The text of a field that is derived, not typed; None where the field is not derived."""
    derive = _DERIVED.get(spec.field)
    return derive(plan, initiative, spec, record) if derive else None


def _categories(plan: Plan, initiative: Initiative, spec: CellSpec, record: Record | None) -> str:
    template = spec.text or "{name}"
    lines = []
    for category in (plan.categories[id] for id in initiative.categories):
        words = {**_category_words(plan, category), "number": _number(category.number)}
        lines.append(filled(template, {**words, "name": category.name}))
    return "\n".join(lines)


def _category(plan: Plan, initiative: Initiative, spec: CellSpec, record: Record | None) -> str:
    home = plan.home_category(initiative)
    return home.name if home else ""


def _pillar(plan: Plan, initiative: Initiative, spec: CellSpec, record: Record | None) -> str:
    home = plan.home_pillar(initiative)
    return home.name if home else ""


def _mark(plan: Plan, initiative: Initiative, spec: CellSpec, record: Record | None) -> str:
    mark = record.year.mark if isinstance(record, YearRecord) and record.year else None
    return mark_sign(mark)


_Derive = Callable[[Plan, Initiative, CellSpec, Record | None], str]
_DERIVED: Final[Mapping[str, _Derive]] = {
    "categories": _categories,
    "category": _category,
    "pillar": _pillar,
    "mark": _mark,
}
PILLARS: Final = "pillars"
"""The field that shows every pillar of the plan, the home pillar shaded."""
DERIVED: Final = frozenset({*_DERIVED, PILLARS})
"""Fields that are shown, not typed; a form may show one of them more than once."""
KPI_FIELDS: Final = ("due", "text")
SHEET_WORDS: Final = (
    "number", "name", "pillar", "pillar_number", "category", "category_number", "new_label",
    "pillars", "municipality", "title", "subtitle", "edition",
)  # fmt: skip
"""The words that labels and the line above the table may use."""
RECORD_WORDS: Final = (
    "fiscal_year", "fiscal_year_short", "western_year", "year_label", "ordinal", "term", "planned",
)  # fmt: skip
"""The words that the label of a year's cell may use besides. `ordinal` is empty before the term."""
_WORD: Final = re.compile(r"\{(\w+)\}")
# How a label counts the years of the term, with the year that stands in brackets behind the count.
_COUNT: Final = re.compile(r"[第（(]?\{ordinal\}[^{}\n（(]*(?:[（(](\{\w*year\w*\})[）)])?")


def record_words(plan: Plan, record: Record | None) -> dict[str, str]:
    """The `RECORD_WORDS` of a record of the plan."""
    if not isinstance(record, YearRecord):
        return {}
    profile, year = plan.profile, record.year
    current, term = current_term(profile), term_of(profile, record.fiscal_year)
    first = current.years.start if current else profile.first_fiscal_year
    ahead = term is not None and current is not None and term.ordinal > current.ordinal
    after = "以降" if year and year.open_ended else ""
    name = fiscal_year_name(record.fiscal_year)
    return {
        "fiscal_year": name,
        "fiscal_year_short": fiscal_year_short(record.fiscal_year) + after,
        "western_year": str(record.fiscal_year),
        "year_label": (year.label if year else None) or name + after,
        "ordinal": str(record.fiscal_year - first + 1) if record.fiscal_year >= first else "",
        "term": str(term.ordinal) if term else "",
        "planned": "（予定）" if ahead else "",
    }


def sheet_words(plan: Plan, initiative: Initiative) -> dict[str, str]:
    """The `SHEET_WORDS` of an initiative."""
    profile, category = plan.profile, plan.home_category(initiative)
    words = {
        "number": initiative.number,
        "name": initiative.title,
        "new_label": initiative.new_label,
        "pillars": pillars_words(plan),
        "municipality": profile.municipality,
        "title": profile.title,
        "subtitle": profile.subtitle,
        "edition": profile.edition,
        **_category_words(plan, category),
        "category": category.name if category else "",
        "category_number": _number(category.number) if category else "",
    }
    return {word: text or "" for word, text in words.items()}


def _category_words(plan: Plan, category: Category | None) -> dict[str, str]:
    pillar = plan.pillars.get(category.parent) if category else None
    if pillar is None:
        return {"pillar": "", "pillar_number": ""}
    return {"pillar": pillar.name, "pillar_number": str(plan.pillars.under().index(pillar) + 1)}


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def filled(template: str, words: Mapping[str, str]) -> str:
    """The template with `{word}` replaced; words it does not know stay as written.

    A year before the term has no count in it: of 1年目（令和4年度） the year alone is left.
    """
    return re.sub(_WORD, lambda m: words.get(m[1], m[0]), _countable(template, words))


def _countable(template: str, words: Mapping[str, str]) -> str:
    """The template without a count of years if there is nothing to count."""
    if words.get("ordinal") != "":
        return template
    is_named = "year" in _COUNT.sub("", template)
    return _COUNT.sub(lambda m: m[1] or ("" if is_named else "{fiscal_year}"), template)


def filled_pieces(pieces: tuple[str, ...], words: Mapping[str, str]) -> str:
    """The pieces joined, without those whose `{word}`s are all empty."""
    kept = []
    for piece in pieces:
        names = re.findall(_WORD, _countable(piece, words))
        if not names or any(words.get(name) for name in names):
            kept.append(filled(piece, words))
    return "".join(kept)
