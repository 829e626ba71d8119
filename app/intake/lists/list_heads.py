"""The heads of a list: which rows they are, and what each column is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.intake.forms.blocks import sort_of
from app.intake.grid import Grid, GridCell
from app.intake.words import IGNORED, KPI, KPIS, NAME, YEARS, Label, Words, bare
from app.intake.year_words import YearWord, year_head

_TASKS = YEARS + "tasks"
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a list holds. `head` is its own head; `field` is "" if it is not known."""

    number: int
    field: str
    year: YearWord | None
    head: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of one list: the rows from `top` to before `bottom`, and its columns."""

    top: int
    bottom: int
    cells: tuple[GridCell, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> int:
        """The number of the first column with this field, 0 for none."""
        return next((c.number for c in self.columns if c.field == name), 0)


def find_heads(grid: Grid, words: Words) -> Iterator[Heads]:
    """The heads of all lists of a grid, from the top."""
    row = 1
    while row < grid.bottom:
        heads = _heads_at(grid, row, words)
        if heads:
            yield heads
        row = heads.bottom if heads else row + 1


def _heads_at(grid: Grid, row: int, words: Words) -> Heads | None:
    cells = grid.row(row)
    named = [words.label(cell.text) for cell in cells]
    known = sum(1 for label in named if label) + sum(1 for c in cells if year_head(c.text))
    names = [c for c, label in zip(cells, named, strict=True) if label and label.whole == NAME]
    if len(names) != 1 or known < _FEWEST or known * 2 <= len(cells):
        return None
    bottom = _bottom(grid, row, cells, names[0], words)
    if not _has_rows(grid, bottom, names[0], cells, words):
        return None
    inside = tuple(c for r in range(row, bottom) for c in grid.row(r))
    right = max(cell.right for cell in inside)
    columns = tuple(
        _column(grid, number, row, bottom, words)
        for number in range(min(c.column for c in inside), right)
    )
    return Heads(row, bottom, inside, _with_parts(columns))


def _with_parts(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Beside columns for unit or target, a column 指標 holds the name of the indicator only."""
    if not any(c.field.startswith(KPI) and c.field != f"{KPI}due" for c in columns):
        return columns
    return tuple(replace(c, field=f"{KPI}text") if c.field == KPIS else c for c in columns)


def _bottom(grid: Grid, row: int, cells: tuple[GridCell, ...], name: GridCell, words: Words) -> int:
    """The first row below the heads: merged ones reach down, others have heads alone below."""
    bottom = max(name.bottom, *(c.bottom for c in cells if c.bottom - row <= 3))
    while bottom < grid.bottom:
        below = grid.row(bottom)
        is_head = below and all(words.label(c.text) or year_head(c.text) for c in below)
        if not is_head or any(c.shares_columns(name) for c in below):
            break
        bottom = max(cell.bottom for cell in below)
    return bottom


def _has_rows(
    grid: Grid, bottom: int, name: GridCell, heads: tuple[GridCell, ...], words: Words
) -> bool:
    """Whether names stand under the head: two, or one and no label of a form after it."""
    known = {bare(head.text) for head in heads}
    rows = [c for c in grid.texts if c.row >= bottom]
    others = [c.row for c in rows if words.label(c.text) and bare(c.text) not in known]
    end = min(others, default=1 << 30)
    under = [c for c in rows if name.column <= c.column < name.right]
    names = [c for c in under if c.row < end and bare(c.text) not in known]
    if not names or names[0] is not under[0] or not sort_of(names[0], words).is_text:
        return False
    is_headed = len(names) > 1 and not sort_of(names[1], words).is_text
    return not is_headed and (not others or len(names) > 1)


def _column(grid: Grid, number: int, top: int, bottom: int, words: Words) -> Column:
    path: list[str] = []
    for row in range(top, bottom):
        cell = grid.at(row, number)
        text = cell.text
        if not text.strip() and grid.is_flat and row == top:
            text = _group(grid, row, bottom, number)
        if text.strip() and text not in path:
            path.append(text)
    years = [year for text in path if (year := year_head(text))]
    labels = [label for text in path if (label := words.label(text))]
    year = years[0] if years and years[0] else None
    return Column(number, _field(labels, year), year, path[-1] if path else "")


def _group(grid: Grid, row: int, bottom: int, number: int) -> str:
    """In a file without merged cells: the head of the group that a column belongs to."""
    if not any(grid.at(below, number).text.strip() for below in range(row + 1, bottom)):
        return ""
    before = [cell for cell in grid.row(row) if cell.column < number]
    if not before:
        return ""
    head = before[-1]
    has_own = any(grid.at(below, head.column).text.strip() for below in range(row + 1, bottom))
    return head.text if has_own else ""


def _field(labels: list[Label], year: YearWord | None) -> str:
    """The field of a column from its heads, the lowest last."""
    if not labels:
        return _TASKS if year else ""
    last = labels[-1]
    if year:
        return _yearly(labels)
    group = labels[0] if len(labels) > 1 else None
    if group and group.indicator and not group.whole and last.indicator:
        return last.indicator
    if last.whole == IGNORED and len(labels) > 1:
        return labels[-2].field
    return last.field


def _yearly(labels: list[Label]) -> str:
    last = labels[-1]
    for label in reversed(labels):
        if label.yearly:
            return label.yearly
    if last.indicator:
        return KPI + "target" if last.indicator == KPIS else last.indicator
    return last.field if last.whole not in ("", IGNORED) else _TASKS
