"""One form of a grid read as one initiative: labels, and the texts that belong to them."""

from collections.abc import Iterator

from app.intake.forms.blocks import Block, Sort
from app.intake.forms.indicator_tables import IndicatorTable, indicator_tables
from app.intake.forms.neighbours import Candidate, values_of
from app.intake.forms.year_places import governing_field, year_above, year_of, years_beside
from app.intake.forms.year_values import parted_by_year
from app.intake.found import Draft, Value
from app.intake.grid import GridCell, Place
from app.intake.words import IGNORED, KPI, KPIS, NAME, TEXTS, YEARS, Label, Words
from app.intake.year_words import YearWord

_TASKS = YEARS + "tasks"


class FormReading:
    """Reads a block. `values` and `labels` are what was found, `taken` the places of both."""

    def __init__(self, block: Block, words: Words, overrides: dict[Place, str]) -> None:
        """Read the block; `overrides` are fields that a person gave to cells, "" for none."""
        self.values: list[Value] = []
        self.labels: list[tuple[GridCell, str]] = []
        self.taken: set[Place] = set()
        self._block, self._words, self._overrides = block, words, overrides
        self._read()

    @property
    def draft(self) -> Draft:
        """The initiative, its values in reading order."""
        cells = self._block.cells
        corner = cells[0].row, min(cell.column for cell in cells)
        values = sorted(self.values, key=lambda v: (v.cell.place, v.line))
        return Draft(tuple(parted_by_year(values)), corner=corner)

    def _read(self) -> None:
        block = self._block
        for cell in block.cells:
            self._override(cell)
        for cell in block.cells:
            self._read_head(cell)
        for table in indicator_tables(block):
            self._read_indicators(table)
        heads = tuple(c for c in (*block.labels, *block.years) if c.place not in self.taken)
        given = values_of(block, heads, block.grid.is_flat)
        years = {cell.place: year_of(self._block, cell) for cell in block.labels}
        for cell in block.labels:
            self._read_matrix(cell, years[cell.place])
        for cell in block.labels:
            self._read_label(cell, given.get(cell.place), years[cell.place])
        for cell in (year for year in block.years if year.place not in self.taken):
            self._read_year(cell, given.get(cell.place))
        for cell in block.cells:
            self._read_parts(cell)
        for cell in block.cells:
            self._adopt(cell)

    def _override(self, cell: GridCell) -> None:
        name = self._overrides.get(cell.place)
        if name:
            year = year_above(self._block, cell) if name.startswith(YEARS) else None
            self._put(name, cell, cell.text, year)

    def _read_head(self, cell: GridCell) -> None:
        """The line above the form."""
        head = self._block.sort(cell).head
        if head:
            for name, text in (
                ("number", head.number), ("pillar", head.pillar),
                ("category", head.category), ("new_label", head.badge),
            ):  # fmt: skip
                if text:
                    self._put(name, cell, text, is_home=True)

    def _read_indicators(self, table: IndicatorTable) -> None:
        for head in table.heads:
            self._label(head.cell, head.field)
        for cell, head in table.cells:
            self._put(head.field, cell, cell.text, head.year, line=cell.row)

    def _read_matrix(self, cell: GridCell, year: YearWord | None) -> None:
        """A label beside a row of texts under years, or above a column of texts right of years."""
        label = self._block.sort(cell).label
        if year or label is None or not label.yearly:
            return
        found = [
            (text, year_cell)
            for year_cell, is_across in years_beside(self._block, cell)
            for text in self._free_texts()
            if _meets(text, cell, year_cell, is_across)
        ]
        if found:
            self._label(cell, label.yearly)
        for text, year_cell in found:
            self._put(label.yearly, text, text.text, self._block.sort(year_cell).year)

    def _read_label(
        self, cell: GridCell, candidate: Candidate | None, year: YearWord | None
    ) -> None:
        label = self._block.sort(cell).label
        if cell.place in self.taken or label is None:
            return
        name = self._meaning(cell, label, year)
        cells = [c for c in (candidate.cells if candidate else ()) if c.place not in self.taken]
        if not name or (name == "new_label" and not all(_says_new(c, self._words) for c in cells)):
            return
        self._label(cell, name)
        if name == IGNORED:
            return
        is_right = candidate is not None and candidate.side == "right"
        if is_right and name in (KPIS, "departments"):
            cells = self._rows_of(cell)
        if name == "pillar" and len(cells) > 1:
            self._put_pillars(cells)
        elif name == "status":
            self._put_status(cells)
        else:
            for n, text in enumerate(cells):
                self._put(name, text, text.text, year, line=text.row if name == KPIS else n)

    def _meaning(self, cell: GridCell, label: Label, year: YearWord | None) -> str:
        """The field of a label where it stands: of the year above it, or of the whole."""
        if cell.place in self._overrides:
            return self._overrides[cell.place]
        if year and label.yearly:
            return label.yearly
        if label.indicator and self._is_among_indicators(cell):
            return KPI + "text" if label.indicator == KPIS else label.indicator
        return label.field

    def _is_among_indicators(self, cell: GridCell) -> bool:
        """Whether other heads in its row are parts of indicators, and only that."""
        beside = [self._block.sort(c).label for c in self._block.labels if c.row == cell.row]
        only = [b for b in beside if b and b.indicator.startswith("kpi.") and not b.whole]
        return bool(only)

    def _rows_of(self, label: GridCell) -> list[GridCell]:
        """All texts right of a label in its rows, up to the next label."""
        beside = [c for c in self._block.cells if c.column >= label.right and c.shares_rows(label)]
        ends = (
            c.column for c in beside
            if not self._block.sort(c).is_text or (label.tint and c.tint == label.tint)
        )  # fmt: skip
        end = min(ends, default=1 << 30)
        return [c for c in beside if c.column < end and c.place not in self.taken]

    def _put_pillars(self, cells: list[GridCell]) -> None:
        """All pillars are printed on each form; the one of the initiative is shaded or marked."""
        plain = [cell for cell in cells if not cell.tint]
        shaded = [cell for cell in cells if cell.tint]
        home = shaded if len(shaded) == 1 else plain if len(plain) == 1 and len(cells) > 2 else []
        for cell in cells:
            marked = self._words.mark(cell.text[:1]) == "start" or cell.text[:1] in "☑✓✔レ"
            text = cell.text[1:].strip() if marked or cell.text[:1] in "□☐○" else cell.text
            self._put("pillar", cell, text, is_home=cell in home or marked)

    def _put_status(self, cells: list[GridCell]) -> None:
        """A status and, below it, what is to be said of it."""
        for n, cell in enumerate(cells):
            first, _, rest = cell.text.strip().partition("\n")
            self._put("status_note" if n else "status", cell, cell.text if n else first)
            if rest and not n:
                self._put("status_note", cell, rest)

    def _read_year(self, cell: GridCell, candidate: Candidate | None) -> None:
        """A year with a text of its own, and the label that governs it (工程表)."""
        year = self._block.sort(cell).year
        self.labels.append((cell, ""))
        self.taken.add(cell.place)
        texts = [c for c in (candidate.cells if candidate else ()) if c.place not in self.taken]
        name = governing_field(self._block, cell) or _TASKS
        for text in texts:
            is_mark = self._words.mark(text.text) is not None
            self._put(YEARS + "mark" if is_mark else name, text, text.text, year)

    def _read_parts(self, cell: GridCell) -> None:
        """A cell that bears its own labels, and 新規掲載 on its own."""
        if cell.place in self.taken:
            return
        if self._words.badge(cell.text):
            self._put("new_label", cell, cell.text)
        for part in self._block.sort(cell).parts:
            year = year_above(self._block, cell) or year_of(self._block, cell)
            name = self._meaning(cell, part.label, year)
            if name == "status":
                self._put_status([_with_text(cell, part.text)])
            elif name and name != IGNORED:
                self._put(name, cell, part.text, year if name.startswith(YEARS) else None)
            self._label(cell, name)

    def _adopt(self, cell: GridCell) -> None:
        """A text right under a text or label of the same width goes on with it."""
        if cell.place in self.taken or not self._block.sort(cell).is_text:
            return
        above = self._block.grid.at(cell.row - 1, cell.column)
        if (above.column, above.right) != (cell.column, cell.right):
            return
        if any(c.right <= cell.column and c.shares_rows(cell) for c in self._free_texts()):
            # It has a head of its own, in words that are not known.
            return
        before = [v for v in self.values if v.cell.place == above.place]
        name = before[-1].field if before else ""
        if name.startswith((TEXTS, YEARS)) or name in ("desired_states", "departments", KPIS):
            self._put(name, cell, cell.text, before[-1].year, line=cell.row)
        elif name in self._words.long:
            self._put(f"{name}_note", cell, cell.text)

    def _free_texts(self) -> Iterator[GridCell]:
        return (
            c
            for c in self._block.cells
            if c.place not in self.taken and self._block.sort(c).is_text
        )

    def _label(self, cell: GridCell, name: str) -> None:
        self.labels.append((cell, name))
        self.taken.add(cell.place)

    def _put(
        self, name: str, cell: GridCell, text: str, year: YearWord | None = None,
        line: int = 0, is_home: bool = False,
    ) -> None:  # fmt: skip
        self.taken.add(cell.place)
        if self._overrides.get(cell.place, name) != "":
            self.values.append(Value(name, text, self._block.grid, cell, year, line, is_home))


def _says_new(cell: GridCell, words: Words) -> bool:
    return words.badge(cell.text) or "継続" in cell.text


def _meets(text: GridCell, label: GridCell, year: GridCell, is_across: bool) -> bool:
    """Whether a text lies in the row of the one and the column of the other."""
    row, column = (label, year) if is_across else (year, label)
    is_under = column.column <= text.column < column.right
    return text.shares_rows(row) and is_under and (text.right <= column.right or not is_across)


def _with_text(cell: GridCell, text: str) -> GridCell:
    return GridCell(cell.row, cell.column, text, cell.rows, cell.columns, cell.tint)


def is_named(draft: Draft, words: Words) -> bool:
    """Whether a form has been filled in."""
    name = draft.text(NAME)
    return bool(name) and not words.is_placeholder(name)


__all__ = ["FormReading", "Sort", "is_named"]
