"""`Change` and `ChangeSet`: every edit of a plan, as a value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

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


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One edit: its name as a user reads it (「段階を変更」) and its changes in order.

    `decisions` are about conflicts, which are no part of the plan; undone with the changes.
    """

    label: str
    changes: tuple[Change, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def inverted(self) -> "ChangeSet":
        """The edit that takes this one back."""
        changes = tuple(c.inverted() for c in reversed(self.changes))
        return ChangeSet(self.label, changes, tuple(d.inverted() for d in reversed(self.decisions)))

    def touched(self) -> tuple[tuple[str, str], ...]:
        """(kind, id) of every entity it touches, each once, in order."""
        return tuple(dict.fromkeys((c.entity, c.id) for c in self.changes))


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
