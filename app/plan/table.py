"""An immutable collection of entities of one kind, by id and by parent."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from app.plan.entities import Entity

E = TypeVar("E", bound=Entity)


class Table(Mapping[str, E], Generic[E]):
    """Entities of one kind. Lookup by id; `under(parent)` gives siblings in order.

    Changing a table gives a new one; the index by parent is carried over, so an
    edit costs a copy of the dictionaries and nothing per entity.
    """

    __slots__ = ("_index", "_rows")

    def __init__(self, rows: Iterable[E] = ()) -> None:
        """Hold `rows`; a later row with the same id replaces the earlier one."""
        self._rows: dict[str, E] = {row.id: row for row in rows}
        self._index: dict[str, tuple[E, ...]] | None = None

    def __getitem__(self, key: str) -> E:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]

    def under(self, parent: str = "") -> tuple[E, ...]:
        """The entities with this parent, in order. Roots have the parent ""."""
        if self._index is None:
            self._index = _by_parent(self._rows.values())
        return self._index.get(parent, ())

    def changed(self, rows: Mapping[str, E | None]) -> "Table[E]":
        """A table with `rows` put in; None takes the entity of that id out."""
        table: Table[E] = Table()
        table._rows = dict(self._rows)
        touched: set[str] = set()
        for key, row in rows.items():
            touched.update(r.parent for r in (self._rows.get(key), row) if r)
            if row is None:
                table._rows.pop(key, None)
            else:
                table._rows[key] = row
        if self._index is not None:
            table._index = _carried(self._index, touched, rows)
        return table


def _by_parent(rows: Iterable[E]) -> dict[str, tuple[E, ...]]:
    groups: dict[str, list[E]] = {}
    for row in rows:
        groups.setdefault(row.parent, []).append(row)
    return {parent: _in_order(group) for parent, group in groups.items()}


def _carried(
    index: dict[str, tuple[E, ...]], touched: Iterable[str], rows: Mapping[str, E | None]
) -> dict[str, tuple[E, ...]]:
    carried = dict(index)
    for parent in touched:
        kept = [row for row in index.get(parent, ()) if row.id not in rows]
        kept += [row for row in rows.values() if row and row.parent == parent]
        carried[parent] = _in_order(kept)
    return carried


def _in_order(rows: Iterable[E]) -> tuple[E, ...]:
    return tuple(sorted(rows, key=lambda row: (row.position, row.id)))
