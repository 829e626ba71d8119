"""Grids drawn as text, of an invented town."""

from collections.abc import Sequence

from app.intake.grid import Grid, GridCell, grid_of
from app.intake.intake import Intake, understood
from app.intake.words import Words, read_words
from resources import intake_words

Rows = Sequence[Sequence[str]]
RIGHT, BELOW = "<", "^"


def words() -> Words:
    """The words that come with the program."""
    return read_words(intake_words())


def grid(rows: Rows, title: str = "1", source: str = "みなと町.xlsx", **facts: bool) -> Grid:
    """A grid of rows of cells: `<` goes on with the cell at its left, `^` with the one above.

    A label that ends in `*` is tinted.
    """
    cells = [
        _cell(rows, row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text not in (RIGHT, BELOW)
    ]
    is_flat = facts.get("is_flat", False)
    kept = [c for c in cells if c.text or (not is_flat and c.rows * c.columns > 1)]
    return grid_of(source, title, kept, **facts)


def _cell(rows: Rows, row: int, column: int) -> GridCell:
    columns = 1
    while column + columns < len(rows[row]) and rows[row][column + columns] == RIGHT:
        columns += 1
    height = 1
    while row + height < len(rows) and rows[row + height][column : column + 1] == [BELOW]:
        height += 1
    text = rows[row][column]
    tint = "DDDDDD" if text.endswith("*") else ""
    return GridCell(row + 1, column + 1, text.rstrip("*"), height, columns, tint)


def taken(*grids: Grid) -> Intake:
    """What some grids say together."""
    return understood(grids, words())


def only(intake: Intake) -> dict[str, object]:
    """The one initiative of an intake: its own fields, texts and years by name."""
    plan = intake.made.plan
    (card,) = plan.initiatives.under()
    found: dict[str, object] = {
        name: card.get(name)
        for name in ("name", "number", "departments", "status")
        if card.get(name)
    }
    if card.desired_states:
        found["desired_states"] = card.desired_states
    home = plan.home_category(card)
    if home and (home.name or plan.pillars[home.parent].name):
        found["category"] = (plan.pillars[home.parent].name, home.name)
    found |= dict(card.texts)
    for year in plan.years.under(card.id):
        found |= {f"{year.fiscal_year} {name}": text for name, text in year.texts.items()}
        if year.mark:
            found[f"{year.fiscal_year} mark"] = year.mark
    for kpi in plan.kpis.under(card.id):
        found[f"kpi {kpi.due or ''}".strip()] = kpi.text
    return found


def left(intake: Intake) -> list[str]:
    """The texts that nothing was made of."""
    return [rest.cell.text for rest in intake.leftovers]
