"""What a person said about the cells of a document: fields given and taken away, as data.

A map is made on one document and used on the next ones of the same kind. What was said of a
text with a label beside it is kept by the words of the label, since rows move; what has no
label is kept by its place.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from app.errors import KeikakuError
from app.intake.found import GridReading
from app.intake.grid import GridCell, Place
from app.intake.words import bare

FORMAT: Final = "keikaku-intake-map"
VERSION: Final = 1
_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CellMap:
    """Fields by label (folded) and by cell. "" is the field of what is to be left out.

    `cells` go for every worksheet. `name` is what a person calls the map.
    """

    labels: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    cells: Mapping[Place, str] = field(default_factory=lambda: _NOTHING)
    name: str = ""

    def cells_of(self, title: str) -> dict[Place, str]:
        """The fields of single cells of a worksheet."""
        return dict(self.cells)

    def with_label(self, text: str, name: str) -> "CellMap":
        """The same map; a text is now the label of a field, or of none for ""."""
        return replace(self, labels={**self.labels, bare(text): name})

    def with_cell(self, cell: GridCell, name: str) -> "CellMap":
        """The same map; the text of a cell now belongs to a field, or to none for ""."""
        return replace(self, cells={**self.cells, cell.place: name})


NO_MAP: Final = CellMap()


def assigned(cell_map: CellMap, reading: GridReading, cell: GridCell, name: str) -> CellMap:
    """The map after a click: the cell is given a field, by its label if it has one.

    In a list the label is the head of its column; in a form the short text left of the cell in its
    row, or else above it.
    """
    grid, heads = reading.grid, {label.row for label, _ in reading.labels}
    if any(draft.is_row for draft in reading.drafts):
        above_it = [c for c in grid.texts if c.row in heads and c.shares_columns(cell)]
        return cell_map.with_label(above_it[-1].text if above_it else cell.text, name)
    beside = grid.at(cell.row, cell.column - 1) if cell.column > 1 else None
    above = grid.at(cell.row - 1, cell.column) if cell.row > 1 else None
    for label in (beside, above):
        if label and 0 < len(bare(label.text)) <= 20 and len(label.text) < max(len(cell.text), 8):
            return cell_map.with_label(label.text, name)
    return cell_map.with_cell(cell, name)


def map_text(cell_map: CellMap) -> str:
    """The map as JSON, to be kept in a plan or a file."""
    cells = {f"{row},{column}": name for (row, column), name in cell_map.cells.items()}
    data = {
        "format": FORMAT, "version": VERSION, "name": cell_map.name,
        "labels": dict(cell_map.labels), "cells": cells,
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1)


def read_map(text: str, name: str) -> CellMap:
    """The map of a JSON text from the file called `name`. Raises KeikakuError if it is none."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise ValueError(data["format"])
        labels = {bare(str(k)): str(v) for k, v in data.get("labels", {}).items()}
        cells = {_place(k): str(v) for k, v in data.get("cells", {}).items()}
        return CellMap(labels, cells, str(data.get("name", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeikakuError(
            f"「{name}」は欄の対応表として読めません。計画は変わっていません。"
            "計画カンバンで保存した対応表を選んでください。"
        ) from error


def _place(text: str) -> Place:
    row, _, column = text.partition(",")
    return int(row), int(column)
