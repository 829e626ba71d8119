"""Which characters of the sheets cannot be printed as they are written, and where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.forms.sheet import Sheet
from app.plan.entities import TEXT_PREFIX
from app.plan.plan import Plan


class Glyphs(Protocol):
    """Knows which characters can be drawn."""

    def missing(self, text: str) -> Sequence[str]:
        """The characters of a text that no font has, each once."""


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that no font here has, and where it stands."""

    character: str
    number: str
    title: str
    field: str

    @property
    def sentence(self) -> str:
        """For a person: the character, its code point, and where it is."""
        place = f"No.{self.number} " if self.number else ""
        return (
            f"「{self.character}」（U+{ord(self.character):04X}）はこのPCのフォントにないため、"
            f"〓で印刷します：{place}{self.title}（{self.field}）"
        )


def unprintable(plan: Plan, sheets: Iterable[Sheet], glyphs: Glyphs) -> Iterator[Unprintable]:
    """Every character of the sheets that no font has, once for each field."""
    for sheet in sheets:
        initiative = plan.initiatives[sheet.initiative]
        for cell in sheet.cells:
            field = cell.target.field.removeprefix(TEXT_PREFIX) if cell.target else cell.spec.name
            for character in glyphs.missing(cell.text):
                yield Unprintable(character, initiative.number or "", initiative.title, field)
