"""Three-way merge: what they changed since the common base, brought into our plan.

By id and field: a field that only one side changed takes that side's value; one that both
changed differently is a Conflict and keeps ours until a person decides. Lists of names
merge element by element. A row that one side removed and the other edited or still needs
is kept, and asked about. Nothing is merged inside a text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from app.changes.change import (
    WHOLE,
    Change,
    ChangeSet,
    Decision,
    Value,
    added,
    apply,
    field_change,
    removed,
)
from app.plan.entities import Entity, Initiative, Profile, Scalar
from app.plan.kinds import KINDS
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import Key, key_of, parent_of, refers_to, removable
from app.plan.texts.plain_text import composed

_KEY_LISTS: Final = frozenset({"keys", "vocabulary_keys", "file_keys"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field (or, with the field `WHOLE`, one entity) on which the two sides differ."""

    entity: str
    id: str
    field: str
    base: Value
    ours: Value
    theirs: Value


UNASKED: Final = "unasked"
"""The decision on a conflict whose merge was undone."""


@dataclass(frozen=True, slots=True)
class KeptConflict:
    """A conflict as a plan file keeps it, for ever.

    `decision` says how a person settled it (`ours`, `theirs`, `both`, `typed`), None: not yet;
    `UNASKED`: nothing is to be settled. It changes only by an edit (`ChangeSet.decisions`).
    """

    number: int
    conflict: Conflict
    decision: str | None = None


def same_question(one: Conflict, other: Conflict) -> bool:
    """Whether two conflicts ask the same: all but what our side says by now."""
    return replace(one, ours=None) == replace(other, ours=None)


