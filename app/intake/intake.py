"""All documents of a city understood together, and the plan that they make."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.intake.cell_map import NO_MAP, CellMap
from app.intake.found import Doubt, GridReading, Leftover, Value
from app.intake.grid import Grid
from app.intake.making.matching import brought_together
from app.intake.making.plan_making import Made, made_plan
from app.intake.reading import read_grid
from app.intake.siblings import settled
from app.intake.words import Words


@dataclass(frozen=True)
class Intake:
    """What was understood of all documents: each grid, the plan made of them, and the doubts."""

    readings: tuple[GridReading, ...]
    made: Made
    doubts: tuple[Doubt, ...]

    @property
    def leftovers(self) -> tuple[Leftover, ...]:
        """Every text that was neither label nor taken."""
        return tuple(rest for reading in self.readings for rest in reading.leftovers)


def understood(
    grids: Sequence[Grid], words: Words, form: str = "", cell_map: CellMap = NO_MAP,
    form_file: str | None = None,
) -> Intake:  # fmt: skip
    """Read all grids and make a plan of them.

    `form` is the key of its form, "" to choose one; `form_file` the TOML that it is to carry.
    """
    readings = settled([read_grid(grid, words, cell_map) for grid in grids], words)
    found, doubts = brought_together([d for reading in readings for d in reading.drafts])
    facts = [fact for reading in readings for fact in reading.facts]
    values = [value for one in found for value in one.values]
    made = made_plan(found, facts, words, form or fitting_form(values), form_file)
    own = [doubt for reading in readings for doubt in reading.doubts]
    return Intake(readings, made, (*own, *doubts, *made.doubts))


def fitting_form(values: Sequence[Value]) -> str:
    """The built-in form that has the fields of the documents."""
    names = {value.field for value in values}
    if names & {"years.tasks", "texts.approach", "texts.issue", "texts.content"}:
        return "kaminoyama"
    return "matsue" if "status" in names else "kashima"
