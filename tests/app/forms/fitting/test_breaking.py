"""Where a page end cuts rows: at least two lines on either side, heads whole, nothing lost."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.fitting.breaking import Grid, GridCell, Needs, Part
from app.forms.fitting.measuring import row_heights
from app.forms.sheet import Row

LINE, PADDING = 10.0, 4.0
PAGE = 12 * LINE


def spread(rows: Sequence[Row], needs: Needs) -> list[float]:
    return row_heights(rows, needs)


def cut(grid: Grid, page: float = PAGE) -> list[tuple[Part, dict[int, tuple[int, int]]]]:
    """The parts of a grid on pages of this height, each with the lines it shows."""
    parts: list[tuple[Part, dict[int, tuple[int, int]]]] = []
    part: Part | None = grid.whole()
    while part is not None:
        heights = part.heights()
        if sum(heights) > page:
            heights = part.kept(heights, page, is_fresh=True) or []
        assert 0 < sum(heights) <= page + 0.1
        shown = part.shown(heights)
        parts.append((part, shown))
        part = part.rest(shown, len(heights))
        assert len(parts) < 200
    return parts


def spans(grid: Grid, cell: int, page: float = PAGE) -> list[tuple[int, int]]:
    """The lines of a cell on each page that shows any."""
    shown = (lines.get(cell, (0, 0)) for _, lines in cut(grid, page))
    return [(start, end) for start, end in shown if end > start]


def column(*lines: int) -> Grid:
    """A row for each number, with one text of so many lines."""
    cells = [GridCell(row, 1, count, LINE, PADDING) for row, count in enumerate(lines)]
    return Grid([Row()] * len(lines), cells, 0, spread)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_every_line_is_shown_once_and_none_stands_alone(lines: list[int]) -> None:
    grid = column(*lines)
    for cell, count in enumerate(lines):
        found = spans(grid, cell)
        assert [n for start, end in found for n in range(start, end)] == list(range(count))
        if count > 1:
            assert all(end - start >= 2 for start, end in found)


def test_one_line_too_many_takes_another_with_it_to_the_next_page() -> None:
    assert spans(column(12), 0) == [(0, 10), (10, 12)]


@pytest.mark.parametrize("above", range(1, 12))
def test_a_row_of_three_lines_stays_whole(above: int) -> None:
    assert spans(column(above, 3), 1) == [(0, 3)]


def test_a_short_text_beside_a_cut_one_stays_whole() -> None:
    cells = [GridCell(0, 1, 30, LINE, PADDING), GridCell(0, 1, 3, LINE, PADDING)]
    grid = Grid([Row()], cells, 0, spread)
    assert spans(grid, 1) == [(0, 3)]
    assert len(spans(grid, 0)) == 3


def test_a_row_that_must_stay_together_is_cut_only_where_a_page_cannot_hold_it() -> None:
    cells = [GridCell(row, 1, count, LINE, PADDING) for row, count in enumerate((5, 8, 30))]
    grid = Grid([Row(group=n) for n in range(3)], cells, 0, spread)
    assert spans(grid, 1) == [(0, 8)]
    assert len(spans(grid, 2)) > 1


def test_heads_are_printed_again_and_a_merged_one_is_whole_on_each_page() -> None:
    cells = [GridCell(0, 1, 1, LINE, PADDING, head=True)]
    cells += [GridCell(row, 1, 1, LINE, PADDING) for row in range(1, 13)]
    cells.append(GridCell(1, 12, 4, LINE, PADDING, head=True))
    grid = Grid([Row(head=True), *[Row(group=n) for n in range(12)]], cells, 1, spread, grows=True)
    parts = cut(grid)
    assert len(parts) == 2
    for _, shown in parts:
        assert shown[0] == (0, 1)
        assert shown[len(cells) - 1] == (0, 4)


def test_of_a_merged_head_no_single_row_is_left_at_the_foot() -> None:
    cells = [GridCell(row, 1, 1, LINE, PADDING) for row in range(12)]
    for first, count in ((0, 7), (7, 5)):
        cells.append(GridCell(first, count, 1, LINE, PADDING, head=True))
    rows = [Row(group=n) for n in range(12)]
    (first, *_), grid = cut(Grid(rows, cells, 0, spread, grows=True)), rows
    assert len(first[1]) - 1 == 7, grid
