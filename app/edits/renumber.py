"""Numbering a plan anew, as one edit, and what it would change."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.changes.change import Change, ChangeSet, field_change
from app.plan.entities import Initiative, Relisting
from app.plan.numbering import Bearer, NumberingRule, numbers
from app.plan.plan import Plan

# How a text speaks of an initiative by its number.
_MENTION: Final = re.compile(
    r"(?:No[.．]?|№|取組番号)\s*(\d+(?:[-ー−]\d+)*)(?![\d-])", re.IGNORECASE
)
_HYPHENS: Final = re.compile(r"[ー−]")
_NO_LABELS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Renumbered:
    """One number that changes. `kind` is `initiative` or `relisting`.

    `mentions` are the places where a text speaks of the old number: it stays as it is
    there, for a person to look at (two initiatives may have borne the same number).
    """

    kind: str
    id: str
    name: str
    before: str
    after: str
    mentions: tuple[str, ...] = ()


def renumber(plan: Plan, rule: NumberingRule) -> ChangeSet:
    """Number the whole plan by a rule, which the plan keeps. What fits already stays."""
    changes: list[Change] = []
    for (kind, id), number in numbers(plan, rule).items():
        entity = plan.find(kind, id)
        if entity is not None:
            changes += field_change(entity, "number", number)
    changes += field_change(plan.profile, "numbering", rule.text)
    return ChangeSet("番号の付け直し", tuple(changes))


def keep_numbers(plan: Plan) -> ChangeSet:
    """Keep the numbers as they are from now on: the plan has no rule any more."""
    return ChangeSet("番号をそのまま使う", field_change(plan.profile, "numbering", ""))


def preview(
    plan: Plan, rule: NumberingRule, labels: Mapping[str, str] = _NO_LABELS
) -> tuple[Renumbered, ...]:
    """What `renumber` would change, in printed order; `labels` name the fields of texts."""
    mentions = _mentions(plan, labels)
    return tuple(
        Renumbered(
            kind, id, _title(plan, (kind, id)), before, after, tuple(mentions.get(before, ()))
        )
        for (kind, id), after in numbers(plan, rule).items()
        if (before := _number(plan, (kind, id))) != after
    )


def _number(plan: Plan, bearer: Bearer) -> str:
    entity = plan.find(*bearer)
    assert isinstance(entity, Initiative | Relisting)
    return entity.number or ""


def _title(plan: Plan, bearer: Bearer) -> str:
    kind, id = bearer
    if kind == "initiative":
        return plan.initiatives[id].title
    relisting = plan.relistings[id]
    category = plan.categories[relisting.category].name
    return f"{plan.initiatives[relisting.parent].title}（再掲：{category}）"


def _mentions(plan: Plan, labels: Mapping[str, str]) -> dict[str, list[str]]:
    """The places that speak of a number, by number."""
    found: dict[str, list[str]] = {}
    for place, text in _texts(plan, labels):
        plain = unicodedata.normalize("NFKC", text)
        for match in _MENTION.finditer(plain):
            number = _HYPHENS.sub("-", match[1])
            if place not in found.setdefault(number, []):
                found[number].append(place)
    return found


def _texts(plan: Plan, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every text of the plan with its place as a person reads it."""
    for name, text in plan.profile.texts.items():
        yield f"冊子の文（{labels.get(name, name)}）", text
    for initiative in plan.initiatives.under():
        called = f"「{initiative.title}」"
        facts = {**initiative.texts, "status_note": initiative.status_note or ""}
        for name, text in facts.items():
            yield f"{called}の{labels.get(name, name)}", text
        for year in plan.years.under(initiative.id):
            for name, text in year.texts.items():
                yield f"{called}の{year.fiscal_year}年度の{labels.get(name, name)}", text
        for kpi in plan.kpis.under(initiative.id):
            yield f"{called}のKPI", kpi.text
