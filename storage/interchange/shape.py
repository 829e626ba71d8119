"""How the fields of an entity stand in JSON, and reading and writing them without loss.

A field bears the same name in both. Three things that look alike stay three: a key that is
missing, one that is null and one that is empty. `keys` remembers which keys came, in their
order; `extra` what they held that no field can hold: the values of unknown keys, and the
null of a field that has none.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from app.plan.entities import NO_TEXTS, TEXT_PREFIX, Entity, Texts
from storage.interchange.fields import Node, node, text
from storage.interchange.place import MisfitError

Reader = Callable[[Any], Any]
TEXTS: Final = "texts"
NOTHING: Final = "{}"
# In front of an unknown key that would be taken for a text, or for a key marked like this.
_MARK: Final = "/"
# The keys of an object that came without any; an entity made in this program has no keys at all.
_CAME_EMPTY: Final = (_MARK,)
_DEEPEST: Final = 64


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """The keys of one kind of object, in the order in which they are written.

    `fields` are fields of `cls` with their readers (`texts` needs none), `structure` keys
    that whoever reads the object looks after: its id, its children. `id_key` holds the id;
    a child has none and is named after its value of `local`. `required` may be neither
    missing nor null. `own` are written only if they say something. Lists of children that
    `order` does not name follow at its end, and are `own` (`with_children`).
    """

    cls: type[Entity]
    order: tuple[str, ...]
    fields: Mapping[str, Reader]
    id_key: str = ""
    local: str = ""
    required: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        defaults = {f.name: f.default for f in dataclasses.fields(self.cls)}
        object.__setattr__(self, "defaults", defaults | {TEXTS: NO_TEXTS})


@lru_cache(maxsize=128)
def with_children(shape: Shape, keys: tuple[str, ...]) -> Shape:
    """The shape with the lists of its children among its keys."""
    further = tuple(key for key in keys if key not in shape.order)
    if not further:
        return shape
    return dataclasses.replace(shape, order=(*shape.order, *further), own=(*shape.own, *further))


@dataclass(slots=True)
class Fields:
    """What was read of one object: fields by name, and what makes writing it lossless."""

    values: dict[str, Any] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    extra: Node = field(default_factory=dict)

    def shared_keys(self) -> tuple[str, ...]:
        """The keys, as one tuple for all entities that came with the same ones."""
        return _shared(tuple(self.keys) or _CAME_EMPTY)

    def extra_text(self) -> str:
        """The extra, as an entity holds it."""
        return json.dumps(self.extra, ensure_ascii=False) if self.extra else NOTHING


@lru_cache(maxsize=1024)
def _shared(keys: tuple[str, ...]) -> tuple[str, ...]:
    return keys


def read_fields(shape: Shape, source: Node) -> Fields:
    """Read one object. Raises MisfitError at a value of the wrong type or a missing key."""
    read = Fields()
    for key, value in source.items():
        try:
            _read_key(shape, key, value, read)
        except MisfitError as error:
            raise error.within(key) from None
    for key in shape.required:
        if source.get(key) is None:
            raise MisfitError((key,), "がありません")
    return read


def _read_key(shape: Shape, key: str, value: Any, read: Fields) -> None:
    if key not in shape.order:
        read.keys.append(_MARK + key if key.startswith((TEXT_PREFIX, _MARK)) else key)
        read.extra[key] = _kept(value)
        return
    read.keys.append(key)
    if value is None:
        if shape.defaults.get(key, NOTHING) is not None:
            read.extra[key] = None
    elif key == TEXTS:
        read.values[TEXTS] = _read_texts(value, read)
    elif key in shape.fields:
        read.values[key] = shape.fields[key](value)


def _read_texts(value: Any, read: Fields) -> Texts:
    found: dict[str, str] = {}
    nulls: Node = {}
    for name, content in node(value).items():
        read.keys.append(TEXT_PREFIX + name)
        try:
            if content is None:
                nulls[name] = None
            else:
                found[name] = text(content)
        except MisfitError as error:
            raise error.within(name) from None
    if nulls:
        read.extra[TEXTS] = nulls
    return MappingProxyType(found)


def _kept(value: Any) -> Any:
    if _is_deeper(value, _DEEPEST):
        raise MisfitError((), "の入れ子が、深すぎます")
    return value


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in inside)


@dataclass(frozen=True, slots=True)
class Origin:
    """What makes writing an object lossless: the keys and the extra it came with."""

    keys: tuple[str, ...]
    extra: str


def write_fields(shape: Shape, entity: Entity, structure: Node, origin: Origin) -> Node:
    """The object of an entity: the keys it came with, and those that say something since.

    What was made in this program has all keys of the format.
    """
    extra: Node = json.loads(origin.extra) if origin.extra != NOTHING else {}
    empty, values = _present(shape, entity, structure, origin, extra)
    is_new = not origin.keys
    due = [
        key
        for key in _missing(shape, origin.keys)
        if key in values and (not empty[key] or (is_new and key not in shape.own))
    ]
    written: Node = {}
    for key in _ordered(shape, origin.keys, tuple(due)):
        name = key.removeprefix(_MARK)
        is_held = key in values and not (empty[key] and key in extra)
        written[name] = values[key] if is_held else extra[name]
    return written


def _present(
    shape: Shape, entity: Entity, structure: Node, origin: Origin, extra: Node
) -> tuple[dict[str, bool], Node]:
    """Which known keys are empty, and their values as JSON has them."""
    values = dict(structure)
    empty = {key: value in ([], {}) for key, value in structure.items()}
    for key in shape.fields:
        value = getattr(entity, key)
        empty[key] = value == shape.defaults[key]
        values[key] = list(value) if isinstance(value, tuple) else value
    if TEXTS in shape.order:
        values[TEXTS] = _written_texts(getattr(entity, TEXTS), origin.keys, extra.get(TEXTS))
        empty[TEXTS] = not values[TEXTS]
    return empty, values


def _written_texts(texts: Texts, keys: tuple[str, ...], nulls: Node | None) -> Node:
    came = [k.removeprefix(TEXT_PREFIX) for k in keys if k.startswith(TEXT_PREFIX)]
    names = dict.fromkeys((*came, *texts))
    return {n: texts.get(n) for n in names if n in texts or (nulls is not None and n in nulls)}


@lru_cache(maxsize=1024)
def _missing(shape: Shape, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in shape.order if key not in keys)


@lru_cache(maxsize=4096)
def _ordered(shape: Shape, keys: tuple[str, ...], due: tuple[str, ...]) -> tuple[str, ...]:
    """The keys as they came; those that are due stand after the one they follow in the format."""
    ordered = [] if keys == _CAME_EMPTY else [k for k in keys if not k.startswith(TEXT_PREFIX)]
    for key in due:
        before = shape.order[: shape.order.index(key)]
        places = [ordered.index(other) for other in before if other in ordered]
        ordered.insert(max(places, default=-1) + 1, key)
    return tuple(ordered)
