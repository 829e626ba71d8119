"""Which characters of a plan cannot be printed as they are written, and where they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.plan.entities import TEXT_PREFIX, Entity, Initiative, Profile, Scalar
from app.plan.kinds import INITIATIVE, KINDS, NAME, Writing, kind_of, written_fields
from app.plan.parts import parts_of
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.references import key_of
from app.plan.words import field_label, owner_words

_UNPRINTED = frozenset({"id", "parent", "keys", "extra", "stage"})


class Glyphs(Protocol):
    """Knows which characters can be drawn."""

    def missing(self, text: str) -> Sequence[str]:
        """The characters of a text that no font has, each once."""


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that no font here has: printed as 〓 in this field of this part of the plan.

    `part` is an initiative, or a part of the plan that is of none; `kind` is that of the entity
    that has the `field`, which may be a part of the initiative.
    """

    character: str
    part: Entity
    fiscal_year: int | None
    kind: str
    field: str

    def sentence(self, labels: Mapping[str, str]) -> str:
        """For a person: the character, its code point, and where it is; `labels` name fields."""
        year = f"{fiscal_year_name(self.fiscal_year)}の" if self.fiscal_year else ""
        field = field_label(labels, self.kind, self.field)
        return (
            f"「{self.character}」（U+{ord(self.character):04X}）はこのPCの書体にないため、"
            f"〓で印刷します（{owner_words(self.part, self.field)}の{year}{field}）。"
        )


def unprintable(
    plan: Plan,
    initiatives: Iterable[Initiative],
    glyphs: Glyphs,
    *,
    is_whole: bool = False,
    has_texts: bool = False,
) -> Iterator[Unprintable]:
    """Every character of what is printed that no font has, once for each field.

    Of pillars and categories above the initiatives only the names are printed, but all that
    they and the plan say if `is_whole`, and the texts of the book if `has_texts`.
    """
    chosen = tuple(initiatives)
    for part, fields in _around(plan, chosen, is_whole, has_texts):
        for character, field in _missing(part, fields, glyphs):
            yield Unprintable(character, part, None, kind_of(part), field)
    for initiative in chosen:
        for entity in (initiative, *parts_of(plan, *key_of(initiative))):
            year = getattr(entity, "fiscal_year", None)
            for character, field in _missing(entity, _printed(entity), glyphs):
                yield Unprintable(character, initiative, year, kind_of(entity), field)


def _around(
    plan: Plan, chosen: Sequence[Initiative], is_whole: bool, has_texts: bool
) -> Iterator[tuple[Entity, list[str]]]:
    """What is printed around the sheets, with its fields."""
    if not is_whole:
        homes = (part for i in chosen for part in (plan.home_pillar(i), plan.home_category(i)))
        yield from ((part, [NAME]) for part in dict.fromkeys(filter(None, homes)))
        return
    for kind in KINDS:
        for part in () if KINDS.is_below(kind, INITIATIVE) else plan.table(kind).values():
            fields = written_fields(part, Writing.SEARCHED)
            is_left_out = isinstance(part, Profile) and not has_texts
            yield part, [f for f in fields if not (is_left_out and f.startswith(TEXT_PREFIX))]


def _printed(entity: Entity) -> list[str]:
    unprinted = _UNPRINTED | KINDS.of(type(entity)).references.keys()
    return [name for name in entity.field_names() if name not in unprinted]


def _missing(entity: Entity, fields: Sequence[str], glyphs: Glyphs) -> Iterator[tuple[str, str]]:
    for field in fields:
        text = _joined(entity.get(field))
        if text and not text.isascii():
            for character in glyphs.missing(text):
                yield character, field


def _joined(value: Scalar) -> str:
    if isinstance(value, tuple):
        return "".join(map(str, value))
    return value if isinstance(value, str) else ""
