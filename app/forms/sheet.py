"""`Sheet` (個票): one initiative laid into its form's grid, every cell resolved.

Nothing is measured here. The screen, the PDF and the Excel sheet draw the same Sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, lcm

from app.forms.fields import (
    PILLARS,
    KpiRecord,
    Record,
    Target,
    YearRecord,
    derived_text,
    filled_pieces,
    printed_value,
    record_words,
    sheet_words,
    target_of,
)
from app.forms.form import REPEATED, Band, CellSpec, Form
from app.plan.entities import Initiative
from app.plan.periods.terms import current_term
from app.plan.plan import Plan

# What stands at one place of a band's grid: a cell name and the record it repeats.
_Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a block: rows [row, row+rows) and columns [column, column+columns).

    `head` cells hold a label, others a field; `joined` means that its own label stands
    right above without a line between. `target` is None for what cannot be typed.
    """

    spec: CellSpec
    row: int
    column: int
    rows: int
    columns: int
    text: str
    head: bool = False
    bold: bool = False
    tinted: bool = False
    joined: bool = False
    target: Target | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block. Rows of one `group` (not None) stay together; `minimum` is mm."""

    head: bool = False
    group: int | None = None
    minimum: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """A band with its cells resolved. `edges` are column borders from 0 to 1."""

    edges: tuple[float, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One initiative on its form: what stands above, and the blocks from top to bottom."""

    form: Form
    initiative: str
    number: str
    above: str
    badge: str
    blocks: tuple[Block, ...]
    above_center: str = ""
    above_right: str = ""

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells of all blocks."""
        return (cell for block in self.blocks for cell in block.cells)


def fill(form: Form, plan: Plan, initiative: Initiative) -> Sheet:
    """Lay an initiative into its form."""
    words = sheet_words(plan, initiative)
    filler = _Filler(form, plan, initiative, words)
    above = form.above
    return Sheet(
        form=form,
        initiative=initiative.id,
        number=initiative.number or "",
        above=filled_pieces(above.left, words),
        badge=filled_pieces((above.badge,), words) if above.badge else "",
        blocks=tuple(filler.blocks()),
        above_center=filled_pieces(above.center, words),
        above_right=filled_pieces(above.right, words),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell name with its record and its rectangle in the band's own rows and columns."""

    spec: CellSpec
    record: Record | None
    words: Mapping[str, str]
    row: int
    column: int
    rows: int
    columns: int


