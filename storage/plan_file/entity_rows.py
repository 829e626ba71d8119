"""Entities as rows of the plan file, and the values of changes as JSON."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from app.changes.change import WHOLE, Value
from app.plan.entities import TEXT_PREFIX, Entity, Texts
from app.plan.kinds import KINDS, Kind, kind_of

Cell = None | int | float | str
_Convert = Callable[[Any], Any]


def columns(kind: str) -> tuple[str, ...]:
    """The columns of a kind of entity: its fields."""
    return _columns(KINDS[kind])


@cache
def _columns(kind: Kind) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind.cls))


def row_of(kind: str, entity: Entity) -> tuple[Cell, ...]:
    """The row of an entity: lists and texts as JSON, truth as 0 and 1."""
    cells = [getattr(entity, name) for name in columns(kind)]
    for place, (encode, _) in _conversions(KINDS[kind]).items():
        cells[place] = encode(cells[place])
    return tuple(cells)


def entity_of(kind: str, row: Sequence[Cell]) -> Entity:
    """The entity of a row. Raises ValueError or TypeError if a cell is damaged."""
    cells: list[Any] = list(row)
    for place, (_, decode) in _conversions(KINDS[kind]).items():
        cells[place] = decode(cells[place])
    return KINDS[kind].cls(**dict(zip(columns(kind), cells, strict=True)))


@cache
def _conversions(kind: Kind) -> Mapping[int, tuple[_Convert, _Convert]]:
    """How to encode and decode the columns, by place, whose cells are not the values."""
    hints = get_type_hints(kind.cls)
    found: dict[int, tuple[_Convert, _Convert]] = {}
    for place, name in enumerate(_columns(kind)):
        if hints[name] is bool:
            found[place] = (int, bool)
        elif get_origin(hints[name]) is tuple:
            found[place] = (_json, _list)
        elif hints[name] == Texts:
            found[place] = (_texts_json, _texts)
    return found


_JSON_TYPES: Final[Mapping[object, tuple[str, ...]]] = {
    str: ("text",),
    int: ("integer",),
    float: ("real", "integer"),
    bool: ("true", "false"),
    tuple: ("array",),
    NoneType: ("null",),
}


def json_types(kind: str, field: str) -> frozenset[str]:
    """The types (of SQLite's `json_type`) that a side of a change of this field may be of.

    `field` may be WHOLE, or TEXT_PREFIX for any text. Raises KeyError for one that there is not.
    """
    return _json_types(KINDS[kind], field)


@cache
def _json_types(kind: Kind, field: str) -> frozenset[str]:
    hints = get_type_hints(kind.cls)
    if field == WHOLE:
        return frozenset(("object", "null"))
    if field == TEXT_PREFIX and "texts" in hints:
        return frozenset(("text", "null"))
    return frozenset(name for type in _types(hints[field]) for name in _JSON_TYPES[type])


def require_fitting(value: Value) -> None:
    """Raise TypeError for an entity of which a field holds what its type does not say."""
    if isinstance(value, Entity):
        for name, hint in get_type_hints(type(value)).items():
            held = getattr(value, name)
            if not isinstance(held, (*_types(hint), int) if hint is float else _types(hint)):
                raise TypeError(f"{name} {held!r}")
            if not all(isinstance(item, str | int) for item in _items(held)):
                raise TypeError(f"{name} {held!r}")


def _items(held: object) -> Iterable[object]:
    if isinstance(held, Mapping):
        return held.values()
    return held if isinstance(held, tuple) else ()


@cache
def _types(hint: Any) -> tuple[type, ...]:
    """The classes that a type hint allows."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(found for part in get_args(hint) for found in _types(part))
    return (get_origin(hint) or hint,)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts_json(texts: Texts) -> str:
    return _json(dict(texts))


# The same few lists (keys, departments, categories) stand in thousands of rows.
@lru_cache(maxsize=4096)
def _list(cell: str) -> tuple[Any, ...]:
    return tuple(json.loads(cell))


def _texts(cell: str) -> Texts:
    return MappingProxyType(dict(json.loads(cell)))


def value_json(value: Value) -> str:
    """The value of a change as JSON; a whole entity as the object of its fields."""
    if not isinstance(value, Entity):
        return _json(value)
    fields = {name: getattr(value, name) for name in columns(kind_of(value))}
    return _json({n: dict(v) if isinstance(v, Mapping) else v for n, v in fields.items()})


def value_of(kind: str, cell: str) -> Value:
    """The value that `value_json` wrote of a field of this kind of entity."""
    value = json.loads(cell)
    if not isinstance(value, dict):
        scalar: Value = _held(value)
        return scalar
    fields = {name: _held(held) for name, held in value.items()}
    return KINDS[kind].cls(**fields)


def _held(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value
