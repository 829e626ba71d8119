"""Reading the tables `[index]` and `[guide]` of a form file."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn, Protocol

from app.forms.index_style import (
    ABOVE,
    INDEX_FIELDS,
    INDEX_WORDS,
    Guide,
    IndexColumn,
    IndexStyle,
)

_MOST_COLUMNS: Final = 20
# Numbers (inclusive) that give a table one can read; lengths mm, sizes pt.
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "ahead": (0, 10), "size": (7, 16), "width": (0, 200),
}  # fmt: skip


class Fail(Protocol):
    """Says what is wrong at a key of a section, and does not come back."""

    def __call__(self, what: str, section: str, key: str) -> NoReturn:
        """Raise KeikakuError."""


def read_index(table: Mapping[str, Any], fail: Fail) -> IndexStyle:
    """The index style of a form file; what it does not say is as usual."""
    values = dict(table)
    _require_known(IndexStyle, values, "index", fail)
    columns = values.pop("column", None)
    if columns is not None:
        if not isinstance(columns, list) or not 1 <= len(columns) <= _MOST_COLUMNS:
            fail("列（[[index.column]]）は1つから20です", "index", "column")
        values["columns"] = tuple(_column(column, fail) for column in columns)
    style = IndexStyle(**values)
    shown = [column.field for column in style.columns]
    if len(set(shown)) < len(shown) or not {"name", "page"} <= set(shown):
        fail("name と page の列が要り、同じ列は1つだけです", "index", "column")
    return style


def read_guides(
    table: Mapping[str, Any], cells: Mapping[str, object], fail: Fail
) -> tuple[Guide, ...]:
    """What the cells of a form hold, in the words of its file."""
    for cell, text in table.items():
        if not isinstance(text, str) or (cell not in cells and cell != ABOVE):
            fail(f"「{cell}」というセルがないか、説明が文章ではありません", "guide", cell)
    return tuple(Guide(cell, text) for cell, text in table.items())


def _column(column: Any, fail: Fail) -> IndexColumn:
    if not isinstance(column, dict) or not {"field", "head"} <= set(column):
        fail("列には field と head が必要です", "index.column", "field")
    _require_known(IndexColumn, column, "index.column", fail)
    if column["field"] not in INDEX_FIELDS:
        fail(f"field は {'・'.join(INDEX_FIELDS)} のどれかです", "index.column", "field")
    return IndexColumn(**column)


def _require_known(cls: Any, values: Mapping[str, Any], section: str, fail: Fail) -> None:
    """Every key is a field of the class, and every value of the type of its default."""
    fields = {field.name: field for field in dataclasses.fields(cls)}
    for key, value in values.items():
        if key == "column" and section == "index":
            continue
        if key not in fields or key == "columns":
            fail(f"「{key}」という項目はありません", section, key)
        _require_fit(fields[key].type, key, value, section, fail)


def _require_fit(type_: Any, key: str, value: Any, section: str, fail: Fail) -> None:
    kinds: Any = {str: str, bool: bool, int: int, float: (int, float)}[type_]
    if not isinstance(value, kinds) or (isinstance(value, bool) and type_ is not bool):
        fail(f"「{key}」の値の種類が違います", section, key)
    low, high = _RANGES.get(key, (0, 0))
    if key in _RANGES and not low <= value <= high:
        fail(f"「{key}」は {low:g} から {high:g} です", section, key)
    if isinstance(value, str) and key != "field":
        for word in re.findall(r"\{(\w+)\}", value):
            if word not in INDEX_WORDS:
                fail(f"{{{word}}} という言葉はありません", section, key)
