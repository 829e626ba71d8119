"""The verb that settles conflicts of a merge: each as a person decided, all in one edit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.changes.change import WHOLE, Change, ChangeSet, Decision, field_change, removed
from app.changes.merge import Conflict, KeptConflict
from app.errors import KeikakuError
from app.plan.entities import Entity
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import key_of, removable

Kind = Literal["ours", "theirs", "both", "typed"]


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person settles a conflict; `text` is what was typed instead of both."""

    kept: KeptConflict
    kind: Kind
    text: str = ""


def decide(plan: Plan, choices: Iterable[Choice]) -> ChangeSet:
    """Settle conflicts. Until then our value stands, and a row one side removed is there.

    Raises KeikakuError where a row is to go to which something else still refers.
    """
    changes: list[Change] = []
    decisions: list[Decision] = []
    for choice in choices:
        changes += _settled(plan, choice)
        decisions.append(Decision(choice.kept.number, choice.kept.decision, choice.kind))
    return ChangeSet("統合の決定", tuple(changes), tuple(decisions))


def by_now(plan: Plan, kept: KeptConflict) -> KeptConflict:
    """The conflict with what our side says by now."""
    conflict = kept.conflict
    entity = plan.find(conflict.entity, conflict.id)
    if conflict.field == WHOLE or entity is None:
        return kept
    return replace(kept, conflict=replace(conflict, ours=entity.get(conflict.field)))


def is_text(conflict: Conflict) -> bool:
    """Whether something else can be written instead of what the two sides say."""
    sides = (conflict.ours, conflict.theirs)
    return conflict.field != WHOLE and all(isinstance(side, str) for side in sides)


def both_texts(conflict: Conflict) -> str:
    """Ours, and below it theirs."""
    return f"{conflict.ours}\n{conflict.theirs}"


def _settled(plan: Plan, choice: Choice) -> Iterable[Change]:
    conflict = choice.kept.conflict
    entity = plan.find(conflict.entity, conflict.id)
    wanted = conflict.ours if choice.kind == "ours" else conflict.theirs
    if entity is None:
        return ()
    if conflict.field == WHOLE:
        return _gone(plan, entity) if wanted is None else ()
    if choice.kind == "ours" or isinstance(wanted, Entity):
        return ()
    written = {"both": both_texts(conflict), "typed": choice.text}
    return field_change(entity, conflict.field, written.get(choice.kind, wanted))


def _gone(plan: Plan, entity: Entity) -> list[Change]:
    """Take a row out with what hangs on it."""
    going = removable(plan, [entity, *parts_of(plan, *key_of(entity))])
    if entity not in going:
        raise KeikakuError(
            "消そうとした項目は、ほかの取組で使われています。計画は元のままです。"
            "「残す」を選ぶか、使っている取組を先に移してください。"
        )
    return [removed(each) for each in going]
