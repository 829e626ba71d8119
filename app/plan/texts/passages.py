"""`Passage`: one text that a person wrote into a plan, with the place where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.plan.entities import TEXT_PREFIX, Entity, Initiative
from app.plan.plan import Plan, kind_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A text; `kind`, `id` and `field` are those of a Change, `fiscal_year` that of a year."""

    kind: str
    id: str
    field: str
    text: str
    fiscal_year: int | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is a text of its own, and not a fact such as a name."""
        return self.kind == "kpi" or self.field.startswith(TEXT_PREFIX)


def passages(plan: Plan, initiative: Initiative) -> Iterator[Passage]:
    """All that an initiative says, in the order of a reader; empty texts are left out."""
    yield from _of(initiative, "name", "status_note", *_texts(initiative))
    states = "\n".join(initiative.desired_states)
    if states:
        yield Passage("initiative", initiative.id, "desired_states", states)
    for year in plan.years.under(initiative.id):
        yield from _of(year, *_texts(year), fiscal_year=year.fiscal_year)
    for kpi in plan.kpis.under(initiative.id):
        yield from _of(kpi, "text")


def book_passages(plan: Plan) -> Iterator[Passage]:
    """The texts of the book, before and after the sheets."""
    yield from _of(plan.profile, *_texts(plan.profile))


def _texts(entity: Entity) -> list[str]:
    return [name for name in entity.field_names() if name.startswith(TEXT_PREFIX)]


def _of(entity: Entity, *fields: str, fiscal_year: int | None = None) -> Iterator[Passage]:
    for field in fields:
        text = entity.get(field)
        if isinstance(text, str) and text.strip():
            yield Passage(kind_of(entity), entity.id, field, text, fiscal_year)
