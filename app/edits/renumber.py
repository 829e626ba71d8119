"""Numbering a plan anew, as one edit, and what it would change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.changes.change import Change, ChangeSet, field_change
from app.plan.entities import TEXT_PREFIX, Initiative, Relisting, Scalar
from app.plan.numbering import Bearer, NumberingRule, numbers
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.texts.mentions import mentions, plain, with_numbers
from app.plan.texts.passages import Passage, book_passages, passages

_NO_LABELS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Renumbered:
    """One number that changes. `kind` is `initiative` or `relisting`.

    `mentions` are the places where a text speaks of the old number. They follow it, but
    where several have borne it: nobody but a person knows then which one is meant.
    """

    kind: str
    id: str
    name: str
    before: str
    after: str
    mentions: tuple[str, ...] = ()
    follows: bool = True


def renumber(plan: Plan, rule: NumberingRule) -> ChangeSet:
    """Number the whole plan by a rule, which the plan keeps. What fits already stays.

    Texts that speak of a number (No.1-2) speak of the new one, where only one bore it.
    """
    made = numbers(plan, rule)
    changes: list[Change] = []
    for bearer, number in made.items():
        changes += field_change(_entity(plan, bearer), "number", number)
    changes += _texts_anew(plan, _followed(plan, made))
    changes += field_change(plan.profile, "numbering", rule.text)
    return ChangeSet("番号の付け直し", tuple(changes))


def preview(
    plan: Plan, rule: NumberingRule, labels: Mapping[str, str] = _NO_LABELS
) -> tuple[Renumbered, ...]:
    """What `renumber` would change, in printed order; `labels` name the fields of texts."""
    made = numbers(plan, rule)
    followed, mentioned_numbers = _followed(plan, made), _spoken_of(plan, labels)
    return tuple(
        Renumbered(
            *bearer, _title(plan, bearer), before, after,
            tuple(mentioned_numbers.get(plain(before), ())), plain(before) in followed,
        )
        for bearer, after in made.items()
        if (before := _entity(plan, bearer).number or "") != after
    )  # fmt: skip


def _followed(plan: Plan, made: Mapping[Bearer, str]) -> dict[str, str]:
    """The new number of each old one that only one has borne."""
    bearers: dict[str, list[Bearer]] = {}
    for kind in ("initiative", "relisting"):
        for id in plan.table(kind):
            bearers.setdefault(plain(_entity(plan, (kind, id)).number or ""), []).append((kind, id))
    alone = {old: found[0] for old, found in bearers.items() if len(found) == 1}
    return {old: made[bearer] for old, bearer in alone.items() if made.get(bearer, old) != old}


def _texts_anew(plan: Plan, new: Mapping[str, str]) -> Iterator[Change]:
    for passage in _all_passages(plan):
        entity = plan.find(passage.kind, passage.id)
        if entity is not None and with_numbers(passage.text, new) != passage.text:
            yield from field_change(entity, passage.field, _anew(entity.get(passage.field), new))


def _anew(value: Scalar, new: Mapping[str, str]) -> Scalar:
    if isinstance(value, tuple):
        return tuple(with_numbers(str(item), new) for item in value)
    return with_numbers(str(value), new)


def _all_passages(plan: Plan) -> Iterator[Passage]:
    yield from book_passages(plan)
    for initiative in plan.initiatives.under():
        yield from passages(plan, initiative)


def _entity(plan: Plan, bearer: Bearer) -> Initiative | Relisting:
    entity = plan.find(*bearer)
    assert isinstance(entity, Initiative | Relisting)
    return entity


def _title(plan: Plan, bearer: Bearer) -> str:
    kind, id = bearer
    if kind == "initiative":
        return plan.initiatives[id].title
    relisting = plan.relistings[id]
    category = plan.categories[relisting.category].name
    return f"{plan.initiatives[relisting.parent].title}（再掲：{category}）"


def _spoken_of(plan: Plan, labels: Mapping[str, str]) -> dict[str, list[str]]:
    """The places that speak of a number, by number."""
    found: dict[str, list[str]] = {}
    for place, text in _places(plan, labels):
        for number in dict.fromkeys(mention.number for mention in mentions(text)):
            found.setdefault(number, []).append(place)
    return found


def _places(plan: Plan, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every text of the plan with its place as a person reads it."""
    yield from _labelled(book_passages(plan), labels, "冊子の文の")
    for initiative in plan.initiatives.under():
        of = passages(plan, initiative)
        yield from _labelled(of, labels, f"「{initiative.title}」の")


def _labelled(
    of: Iterable[Passage], labels: Mapping[str, str], owner: str
) -> Iterator[tuple[str, str]]:
    for passage in of:
        name = passage.field.removeprefix(TEXT_PREFIX)
        word = "KPI" if passage.kind == "kpi" else labels.get(name, name)
        year = f"{fiscal_year_name(passage.fiscal_year)}の" if passage.fiscal_year else ""
        yield owner + year + word, passage.text
