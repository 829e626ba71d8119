"""A grid read whole: as a list, as forms, or as neither; and all grids of a city together."""

from collections.abc import Iterable
from itertools import pairwise

from app.intake.cell_map import NO_MAP, CellMap
from app.intake.forms.blocks import Block, Sort, blocks, fields_of, sort_of
from app.intake.forms.form_reading import FormReading, is_named
from app.intake.found import Doubt, Draft, GridReading, Leftover, Value, left_over
from app.intake.grid import Grid, GridCell, Place
from app.intake.lists.list_heads import find_heads
from app.intake.lists.list_reading import ListReading
from app.intake.words import NAME, Words, bare


def read_grid(grid: Grid, words: Words, cell_map: CellMap = NO_MAP) -> GridReading:
    """What a grid says. Each of its texts is a label, a value or a leftover of the answer."""
    words = words.with_added(cell_map.labels)
    if why := _passed(grid, words):
        return _passed_over(grid, why)
    found = _Found(grid, words, cell_map)
    found.read()
    return found.reading()


class _Found:
    """Collects what is found in a grid, in its lists first and then in what is left of it."""

    def __init__(self, grid: Grid, words: Words, cell_map: CellMap) -> None:
        self._grid, self._words = grid, words
        self._overrides = cell_map.cells_of(grid.title)
        self._drafts: list[Draft] = []
        self._labels: list[tuple[GridCell, str]] = []
        self._facts: list[Value] = []
        self._taken: set[Place] = set()
        self._passed: list[Leftover] = []

    def read(self) -> None:
        """Read the grid."""
        rest = self._read_lists()
        for block in blocks(self._grid, rest, self._words):
            if self._is_example(block):
                continue
            form = FormReading(block, self._words, self._overrides)
            self._labels += form.labels
            if is_named(form.draft, self._words):
                self._drafts.append(form.draft)
                self._taken |= form.taken
            else:
                self._taken |= {cell.place for cell, _ in form.labels}

    def _is_example(self, block: Block) -> bool:
        """Whether a form, or a line right above it, says that it is an example."""
        top = block.cells[0].row
        name = next((c.row for c in block.cells if NAME in fields_of(block.sort(c))), top)
        return any(
            _says_example(cell.text, self._words)
            for row in range(top - 2, name + 1) for cell in self._grid.row(row)
        )  # fmt: skip

    def _read_lists(self) -> tuple[GridCell, ...]:
        """Read all lists; gives the cells that stand outside of their rows."""
        heads = list(find_heads(self._grid, self._words))
        start = 1
        rows: set[int] = set()
        for one, after in pairwise([*heads, None]):
            if one is None:
                continue
            end = min(after.top if after else self._grid.bottom, self._first_form(one.bottom))
            read = ListReading(self._grid, one, start, end, self._words)
            self._drafts += read.drafts
            self._labels += read.labels
            self._facts += read.facts
            self._taken |= read.taken
            last = max((d.values[-1].cell.bottom for d in read.drafts), default=one.bottom)
            rows.update(range(one.top, last))
            start = last
        return tuple(
            c for c in self._grid.texts if c.row not in rows and c.place not in self._taken
        )

    def _first_form(self, row: int) -> int:
        """The first row from one on where a form begins."""
        return min(
            (
                cell.row for cell in self._grid.texts
                if cell.row >= row and _begins_form(sort_of(cell, self._words))
            ),
            default=1 << 30,
        )  # fmt: skip

    def reading(self) -> GridReading:
        """What was found."""
        rest = left_over(self._grid, self._grid.texts, self._taken)
        notes = tuple(Leftover(self._grid, note, "セルの外の文") for note in self._grid.notes)
        doubts = tuple(self._doubts())
        return GridReading(
            self._grid, tuple(self._drafts), tuple(self._labels), rest + notes, doubts,
            tuple(self._facts),
        )  # fmt: skip

    def _doubts(self) -> Iterable[Doubt]:
        for draft in self._drafts:
            for value in draft.values:
                if value.cell.remark:
                    yield Doubt(f"{value.cell.remark}。", (value.place,), value.text)


def _says_example(text: str, words: Words) -> bool:
    plain = bare(text)
    return len(plain) <= 40 and any(plain.startswith(word) for word in words.skipped["examples"])


def _begins_form(sort: Sort) -> bool:
    return bool(sort.head) or NAME in fields_of(sort)


def _passed(grid: Grid, words: Words) -> str:
    """Why a grid is left out, "" if it is not."""
    if grid.is_hidden:
        return "隠れているシート"
    if words.is_skipped("examples", grid.title) or words.is_skipped("templates", grid.title):
        return "記入例や様式のシート"
    if words.is_skipped("outdated", grid.title):
        return "古い版や写しのシート"
    return "" if grid.texts or grid.notes else "何も書かれていないシート"


def _passed_over(grid: Grid, why: str) -> GridReading:
    cells = (*grid.texts, *grid.notes)
    return GridReading(grid, leftovers=left_over(grid, cells, set(), why), passed=why)