class _Filler:
    """Builds the blocks of one sheet."""

    def __init__(
        self, form: Form, plan: Plan, initiative: Initiative, words: dict[str, str]
    ) -> None:
        self._form, self._plan, self._initiative, self._words = form, plan, initiative, words

    def blocks(self) -> Iterator[Block]:
        """The blocks of all bands; a band with more years than fit a page gives several."""
        for band in self._form.bands:
            if band.over and not band.down:
                chunks = _chunks(self._records(band), self._form.years.most)
                for number, chunk in enumerate(chunks):
                    shown = _without_said(band, self._form.cells) if number else band
                    yield from self._block(shown, chunk)
            else:
                yield from self._block(band, self._records(band))

    def _records(self, band: Band) -> list[Record]:
        if band.over == "kpis":
            kpis = self._plan.kpis.under(self._initiative.id)
            return [KpiRecord(kpi) for kpi in kpis] or ([] if band.omit_empty else [KpiRecord()])
        if band.over == "years":
            return list(self._years())
        return []

    def _years(self) -> list[YearRecord]:
        setup, profile = self._form.years, self._plan.profile
        own = self._plan.years.under(self._initiative.id)
        if setup.own:
            return [YearRecord(year.fiscal_year, year) for year in own]
        term = current_term(profile)
        end = profile.first_fiscal_year + sum(profile.term_years)
        wanted = range(term.years.start, min(term.years.stop + setup.ahead, end)) if term else ()
        records = [
            YearRecord(year.fiscal_year, year)
            for year in own
            if year.fiscal_year in wanted or any(text.strip() for text in year.texts.values())
        ]
        there = {record.fiscal_year for record in records}
        records += [YearRecord(year) for year in wanted if year not in there]
        return sorted(records, key=lambda record: record.fiscal_year)

    def _block(self, band: Band, records: Sequence[Record]) -> Iterator[Block]:
        grid, shares = _grid(band, len(records))
        if not grid or not grid[0]:
            return
        words = [{**self._words, **record_words(self._plan, record)} for record in records]
        places = [
            _Place(
                self._form.cells[name],
                None if n is None else records[n],
                self._words if n is None else words[n],
                *rectangle,
            )
            for (name, n), rectangle in _rectangles(self._merged(grid, words))
        ]
        splits = [self._split(places, row) for row in range(len(grid))]
        first = [sum(splits[:row]) for row in range(len(grid) + 1)]
        cells = tuple(cell for place in places for cell in self._cells(place, first))
        if band.omit_empty and not any(cell.text.strip() for cell in cells if not cell.head):
            return
        rows = tuple(_rows(splits, places, cells, band.height))
        yield Block(_edges(shares), rows, cells, band.header)

    def _merged(
        self, grid: list[list[_Key]], words: Sequence[Mapping[str, str]]
    ) -> list[list[_Key]]:
        """Give labels that span a term, or all records, the key of the first one they span."""
        terms = [word.get("term", "") for word in words]
        first = {
            "": list(range(len(words))),
            "term": [terms.index(term) for term in terms],
            "all": [0] * len(words),
        }
        return [
            [(name, n if n is None else first[self._form.cells[name].per][n]) for name, n in row]
            for row in grid
        ]

    def _split(self, places: Sequence[_Place], row: int) -> int:
        """Into how many rows of the block a row of the band is split."""
        starting = [place.spec for place in places if place.row == row]
        parts = [self._parts(spec) for spec in starting]
        labelled = any(spec.label and spec.field for spec in starting)
        return 2 if labelled else lcm(*parts) if parts else 1

    def _parts(self, spec: CellSpec) -> int:
        return max(1, len(self._plan.pillars)) if spec.field == PILLARS else len(spec.stack) or 1

    def _cells(self, place: _Place, first: list[int]) -> Iterator[Cell]:
        top, bottom = first[place.row], first[place.row + place.rows]
        spec = place.spec
        if spec.field == PILLARS:
            yield from self._pillar_cells(place, top, bottom)
        elif spec.stack:
            for part, (start, end) in zip(
                spec.stack, _shares(top, bottom, len(spec.stack)), strict=True
            ):
                yield self._single_cell(self._form.cells[part], place, start, end)
        elif spec.label and spec.field:
            yield self._label_cell(spec, place, top, top + 1)
            yield self._field_cell(spec, place, top + 1, bottom, joined=True)
        else:
            yield self._single_cell(spec, place, top, bottom)

    def _single_cell(self, spec: CellSpec, place: _Place, top: int, bottom: int) -> Cell:
        cell = self._field_cell if spec.field else self._label_cell
        return cell(spec, place, top, bottom)

    def _label_cell(self, spec: CellSpec, place: _Place, top: int, bottom: int) -> Cell:
        return Cell(
            spec, top, place.column, bottom - top, place.columns,
            text=filled_pieces((spec.label,), place.words),
            head=True,
            bold=spec.bold or bool(spec.field),
            tinted=spec.tinted,
        )  # fmt: skip

    def _field_cell(
        self, spec: CellSpec, place: _Place, top: int, bottom: int, joined: bool = False
    ) -> Cell:
        text = derived_text(self._plan, self._initiative, spec, place.record)
        target = None
        if text is None:
            target = target_of(self._plan, self._initiative, spec.field, place.record)
            entity = self._plan.find(target.kind, target.id)
            text = printed_value(entity.get(target.field), spec.item) if entity else ""
        return Cell(
            spec, top, place.column, bottom - top, place.columns,
            text=text, bold=spec.bold, tinted=spec.tinted and not joined, joined=joined,
            target=target, choices=self._choices(spec),
        )  # fmt: skip

    def _choices(self, spec: CellSpec) -> tuple[str, ...]:
        if isinstance(spec.choices, tuple):
            return spec.choices
        choices: tuple[str, ...] = getattr(self._plan.profile, spec.choices)
        return choices

    def _pillar_cells(self, place: _Place, top: int, bottom: int) -> Iterator[Cell]:
        pillars = self._plan.pillars.under()
        home = self._plan.home_pillar(self._initiative)
        if not pillars:
            yield Cell(place.spec, top, place.column, bottom - top, place.columns, text="")
        for pillar, (start, end) in zip(pillars, _shares(top, bottom, len(pillars)), strict=True):
            is_home = pillar is home
            yield Cell(
                place.spec, start, place.column, end - start, place.columns,
                text=pillar.name, bold=is_home, tinted=is_home,
            )  # fmt: skip


