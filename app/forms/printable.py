"""Which characters of a plan cannot be printed as they are written, and where they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.plan.entities import TEXT_PREFIX, Entity, Initiative, Scalar
from app.plan.kinds import KINDS
from app.plan.lists.lookup import display_name
from app.plan.parts import parts_of
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.references import key_of

_UNPRINTED = frozenset({"id", "parent", "keys", "extra", "stage"})


class Glyphs(Protocol):
    """Knows which characters can be drawn."""

    def missing(self, text: str) -> Sequence[str]:
        """The characters of a text that no font has, each once."""


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that no font here has: printed as 〓 in this field of this initiative."""

    character: str
    initiative: Initiative
    fiscal_year: int | None
    field: str

    def sentence(self, labels: Mapping[str, str]) -> str:
        """For a person: the character, its code point, and where it is; `labels` name fields."""
        year = f"{fiscal_year_name(self.fiscal_year)}の" if self.fiscal_year else ""
        field = labels.get(self.field, self.field)
        return (
            f"「{self.character}」（U+{ord(self.character):04X}）はこのPCの書体にないため、"
            f"〓で印刷します（{display_name(self.initiative)}の{year}{field}）。"
        )


def unprintable(
    plan: Plan, initiatives: Iterable[Initiative], glyphs: Glyphs
) -> Iterator[Unprintable]:
    """Every character of the initiatives that no font has, once for each field."""
    for initiative in initiatives:
        for entity in (initiative, *parts_of(plan, *key_of(initiative))):
            year = getattr(entity, "fiscal_year", None)
            for character, field in _missing(entity, glyphs):
                yield Unprintable(character, initiative, year, field)


def _missing(entity: Entity, glyphs: Glyphs) -> Iterator[tuple[str, str]]:
    for field, text in _texts(entity):
        for character in glyphs.missing(text):
            yield character, field


def _texts(entity: Entity) -> Iterator[tuple[str, str]]:
    ids = KINDS.of(type(entity)).references
    for name in entity.field_names():
        if name not in _UNPRINTED and name not in ids:
            text = _joined(entity.get(name))
            if text and not text.isascii():
                yield name.removeprefix(TEXT_PREFIX), text


def _joined(value: Scalar) -> str:
    if isinstance(value, tuple):
        return "".join(map(str, value))
    return value if isinstance(value, str) else ""
