"""`Passage`: one text that a person wrote into a plan, with the place where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.plan.entities import Entity, Initiative, Scalar
from app.plan.kinds import FISCAL_YEAR, INITIATIVE, KINDS, Writing, written_fields
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import key_of


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
        return KINDS[self.kind].writing_of(self.field) == Writing.FREE


def passages(plan: Plan, initiative: Initiative) -> Iterator[Passage]:
    """All that an initiative and its parts say, in the order of a reader, without empty texts."""
    yield from _of(initiative)
    for part in parts_of(plan, *key_of(initiative)):
        yield from _of(part)


def searched_passages(plan: Plan, initiative: Initiative) -> Iterator[Passage]:
    """The same with all that search finds: numbers, departments and status too."""
    for entity in (initiative, *parts_of(plan, *key_of(initiative))):
        yield from _of(entity, Writing.SEARCHED)


def plan_passages(plan: Plan) -> Iterator[Passage]:
    """The texts of the plan itself, that are of no initiative: those of the book, say."""
    for kind in KINDS.values():
        if not KINDS.is_below(kind.name, INITIATIVE):
            for entity in plan.table(kind.name).values():
                yield from _of(entity)


def _of(entity: Entity, least: Writing = Writing.READ) -> Iterator[Passage]:
    kind = KINDS.of(type(entity))
    year = entity.get(FISCAL_YEAR) if kind.called_by == FISCAL_YEAR else None
    fiscal_year = year if isinstance(year, int) else None
    for field in written_fields(entity, least):
        text = _text(entity.get(field))
        if text.strip():
            yield Passage(kind.name, entity.id, field, text, fiscal_year)


def _text(value: Scalar) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return value if isinstance(value, str) else ""
