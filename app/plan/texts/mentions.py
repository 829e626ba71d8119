"""Where a text speaks of another initiative by its printed number: No.1-2, №3, 1-2参照."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.plan.texts.passages import passages
from app.plan.texts.per_initiative_cache import PerInitiativeCache

_NUMBER: Final = r"\d+(?:[-－ー−‐–]\d+)*"
_HYPHENED: Final = r"\d+(?:[-－ー−‐–]\d+)+"
_MENTION: Final = re.compile(
    rf"(?:(?<![A-Za-z])(?:No|Ｎｏ|ＮＯ)[.．]?|№|取組番号)\s*({_NUMBER})(?![-\d])"
    rf"|(?<![-\d.．/])({_HYPHENED})(?=\s*[をも]?参照)",
    re.IGNORECASE,
)
_HYPHENS: Final = re.compile("[－ー−‐–]")
_WIDE: Final = str.maketrans("0123456789-", "０１２３４５６７８９－")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number spoken of: [start, end) of the whole mention, `at` where the number begins."""

    number: str
    start: int
    at: int
    end: int


def mentions(text: str) -> Sequence[Mention]:
    """The mentions in a text, in order; numbers as a plan prints them (1-2)."""
    found = []
    for match in _MENTION.finditer(text):
        group = 1 if match[1] else 2
        found.append(Mention(plain(match[group]), match.start(), match.start(group), match.end()))
    return found


def plain(number: str) -> str:
    """A number in one width and with one kind of hyphen."""
    return _HYPHENS.sub("-", unicodedata.normalize("NFKC", number)).strip()


def with_numbers(text: str, new: Mapping[str, str]) -> str:
    """The text with the numbers it speaks of put in anew; other numbers stay."""
    parts, last = [], 0
    for mention in mentions(text):
        number = new.get(mention.number)
        if number is not None:
            is_wide = text[mention.at] in "０１２３４５６７８９"
            parts += [text[last : mention.at], number.translate(_WIDE) if is_wide else number]
            last = mention.end
    return "".join(parts) + text[last:]


def initiatives_by_number(plan: Plan) -> dict[str, list[str]]:
    """The initiatives (ids) that a number leads to: theirs, or that of their relisting."""
    found: dict[str, list[str]] = {}
    for initiative in plan.initiatives.under():
        own = [initiative.number, *(r.number for r in plan.relistings.under(initiative.id))]
        for number in dict.fromkeys(plain(number) for number in own if number):
            found.setdefault(number, []).append(initiative.id)
    return found


def mentioned_numbers(plan: Plan, initiative: Initiative) -> tuple[str, ...]:
    """The numbers that an initiative's texts speak of, each once, in order."""
    found = (m.number for text in passages(plan, initiative) for m in mentions(text.text))
    return tuple(dict.fromkeys(found))


class Links:
    """Which initiatives speak of which."""

    def __init__(self) -> None:
        self._spoken: PerInitiativeCache[tuple[str, ...]] = PerInitiativeCache(mentioned_numbers)

    def of(self, plan: Plan, initiative: Initiative) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of those that an initiative speaks of, and of those that speak of it."""
        known = initiatives_by_number(plan)
        to = (id for number in self._spoken.of(plan, initiative) for id in known.get(number, ()))
        own = {number for number, ids in known.items() if initiative.id in ids}
        others = (i for i in plan.initiatives.under() if i.id != initiative.id)
        back = (i.id for i in others if own & set(self._spoken.of(plan, i)))
        return tuple(id for id in dict.fromkeys(to) if id != initiative.id), tuple(back)