def unsettled(
    kept: Sequence[KeptConflict], found: Sequence[Conflict]
) -> tuple[tuple[Conflict, ...], tuple[Conflict, ...]]:
    """Of the conflicts of a merge those that nobody settled, and of these those never asked."""
    left: list[Conflict] = []
    asked: list[Conflict] = []
    for conflict in found:
        before = [k.decision for k in kept if same_question(k.conflict, conflict)]
        if all(decision in (None, UNASKED) for decision in before):
            left.append(conflict)
            asked += [] if None in before else [conflict]
    return tuple(left), tuple(asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """Conflicts that an edit leaves to be decided: all of them, which are new to the file, and
    the decisions of the edit that open them.
    """

    conflicts: tuple[KeptConflict, ...]
    new: tuple[KeptConflict, ...]
    decisions: tuple[Decision, ...]


def asking(kept: Sequence[KeptConflict], conflicts: Sequence[Conflict]) -> Asked:
    """Ask conflicts beside those `kept`. One whose merge was undone is opened again."""
    asked: list[KeptConflict] = []
    numbers = count(1 + max((known.number for known in kept), default=0))
    for conflict in conflicts:
        known = next((k for k in kept if same_question(k.conflict, conflict)), None)
        asked.append(known or KeptConflict(next(numbers), conflict, UNASKED))
    decisions = (Decision(k.number, k.decision, None) for k in asked if k.decision is not None)
    new = tuple(k for k in asked if k not in kept)
    return Asked(tuple(replace(k, decision=None) for k in asked), new, tuple(decisions))


@dataclass(frozen=True, slots=True)
class Merge:
    """The edit that brings their changes into our plan, and what it leaves open."""

    changes: ChangeSet
    conflicts: tuple[Conflict, ...]


def merge(base: Plan, ours: Plan, theirs: Plan) -> Merge:
    """Merge `theirs` into `ours`; all three are states of one plan. Pure; applies nothing."""
    merging = _Merging(base, ours, theirs)
    merging.run()
    return Merge(ChangeSet("統合", tuple(merging.changes)), tuple(merging.conflicts))


def equivalent(one: Value, other: Value) -> bool:
    """Whether two values are equal to a reader: under NFC and LF."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or composed(one) == composed(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(equivalent, one, other))
    return one == other


class _Merging:
    """Collects the changes and conflicts of one merge."""

    def __init__(self, base: Plan, ours: Plan, theirs: Plan) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self.changes: list[Change] = []
        self.conflicts: list[Conflict] = []
        self._restored: set[tuple[str, str]] = set()
        self._stages = ours.profile.stages

    def run(self) -> None:
        """Bring in additions and edits, then removals, then see that nothing hangs loose."""
        gone: list[Entity] = []
        for kind in KINDS:
            ids = dict.fromkeys((*self._base.table(kind), *self._theirs.table(kind)))
            for id in ids:
                gone += self._merge_entity(kind, id)
            if KINDS[kind].cls is Profile:
                self._stages = apply(self._ours, self.changes).profile.stages
        self._merge_removals(gone)
        self._keep_stages()

    def _merge_entity(self, kind: str, id: str) -> Iterator[Entity]:
        base, ours = self._base.find(kind, id), self._ours.find(kind, id)
        theirs = self._theirs.find(kind, id)
        if base == theirs:
            return
        if theirs is None:
            if ours is not None:
                yield ours
        elif ours is None:
            self._bring_in(theirs, base)
        else:
            self._merge_fields(base, ours, theirs)

    def _bring_in(self, theirs: Entity, base: Entity | None) -> None:
        """Add an entity that ours lacks: a new one of theirs, or one that we removed."""
        key = key_of(theirs)
        if key in self._restored:
            return
        self._restored.add(key)
        for kind, id in refers_to(theirs):
            self._restore(kind, id)
        self.changes.append(added(theirs))
        if base is not None:
            self.conflicts.append(Conflict(*key, WHOLE, base, None, theirs))
            self._restore_children(key)

    def _restore(self, kind: str, id: str) -> None:
        """See that something their entity refers to is there, though we removed it."""
        if self._ours.find(kind, id) is None:
            wanted = self._theirs.find(kind, id)
            if wanted is not None:
                self._bring_in(wanted, self._base.find(kind, id))

    def _restore_children(self, parent: Key) -> None:
        """Bring back what went along with an entity that comes back."""
        for child in parts_of(self._theirs, *parent):
            key = key_of(child)
            if self._ours.find(*key) is None and key not in self._restored:
                self._restored.add(key)
                for needed in refers_to(child):
                    self._restore(*needed)
                self.changes.append(added(child))

    def _merge_fields(self, base: Entity | None, ours: Entity, theirs: Entity) -> None:
        names = dict.fromkeys((*ours.field_names(), *theirs.field_names()))
        names |= dict.fromkeys(base.field_names() if base else ())
        for name in names:
            value = base.get(name) if base else None
            self._merge_field(ours, name, value, theirs.get(name))
        for kind, id in refers_to(theirs):
            self._restore(kind, id)

    def _merge_field(self, entity: Entity, name: str, base: Scalar, theirs: Scalar) -> None:
        ours = entity.get(name)
        if equivalent(base, theirs):
            return
        if isinstance(entity, Initiative) and name == "stage":
            # So that merging again, when it stands there, finds it said already.
            theirs = self._stage(theirs)
        if equivalent(ours, theirs):
            return
        if equivalent(base, ours):
            self.changes += field_change(entity, name, theirs)
        elif name in KINDS.of(type(entity)).sets or name in _KEY_LISTS:
            merged = _elements(_tuple(base), _tuple(ours), _tuple(theirs))
            self.changes += field_change(entity, name, merged)
        elif not _is_quiet(entity, name):
            self.conflicts.append(Conflict(*key_of(entity), name, base, ours, theirs))

    def _merge_removals(self, gone: Sequence[Entity]) -> None:
        """Remove what they removed, but for what we edited or something still refers to."""
        merged = apply(self._ours, self.changes)
        unedited = [e for e in gone if e == self._base.find(*key_of(e))]
        taken = removable(merged, unedited, [e for e in gone if e not in unedited])
        self.changes += [removed(entity) for entity in taken]
        wanted, gone_keys = {key_of(e) for e in gone}, {key_of(e) for e in taken}
        for entity in gone:
            # A row that is kept along with its parent raises no question of its own.
            is_root = parent_of(entity) not in wanted or entity not in unedited
            if key_of(entity) not in gone_keys and is_root:
                base = self._base.find(*key_of(entity))
                self.conflicts.append(Conflict(*key_of(entity), WHOLE, base, entity, None))

    def _keep_stages(self) -> None:
        """See that every card stands in a stage of the merged list."""
        for initiative in apply(self._ours, self.changes).initiatives.values():
            self.changes += field_change(initiative, "stage", self._stage(initiative.stage))

    def _stage(self, stage: Scalar) -> Scalar:
        """A stage that the merged list no longer has becomes the one at the same place in it."""
        if not isinstance(stage, str) or stage in self._stages or not self._stages:
            return stage
        lists = (self._ours.profile.stages, self._theirs.profile.stages)
        place = next((s.index(stage) for s in lists if stage in s), 0)
        return self._stages[min(place, len(self._stages) - 1)]


def _is_quiet(entity: Entity, field: str) -> bool:
    """Where a row or card stands is no statement: ours stays, nobody is asked."""
    return field == "position" or field in KINDS.of(type(entity)).quiet


def _tuple(value: Scalar) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, tuple) else ()


def _elements(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """Ours without what they took out, and with what they put in."""
    kept = [item for item in ours if item not in base or item in theirs]
    return (*kept, *(item for item in theirs if item not in base and item not in kept))
