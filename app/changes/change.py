"""`Change` and `ChangeSet`: every edit of a plan, as a value."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, overload

from app.errors import KeikakuError
from app.plan.entities import Entity, Profile, Scalar
from app.plan.kinds import KINDS, kind_of
from app.plan.plan import Plan
from app.plan.references import Key, key_of

# The field of a change that adds or removes a whole entity.
WHOLE: Final = ""
Value = Scalar | Entity


class StaleChangeError(KeikakuError):
    """A change does not fit the plan: what it says was there before is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entity: what it was and what it becomes.

    `entity` is a kind (`app.plan.kinds`), `field` a field name or `texts.NAME`.
    With the field `WHOLE`, `before`/`after` are the entity itself, None for none.
    """

    entity: str
    id: str
    field: str
    before: Value
    after: Value

    def inverted(self) -> "Change":
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a conflict (by its number in the file) stood before an edit, and stands after it.

    Both as in `app.changes.merge.KeptConflict`.
    """

    number: int
    before: str | None
    after: str | None

    def inverted(self) -> "Decision":
        """The decision that takes this one back."""
        return replace(self, before=self.after, after=self.before)


Place = tuple[str, str, str]
"""Kind, id and field of a change."""
Row = tuple[str, str, str, str, str]
"""A change as a plan file keeps it: its place, and both its sides as text."""


class StoredChanges(Sequence[Change]):
    """Changes as a plan file keeps them: their sides are read if somebody wants them."""

    __slots__ = ("_changes", "_read", "_rows")

    def __init__(self, rows: tuple[Row, ...], read: Callable[[str, str], Value]) -> None:
        """`read` gives the side of a change from the kind of its entity and its text."""
        self._rows, self._read = rows, read
        self._changes: tuple[Change, ...] | None = None

    def places(self) -> tuple[Place, ...]:
        """Kind, id and field of each; no side is read for it."""
        return tuple(row[:3] for row in self._rows)

    def followed_by(self, other: "StoredChanges") -> "StoredChanges":
        """These changes, then the others."""
        return StoredChanges(self._rows + other._rows, self._read)

    def _all(self) -> tuple[Change, ...]:
        if self._changes is None:
            self._changes = tuple(map(self._change, self._rows))
        return self._changes

    def _change(self, row: Row) -> Change:
        kind, id, field, before, after = row
        return Change(kind, id, field, self._read(kind, before), self._read(kind, after))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Change: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, place: int | slice) -> Change | tuple[Change, ...]:
        return self._all()[place]

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, StoredChanges):
            return self._rows == other._rows or self._all() == other._all()
        return isinstance(other, tuple) and self._all() == other

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One edit: its name as a user reads it (「段階を変更」) and its changes in order.

    `decisions` are about conflicts, which are no part of the plan; undone with the changes.
    """

    label: str
    changes: Sequence[Change] = ()
    decisions: tuple[Decision, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def places(self) -> tuple[Place, ...]:
        """Kind, id and field of every change."""
        if isinstance(self.changes, StoredChanges):
            return self.changes.places()
        return tuple((change.entity, change.id, change.field) for change in self.changes)

    def followed_by(self, then: "ChangeSet") -> "ChangeSet":
        """Both edits as one, under the name of the first."""
        one, other = self.changes, then.changes
        if isinstance(one, StoredChanges) and isinstance(other, StoredChanges):
            both: Sequence[Change] = one.followed_by(other)
        else:
            both = (*one, *other)
        return ChangeSet(self.label, both, self.decisions + then.decisions)

    def inverted(self) -> "ChangeSet":
        """The edit that takes this one back."""
        changes = tuple(c.inverted() for c in reversed(self.changes))
        return ChangeSet(self.label, changes, tuple(d.inverted() for d in reversed(self.decisions)))

    def touched(self) -> tuple[tuple[str, str], ...]:
        """(kind, id) of every entity it touches, each once, in order."""
        return tuple(dict.fromkeys((kind, id) for kind, id, _ in self.places()))


def added(entity: Entity) -> Change:
    """The change that adds an entity."""
    return Change(kind_of(entity), entity.id, WHOLE, None, entity)


def removed(entity: Entity) -> Change:
    """The change that removes an entity."""
    return Change(kind_of(entity), entity.id, WHOLE, entity, None)


def entities_in(changes: Iterable[Change]) -> dict[Key, Entity]:
    """The entities that come or go as a whole, by kind and id; of one that does both, the new."""
    found: dict[Key, Entity] = {}
    for change in changes:
        sides = (change.before, change.after)
        found.update({key_of(side): side for side in sides if isinstance(side, Entity)})
    return found


def field_change(entity: Entity, field: str, after: Scalar) -> tuple[Change, ...]:
    """The change of one field, or nothing where it has that value already."""
    before = entity.get(field)
    if before == after:
        return ()
    return (Change(kind_of(entity), entity.id, field, before, after),)


def apply(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan after the changes. Raises StaleChangeError where `before` does not hold."""
    edited: dict[str, dict[str, Entity | None]] = {}
    for change in changes:
        rows = edited.setdefault(change.entity, {})
        current = rows[change.id] if change.id in rows else plan.find(change.entity, change.id)
        rows[change.id] = _changed(current, change)
    _require_profile(edited.get(KINDS.of(Profile).name, {}))
    return plan.changed(edited)


def _changed(current: Entity | None, change: Change) -> Entity | None:
    if change.field == WHOLE:
        if current != change.before:
            raise _stale(change)
        return change.after if isinstance(change.after, Entity) else None
    if current is None or isinstance(change.after, Entity):
        raise _stale(change)
    if current.get(change.field) != change.before:
        raise _stale(change)
    return current.with_value(change.field, change.after)


def _require_profile(rows: dict[str, Entity | None]) -> None:
    if len(rows) > 1 or None in rows.values():
        raise StaleChangeError("計画の基本情報は消せません。この操作は行わず、元のままです。")


def _stale(change: Change) -> StaleChangeError:
    return StaleChangeError(
        "変更しようとした項目が、別の操作ですでに変わっています"
        f"（{change.id} の {change.field or '全体'}）。計画は元のままです。"
        "内容を確かめて、もう一度操作してください。"
    )
