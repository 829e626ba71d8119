"""What an index table (一覧表) says: its years, and the texts of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.book.front_matter import CHAPTER, matter
from app.forms.fields import filled
from app.forms.index_style import IndexColumn, IndexStyle
from app.plan.entities import Category, Pillar
from app.plan.lists.listing import Listed, listings
from app.plan.periods.fiscal_year import fiscal_year_name, fiscal_year_short
from app.plan.periods.terms import current_term
from app.plan.periods.year_marks import mark_sign
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_bullet

_CIRCLED_ONE: Final = ord("①")
_MOST_CIRCLED: Final = 20


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row: the initiative in its place, and the texts of the row's cells in order."""

    category: Category
    listed: Listed
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexYear:
    """A year with marks of its own; the last one stands for all that follow (`is_open`)."""

    fiscal_year: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A column as it is printed: marks have one for each year."""

    column: IndexColumn
    year: IndexYear | None = None


def slots(plan: Plan, style: IndexStyle) -> tuple[Slot, ...]:
    """The printed columns of a form's index tables."""
    return tuple(
        slot
        for column in style.columns
        for slot in (
            [Slot(column, year) for year in _years(plan, style)]
            if column.field == "marks"
            else [Slot(column)]
        )
    )


def year_head(style: IndexStyle, year: IndexYear) -> str:
    """What stands above the marks of a year: R4年度."""
    words = {
        "short": fiscal_year_short(year.fiscal_year),
        "fiscal_year": fiscal_year_name(year.fiscal_year),
    }
    return filled(style.open_year if year.is_open else style.year, words)


def head_words(plan: Plan, pillar: Pillar, style: IndexStyle) -> dict[str, str]:
    """The words that what stands above a pillar's table may use."""
    ordinal = [p.id for p in plan.pillars.under()].index(pillar.id) + 1
    return {
        "chapter": matter(plan, CHAPTER, style),
        "ordinal": str(ordinal), "pillar": pillar.name, "vision": pillar.vision or "",
    }  # fmt: skip


def state_lines(style: IndexStyle, pillar: Pillar) -> list[str]:
    """The desired states of a pillar as they stand above its table; none where it has none."""
    if not style.state:
        return []
    has_mark = not style.state.startswith("{state}")
    return [
        filled(
            style.state,
            {
                "circled": circled(n),
                "state": without_bullet(state) if has_mark else state,
            },
        )
        for n, state in enumerate(pillar.desired_states, start=1)
    ]


def circled(number: int) -> str:
    """① for 1; (21) where there is no such character."""
    return chr(_CIRCLED_ONE + number - 1) if number <= _MOST_CIRCLED else f"({number})"


def index_rows(plan: Plan, style: IndexStyle) -> Mapping[str, tuple[IndexRow, ...]]:
    """The rows of all index tables, by pillar (id)."""
    groups, columns = listings(plan), slots(plan, style)
    return {
        pillar.id: tuple(
            IndexRow(category, listed, tuple(_texts(plan, style, columns, category, listed)))
            for category in plan.categories.under(pillar.id)
            for listed in groups[category.id]
        )
        for pillar in plan.pillars.under()
    }


def _years(plan: Plan, style: IndexStyle) -> Iterator[IndexYear]:
    term = current_term(plan.profile)
    if term is not None:
        last = term.years.stop + style.ahead - 1
        for year in range(term.years.start, last + 1):
            yield IndexYear(year, is_open=style.ahead > 0 and year == last)


def _texts(
    plan: Plan, style: IndexStyle, columns: Sequence[Slot], category: Category, listed: Listed
) -> Iterator[str]:
    initiative = listed.initiative
    fixed = {
        "number": _number(style, listed),
        "category": category_words(style, category),
        "name": _name(style, listed),
        "departments": "\n".join(initiative.departments),
        "status": initiative.status or "",
        "page": "",
    }
    for slot in columns:
        if slot.year:
            yield _mark(plan, initiative.id, slot.year)
        else:
            yield fixed[slot.column.field]


def category_words(style: IndexStyle, category: Category) -> str:
    """A category as the form's index prints it."""
    number = "" if category.number is None else str(category.number)
    return filled(style.category, {"number": number, "category": category.name})


def _number(style: IndexStyle, listed: Listed) -> str:
    if listed.is_again and not listed.number:
        words = {"number": listed.initiative.number or ""}
        return filled(style.again_number, words).strip()
    return listed.number or ""


def _name(style: IndexStyle, listed: Listed) -> str:
    label = listed.initiative.new_label
    before = filled(style.new, {"new_label": label}) if label else ""
    return before + listed.initiative.name + (style.again if listed.is_again else "")


def _mark(plan: Plan, initiative: str, year: IndexYear) -> str:
    """The mark of a year; under an open year the first one from then on."""
    for plan_year in plan.years.under(initiative):
        is_meant = plan_year.fiscal_year == year.fiscal_year or (
            year.is_open and plan_year.fiscal_year > year.fiscal_year
        )
        if is_meant and plan_year.mark:
            return mark_sign(plan_year.mark)
    return ""
