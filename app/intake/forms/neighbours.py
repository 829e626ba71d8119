"""Which cells are the text of a label: those right of it or those below it.

Each label has up to two candidates with a score; the best ones are given out first, and no cell
is given twice. A candidate is good if it lies along the label's whole edge and not beyond.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.intake.forms.blocks import Block
from app.intake.grid import GridCell, Place
from app.intake.words import fold

_RIGHT: Final = "right"
_BELOW: Final = "below"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Cells that may be the text of a label, with how well they fit."""

    label: GridCell
    side: str
    cells: tuple[GridCell, ...]
    score: float


def values_of(block: Block, labels: tuple[GridCell, ...], is_flat: bool) -> dict[Place, Candidate]:
    """The text cells of each label, by its place. `is_flat`: there are no merged cells to go by."""
    found = [c for label in labels for c in _candidates(block, label, is_flat)]
    sides = Counter(
        c.side
        for c in found
        if c.cells and not any(o.label == c.label and o is not c for o in found)
    )
    usual = sides.most_common(1)[0][0] if sides else _RIGHT
    ranked = sorted(found, key=lambda c: (-c.score - 0.5 * (c.side == usual), c.side == _BELOW))
    given: dict[Place, Candidate] = {}
    taken: set[Place] = set()
    for candidate in ranked:
        places = {cell.place for cell in candidate.cells}
        if candidate.label.place not in given and not places & taken:
            given[candidate.label.place] = candidate
            taken |= places
    return given


def _candidates(block: Block, label: GridCell, is_flat: bool) -> Iterator[Candidate]:
    for side, cells in ((_RIGHT, _right(block, label)), (_BELOW, _below(block, label))):
        if cells is None:
            continue
        headed = any(block.sort(cell).parts for cell in cells)
        if headed and (_fit(label, cells, side) < 3 or _is_alike(block, label, cells, side)):
            continue
        if not cells:
            yield Candidate(label, side, (), 1.5)
            continue
        fit = _fit(label, cells, side)
        if fit or is_flat:
            tinted = label.tint and all(cell.tint == label.tint for cell in cells)
            yield Candidate(label, side, cells, max(fit, 0.5) - 1.5 * bool(tinted) - headed)


def _right(block: Block, label: GridCell) -> tuple[GridCell, ...] | None:
    """The texts in the first column right of a label; () for an empty cell, None for none."""
    beside = [c for c in block.cells if c.column >= label.right and c.shares_rows(label)]
    column = min((cell.column for cell in beside), default=0)
    empty = block.grid.at(label.row, label.right)
    if (
        not empty.text.strip()
        and empty.rows * empty.columns > 1
        and empty.right <= (column or 1 << 30)
    ):
        return ()
    first = tuple(cell for cell in beside if cell.column == column)
    return first if first and all(_may_be_text(block, cell) for cell in first) else None


def _below(block: Block, label: GridCell) -> tuple[GridCell, ...] | None:
    """The texts in the row below a label; () for an empty cell, None for none."""
    under = [c for c in block.cells if c.row == label.bottom and c.shares_columns(label)]
    empty = block.grid.at(label.bottom, label.column)
    if not under:
        is_empty = not empty.text.strip() and empty.rows * empty.columns > 1
        return () if is_empty and empty.row == label.bottom else None
    return tuple(under) if all(_may_be_text(block, cell) for cell in under) else None


def _is_alike(block: Block, label: GridCell, cells: tuple[GridCell, ...], side: str) -> bool:
    """Whether cells with heads of their own stand beside a label as its equals, not its text."""
    own = block.sort(label)
    if own.year:
        return True
    for cell in cells:
        parts = block.sort(cell).parts
        is_narrow = side == _BELOW or cell.columns <= 2 * label.columns
        is_like = fold(cell.text)[:1] == fold(label.text)[:1] and len(parts) == 1
        if is_like and (is_narrow or parts[0].label == own.label):
            return True
    return False


def _may_be_text(block: Block, cell: GridCell) -> bool:
    """Whether a cell can be the text of a label. It may have heads within it, as 《背景》."""
    sort = block.sort(cell)
    return sort.is_text or bool(sort.parts)


def _fit(label: GridCell, cells: tuple[GridCell, ...], side: str) -> float:
    """3 if the cells lie along the whole edge, 2 within it, 1 if they begin with it, else 0."""
    if side == _RIGHT:
        start, end = label.row, label.bottom
        spans = [(cell.row, cell.bottom) for cell in cells]
    else:
        start, end = label.column, label.right
        spans = [(cell.column, cell.right) for cell in cells]
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    if low >= start and high <= end:
        covered = sum(e - s for s, e in spans)
        return 3.0 if covered == end - start else 2.0
    return 1.0 if low == start else 0.0
