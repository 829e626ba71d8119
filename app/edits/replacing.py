"""Replacing words all over the plan."""

from collections.abc import Iterator

from app.changes.change import Change, ChangeSet, field_change
from app.errors import KeikakuError
from app.plan.entities import Scalar
from app.plan.kinds import KINDS, Writing, written_fields
from app.plan.plan import Plan


def replace_words(plan: Plan, old: str, new: str, *, is_erasing: bool = False) -> ChangeSet:
    """Put `new` in the place of `old`, exactly as written, in every text of the plan.

    Which fields count as texts is said in `app.plan.kinds`: names, departments, desired states
    and visions do; numbers, stages and statuses do not. Raises KeikakuError for an empty `new`:
    only with `is_erasing` is a word taken out. What reads `new` already stays: where 手続 becomes
    手続き, a 手続き is left alone.
    """
    if old and not new and not is_erasing:
        raise KeikakuError(
            f"置きかえる語が空のため、「{old}」を置きかえませんでした。計画は元のままです。"
            "置きかえる語を入れてください。消すときは「語を消す」に印を付けてください。"
        )
    changes = tuple(_changes(plan, old, new)) if old else ()
    label = f"「{old}」を「{new}」に置換" if new else f"「{old}」を消去"
    return ChangeSet(label, changes)


def _changes(plan: Plan, old: str, new: str) -> Iterator[Change]:
    for kind in KINDS:
        for entity in plan.table(kind).values():
            for field in written_fields(entity, Writing.REPLACED):
                yield from field_change(entity, field, _replaced(entity.get(field), old, new))


def _replaced(value: Scalar, old: str, new: str) -> Scalar:
    if isinstance(value, str):
        return _put(value, old, new)
    if isinstance(value, tuple) and any(old in str(item) for item in value):
        items = (_put(str(item), old, new) for item in value)
        # A list names each thing once; an item that was erased is none.
        return tuple(dict.fromkeys(item for item in items if item.strip()))
    return value


def _put(text: str, old: str, new: str) -> str:
    if not new or old not in new:
        return text.replace(old, new)
    return new.join(part.replace(old, new) for part in text.split(new))
