"""Filling in one field of an initiative from a plain text, as the command line does."""

import re
from collections.abc import Collection
from typing import Final

from app.changes.change import ChangeSet
from app.edits.text import set_fact, set_text, set_year_fact, set_year_text
from app.errors import KeikakuError
from app.plan.entities import Scalar
from app.plan.facts import FACTS, LISTS, OPTIONAL
from app.plan.plan import Plan
from app.plan.vocabulary import words_instead

# Departments may stand on one line; items of other lists hold such a 、 themselves.
_BETWEEN: Final = {"departments": re.compile(r"[\n、]")}
_LINE_END: Final = re.compile(r"\n")
YEAR_FACTS: Final = ("mark", "label")
"""What every plan can say of a fiscal year, whatever its form."""


def fill_in(plan: Plan, id: str, field: str, text: str, known: Collection[str] = ()) -> ChangeSet:
    """Set a field of an initiative. `known` are texts that the form has and the plan may not.

    Departments stand one a line or with 、 between; desired states one a line. Raises
    KeikakuError for a field that neither the plan nor the form has, and for a stage or
    status that is not on the plan's list.
    """
    texts = {name for card in plan.initiatives.values() for name in card.texts} | set(known)
    if field in FACTS:
        return set_fact(plan, id, field, _fact(plan, field, text))
    if field not in texts:
        raise _unknown(field, (*FACTS, *sorted(texts)))
    return set_text(plan, id, field, text)


def fill_in_year(
    plan: Plan, id: str, fiscal_year: int, field: str, text: str, known: Collection[str] = ()
) -> ChangeSet:
    """Set a field of one fiscal year (western year of its April), as `fill_in` does.

    Raises KeikakuError for a field that neither the plan nor the form has for a year.
    """
    texts = {name for year in plan.years.values() for name in year.texts} | set(known)
    if field in YEAR_FACTS:
        return set_year_fact(plan, id, fiscal_year, field, text or None)
    if field not in texts:
        raise _unknown(field, (*YEAR_FACTS, *sorted(texts)))
    return set_year_text(plan, id, fiscal_year, field, text)


def _fact(plan: Plan, field: str, text: str) -> Scalar:
    if field in LISTS:
        items = (item.strip() for item in _BETWEEN.get(field, _LINE_END).split(text))
        return tuple(item for item in items if item)
    if words := words_instead(plan.profile, field, text):
        raise KeikakuError(
            f"「{text}」は選べません。計画は元のままです。次から選んでください: {'、'.join(words)}"
        )
    return (text or None) if field in OPTIONAL else text


def _unknown(field: str, known: Collection[str]) -> KeikakuError:
    listed = "、".join(known)
    return KeikakuError(f"「{field}」という欄はありません。計画は元のままです。使える欄: {listed}")
