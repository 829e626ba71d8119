"""Numbering a plan anew, as one edit, and what it would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.changes.change import Change, ChangeSet, field_change
from app.plan.entities import Initiative, Kpi, Relisting, Scalar
from app.plan.kinds import KINDS
from app.plan.numbering import Bearer, NumberingRule, numbers
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.references import key_of
from app.plan.texts.mentions import mentions, plain, with_numbers
from app.plan.texts.passages import Passage, passages, plan_passages
from app.plan.words import field_label, owner_words

_NO_LABELS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Renumbered:
    """One number that changes, of an initiative or a relisting (`kind`, `id`).

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
    everything = [*map(key_of, plan.initiatives.values()), *map(key_of, plan.relistings.values())]
    for bearer in everything:
        bearers.setdefault(plain(_entity(plan, bearer).number or ""), []).append(bearer)
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
    yield from plan_passages(plan)
    for initiative in plan.initiatives.under():
        yield from passages(plan, initiative)


def _entity(plan: Plan, bearer: Bearer) -> Initiative | Relisting:
    entity = plan.find(*bearer)
    assert isinstance(entity, Initiative | Relisting)
    return entity


def _title(plan: Plan, bearer: Bearer) -> str:
    entity = _entity(plan, bearer)
    if isinstance(entity, Initiative):
        return entity.title
    category = plan.categories[entity.category].name
    return f"{plan.initiatives[entity.parent].title}（再掲：{category}）"


def _spoken_of(plan: Plan, labels: Mapping[str, str]) -> dict[str, list[str]]:
    """The places that speak of a number, by number."""
    found: dict[str, list[str]] = {}
    for place, text in _places(plan, labels):
        for number in dict.fromkeys(mention.number for mention in mentions(text)):
            found.setdefault(number, []).append(place)
    return found


def _places(plan: Plan, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every text of the plan with its place as a person reads it."""
    for passage in plan_passages(plan):
        entity = plan.find(passage.kind, passage.id)
        owner = owner_words(entity, passage.field) if entity else ""
        yield f"{owner}の{_field(passage, labels)}", passage.text
    for initiative in plan.initiatives.under():
        for passage in passages(plan, initiative):
            yield f"「{initiative.title}」の{_field(passage, labels)}", passage.text


def _field(passage: Passage, labels: Mapping[str, str]) -> str:
    year = f"{fiscal_year_name(passage.fiscal_year)}の" if passage.fiscal_year else ""
    kind = KINDS[passage.kind]
    label = field_label(labels, passage.kind, passage.field)
    return year + (kind.word if kind.cls is Kpi else label)
