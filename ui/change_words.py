"""Changes in words that a person reads, in the window and at the command line."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from app.changes.change import WHOLE, Change
from app.changes.history import Entry
from app.changes.merge import Conflict
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.forms.labels import labels_of as labels_by_form
from app.plan.entities import Entity, Initiative
from app.plan.kinds import KINDS, NAME, PROFILE
from app.plan.parts import NOTHING, owners_of
from app.plan.periods.fiscal_year import date_name, month_name
from app.plan.plan import Plan
from app.plan.references import Key
from app.plan.words import entity_words, field_label
from resources import form_texts

ACTIONS: Final[Mapping[str, str]] = {
    "open": "開始", "do": "編集", "undo": "元に戻す", "redo": "やり直す",
}  # fmt: skip
# Fields that only keep an order: a person sees them as a move, not as a value.
UNSEEN: Final = frozenset({"position", "board_position", "keys", "extra"})


def labels_of(plan: Plan) -> dict[str, str]:
    """The word of each field (`app.forms.labels`), as the plan's form has it if it can be read."""
    with suppress(KeikakuError):
        return labels_by_form(form_of(plan.profile, form_texts()))
    return labels_by_form(None)


def place_words(
    plan: Plan,
    what: Change | Conflict,
    labels: Mapping[str, str],
    field: str | None = None,
    beside: Mapping[Key, Entity] = NOTHING,
) -> tuple[str, ...]:
    """Where a change is: the initiative or other part of the plan, its year or target, its field.

    `field` is one of a whole entity that comes or goes; `labels` are those of `labels_of`.
    `beside` is what comes or goes in the same edit (`app.changes.change.entities_in`).
    """
    field = what.field if field is None else field
    words = (*_owner_words(plan, what, beside), field_label(labels, what.entity, field))
    return tuple(word for word in words if word)


def entity_in(what: Change | Conflict) -> Entity | None:
    """The entity that comes or goes as a whole, None if one field changes."""
    if isinstance(what, Change):
        sides = [what.after, what.before]
    else:
        sides = [what.theirs, what.ours, what.base]
    return next((side for side in sides if isinstance(side, Entity)), None)


def _owner_words(
    plan: Plan, what: Change | Conflict, beside: Mapping[Key, Entity]
) -> Iterator[str]:
    """What a person knows an entity by: the nearest above it that has a name, and itself."""
    key = (what.entity, what.id)
    entity = plan.find(*key) or entity_in(what)
    if entity is None:
        yield "（いまはない項目）"
        return
    owners = list(owners_of(plan, *key, {**beside, key: entity}))
    if not any(isinstance(owner, Initiative) for owner in owners):
        named = (n for n, o in enumerate(owners) if KINDS.of(type(o)).called_by == NAME)
        owners = owners[: next(named, len(owners)) + 1]
    yield from map(entity_words, reversed(owners))


def value_words(
    plan: Plan, value: object, between: str = "\n", kind: str = "", field: str = ""
) -> str:
    """A value as text, items of a list with `between` them.

    `kind` and `field` say what it is a value of: ids of other entities become their
    names, and a month that of its era.
    """
    if isinstance(value, Entity):
        return str(value.get(NAME) if KINDS.of(type(value)).called_by == NAME else "")
    if (kind, field) == (PROFILE, "issued") and isinstance(value, str):
        return month_name(value).partition("（")[0]
    items = value if isinstance(value, tuple | list) else () if value is None else (value,)
    named = KINDS[kind].references.get(field, "") if kind else ""
    return between.join(_name_of(plan, named, str(item)) if named else str(item) for item in items)


def _name_of(plan: Plan, kind: str, id: str) -> str:
    entity = plan.find(kind, id)
    if isinstance(entity, Initiative):
        return entity_words(entity)
    return str(entity.get(NAME)) if entity and KINDS[kind].called_by == NAME else id


def entry_words(entry: Entry) -> str:
    """What was done: 段階を変更, 元に戻す：記入."""
    back = f"{ACTIONS[entry.action]}：" if entry.action in ("undo", "redo") else ""
    return back + entry.changes.label


def entry_time(entry: Entry) -> str:
    """When, and by whom."""
    day = entry.at.astimezone()
    author = f"　{entry.author}" if entry.author else ""
    return f"{date_name(day.date())} {day:%H:%M}{author}"


def seen_changes(entry: Entry) -> list[Change]:
    """The changes of an entry that a person would call a change."""
    seen = [change for change in entry.changes if change.field not in UNSEEN]
    return [change for change in seen if change.field != WHOLE or entity_in(change)]
