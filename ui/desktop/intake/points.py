"""What a person should look at before documents are taken in: doubts, and texts left over."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.intake.found import GridReading
from app.intake.grid import GridCell
from app.intake.intake import Intake


@dataclass(frozen=True, slots=True)
class Point:
    """A place to look at: what is said of it, the text, and its cell (None if it has none)."""

    heading: str
    what: str
    text: str
    reading: GridReading | None = None
    cell: GridCell | None = None
    is_doubt: bool = False


def points(intake: Intake) -> tuple[Point, ...]:
    """All of them: doubts first, then what no field took of grids that were read."""
    return (*_doubts(intake), *_leftovers(intake))


def _doubts(intake: Intake) -> Iterator[Point]:
    places = {
        reading.grid.place_words(cell): (reading, cell)
        for reading in intake.readings
        for cell in reading.grid.texts
    }
    for doubt in intake.doubts:
        found = [places[place] for place in doubt.places if place in places]
        reading, cell = found[0] if found else (None, None)
        yield Point(
            "、".join(map(_short, doubt.places[:2])), doubt.what, doubt.text, reading, cell, True
        )


def _short(place: str) -> str:
    """A place without the name of its file, which the list of documents shows."""
    return place.partition("」の")[2] or place


def _leftovers(intake: Intake) -> Iterator[Point]:
    for reading in intake.readings:
        if reading.passed:
            continue
        for rest in reading.leftovers:
            what = rest.why or "どの欄にも入れていません"
            yield Point(_short(rest.place), what, rest.cell.text, reading, rest.cell)
