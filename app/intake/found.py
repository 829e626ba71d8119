"""What reading a document gives: values with their places, doubts, and what was left over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

from app.intake.grid import Grid, GridCell
from app.intake.words import fold
from app.intake.year_words import YearWord


@dataclass(frozen=True, slots=True)
class Value:
    """A text that was taken for a field: which, from which cell.

    `field` is a field of an initiative (`name`), a text (`texts.overview`), a text of a year
    (`years.actions`, with `year`) or a part of an indicator (`kpi.target`; parts of one
    indicator have the same `line`). `is_home` marks the pillar that is shaded among several.
    """

    field: str
    text: str
    grid: Grid = attribute(repr=False, compare=False)
    cell: GridCell = attribute(compare=False)
    year: YearWord | None = None
    line: int = 0
    is_home: bool = False

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.grid.place_words(self.cell)


@dataclass(frozen=True, slots=True)
class Draft:
    """One initiative as one document has it. `is_row` if from a list, `is_again` for 再掲.

    `corner` is the place of the first cell of its form.
    """

    values: tuple[Value, ...]
    is_row: bool = False
    is_again: bool = False
    corner: tuple[int, int] = (1, 1)

    def all(self, name: str) -> Iterator[Value]:
        """The values of a field, in reading order."""
        return (value for value in self.values if value.field == name)

    def text(self, name: str) -> str:
        """The first text of a field, "" for none."""
        return next((value.text.strip() for value in self.all(name)), "")

    @property
    def key(self) -> str:
        """Its name for comparing."""
        return fold(self.text("name").replace("\n", ""))

    @property
    def grid(self) -> Grid:
        """Where it comes from."""
        return self.values[0].grid


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text that was neither label nor taken: where it is and why."""

    grid: Grid = attribute(repr=False, compare=False)
    cell: GridCell
    why: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.grid.place_words(self.cell)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should look at: a Japanese sentence, the places, and the text in question."""

    what: str
    places: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class GridReading:
    """What was understood of one grid.

    `labels` are the cells that were taken for labels, with their fields. `passed` says why the
    whole grid was left out, "" if it was read. Each text is a label, a value or left over.
    """

    grid: Grid = attribute(repr=False)
    drafts: tuple[Draft, ...] = ()
    labels: tuple[tuple[GridCell, str], ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    facts: tuple[Value, ...] = ()
    passed: str = ""

    @property
    def values(self) -> Iterator[Value]:
        """All values, of initiatives and of the plan."""
        for draft in self.drafts:
            yield from draft.values
        yield from self.facts


def left_over(
    grid: Grid, cells: Sequence[GridCell], taken: set[tuple[int, int]], why: str = ""
) -> tuple[Leftover, ...]:
    """The cells with text that are not among those taken (by their places)."""
    return tuple(Leftover(grid, cell, why) for cell in cells if cell.place not in taken)
