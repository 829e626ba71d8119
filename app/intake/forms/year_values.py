"""Texts of years that stand together in one cell (工程表), parted: a value for each year."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.intake.found import Value
from app.intake.words import YEARS
from app.intake.year_words import YearWord, year_lines


def parted_by_year(values: Iterable[Value]) -> Iterator[Value]:
    """The values again; a text of years without a year above it is cut at the years in it.

    What goes on in a second cell belongs to the last year of the first.
    """
    latest: dict[str, YearWord | None] = {}
    for value in values:
        if not value.field.startswith(YEARS) or value.year:
            yield value
            continue
        for year, text in year_lines(value.text):
            year = year or latest.get(value.field)
            latest[value.field] = year
            yield replace(value, year=year, text=text)
