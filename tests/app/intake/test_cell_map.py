"""What a person says of cells: by the label beside them or by their place, kept as data."""

import pytest

from app.errors import KeikakuError
from app.intake.cell_map import NO_MAP, CellMap, assigned, map_text, read_map
from app.intake.found import GridReading
from app.intake.grid import Grid
from app.intake.intake import Intake, understood
from app.intake.reading import read_grid
from tests.app.intake.grids import Rows, grid, left, only, words

ROWS: Rows = [
    ["事業名*", "図書の配達"],
    ["担当課*", "図書係"],
    ["概要*", "配る。"],
    ["ひとこと*", "みんなで本を届けます。"],
    ["", ""],
    ["職員の手書きの一文がここにあります。", "<"],
]


def reading(grid: Grid) -> GridReading:
    """What is understood of a grid by the usual words."""
    return read_grid(grid, words())


def read(document: Grid, cell_map: CellMap) -> Intake:
    return understood([document], words(), cell_map=cell_map)


def test_a_click_on_a_text_is_kept_by_its_label_and_holds_where_rows_moved() -> None:
    document = grid(ROWS)
    cell_map = assigned(NO_MAP, reading(document), document.at(4, 2), "texts.background")
    assert only(read(document, cell_map))["background"] == "みんなで本を届けます。"
    moved = grid([["No.", "4"], *ROWS[:1], ["", ""], *ROWS[1:]])
    assert only(read(moved, cell_map))["background"] == "みんなで本を届けます。"


def test_a_text_without_a_label_is_kept_by_its_place() -> None:
    document = grid(ROWS)
    cell_map = assigned(NO_MAP, reading(document), document.at(6, 1), "texts.remarks")
    intake = read(document, cell_map)
    assert only(intake)["remarks"] == "職員の手書きの一文がここにあります。"
    assert left(intake) == ["ひとこと", "みんなで本を届けます。"]


def test_a_field_can_be_taken_away() -> None:
    document = grid(ROWS)
    cell_map = assigned(NO_MAP, reading(document), document.at(2, 2), "")
    intake = read(document, cell_map)
    assert "departments" not in only(intake)
    assert "図書係" in left(intake)


def test_a_map_goes_through_its_file_unchanged() -> None:
    document = grid(ROWS)
    cell_map = assigned(NO_MAP, reading(document), document.at(4, 2), "texts.background")
    cell_map = assigned(cell_map, reading(document), document.at(6, 1), "")
    assert read_map(map_text(cell_map), "対応表.json") == cell_map


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x", "version": 1}'])
def test_a_file_that_is_no_map_is_refused(text: str) -> None:
    with pytest.raises(KeikakuError, match="欄の対応表として読めません"):
        read_map(text, "対応表.json")