def _chunks(records: Sequence[Record], most: int) -> list[Sequence[Record]]:
    """The records in even runs of at most `most`; one empty run where there are none."""
    count = ceil(len(records) / most) or 1
    bounds = [round(len(records) * n / count) for n in range(count + 1)]
    return [records[low:high] for low, high in pairwise(bounds)]


def _without_said(band: Band, cells: Mapping[str, CellSpec]) -> Band:
    """The band for a later run of years: what stood beside the first run is said already.

    Columns of labels stay, for the rows they name go on.
    """
    kept = [
        n
        for n in range(len(band.columns))
        if all(
            row[n].endswith(REPEATED) or not (cells[row[n]].field or cells[row[n]].stack)
            for row in band.rows
        )
    ]
    return Band(
        columns=tuple(band.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in band.rows),
        over=band.over,
    )


def _grid(band: Band, count: int) -> tuple[list[list[_Key]], list[float]]:
    """The band's names with its repeated ones written out, and the shares of its columns."""
    if not band.over:
        return [[(name, None) for name in row] for row in band.rows], list(band.columns)
    if band.down:
        return [row for run in _runs(band) for row in _repeated(run, count)], list(band.columns)
    starred = [n for n, name in enumerate(band.rows[0]) if name.endswith(REPEATED)]
    order: list[tuple[int, int]] = [(c, 0) for c in range(starred[0])]
    order += [(c, n) for n in range(count) for c in starred]
    order += [(c, 0) for c in range(starred[-1] + 1, len(band.columns))]
    shares = [band.columns[c] / (count if c in starred else 1) for c, _ in order]
    return [[_key(row[c], n) for c, n in order] for row in band.rows], shares


def _runs(band: Band) -> list[list[tuple[str, ...]]]:
    """The rows of a band that repeats downwards: those that repeat together in one run."""
    grouped = groupby(band.rows, lambda row: any(name.endswith(REPEATED) for name in row))
    return [list(rows) for _, rows in grouped]


def _repeated(run: list[tuple[str, ...]], count: int) -> list[list[_Key]]:
    repeats = any(name.endswith(REPEATED) for name in run[0])
    return [[_key(name, n) for name in row] for n in range(count if repeats else 1) for row in run]


def _key(name: str, record: int) -> _Key:
    if name.endswith(REPEATED):
        return name.removesuffix(REPEATED), record
    return name, None


def _rectangles(grid: list[list[_Key]]) -> Iterator[tuple[_Key, tuple[int, int, int, int]]]:
    spots: dict[_Key, list[tuple[int, int]]] = {}
    for r, row in enumerate(grid):
        for c, key in enumerate(row):
            spots.setdefault(key, []).append((r, c))
    for key, places in spots.items():
        top, left = places[0]
        bottom, right = places[-1]
        yield key, (top, left, bottom - top + 1, right - left + 1)


def _shares(top: int, bottom: int, parts: int) -> list[tuple[int, int]]:
    """[top, bottom) cut into `parts` even runs."""
    bounds = [top + round((bottom - top) * n / parts) for n in range(parts + 1)] if parts else []
    return list(pairwise(bounds))


def _edges(shares: Sequence[float]) -> tuple[float, ...]:
    total, edges = sum(shares), [0.0]
    for share in shares:
        edges.append(edges[-1] + share / total)
    return (*edges[:-1], 1.0)


def _rows(
    splits: Sequence[int], places: Sequence[_Place], cells: Sequence[Cell], height: float
) -> Iterator[Row]:
    number = 0
    for band_row, split in enumerate(splits):
        starting = [place.spec for place in places if place.row == band_row]
        stacked = split > 1 and not any(spec.label and spec.field for spec in starting)
        for _ in range(split):
            alone = [cell for cell in cells if cell.row == number and cell.rows == 1]
            yield Row(
                head=bool(alone) and all(cell.head for cell in alone),
                group=band_row if stacked else None,
                minimum=height / split,
            )
            number += 1
