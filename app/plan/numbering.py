"""Printed numbers made by a rule. Without a rule they stay as the city printed them.

A number is never an identity: a rule may be changed at any time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from app.errors import KeikakuError
from app.plan.entities import Initiative, Relisting
from app.plan.kinds import INITIATIVE
from app.plan.lists.listing import Listed, listings, number_key
from app.plan.plan import Plan
from app.plan.references import Key, key_of

Scheme = Literal["category", "pillar", "straight"]
# What a user calls the schemes.
SCHEMES: Final[Mapping[Scheme, str]] = {
    "category": "区分の番号と通し（1-1）、柱ごとに",
    "pillar": "柱の番号と通し（1-1）",
    "straight": "計画を通して（1、2、3）",
}
_RELISTINGS, _GAPS = "relistings", "gaps"
_AGAIN: Final = "再掲 {}"
Bearer = Key
"""Kind and id of what bears a number: an initiative or a relisting."""


@dataclass(frozen=True, slots=True)
class NumberingRule:
    """How numbers are made.

    With `counts_relistings` a 再掲 takes a number of its own in the row, else it prints
    that of its sheet after 再掲. With `keeps_gaps` numbers that fit stay, those of
    initiatives that have left stay free, and what is new follows after the last; a 再掲 that
    the city prints with another number than that of its sheet stays as it is printed.
    """

    scheme: Scheme = "category"
    counts_relistings: bool = False
    keeps_gaps: bool = False

    @property
    def text(self) -> str:
        """The rule as the plan keeps it."""
        flags = ((_RELISTINGS, self.counts_relistings), (_GAPS, self.keeps_gaps))
        return " ".join([self.scheme, *(word for word, is_set in flags if is_set)])


def read_rule(text: str) -> NumberingRule | None:
    """The rule that a plan keeps as `text`; None for none. Raises KeikakuError for another."""
    if not text.strip():
        return None
    first, *flags = text.split()
    for scheme in SCHEMES:
        if scheme == first and set(flags) <= {_RELISTINGS, _GAPS}:
            return NumberingRule(scheme, _RELISTINGS in flags, _GAPS in flags)
    raise KeikakuError(
        f"番号の付け方「{text}」は、このプログラムにはありません。計画は元のままです。"
        "番号の付け方を選び直してください。"
    )


def numbers(plan: Plan, rule: NumberingRule) -> dict[Bearer, str]:
    """The numbers of all initiatives and relistings of a plan, as the rule makes them.

    Initiatives without a category have a number only where all are numbered through.
    """
    made: dict[Bearer, str] = {}
    for prefix, group in _groups(plan, rule):
        counted = [x for x in group if not x.is_again or rule.counts_relistings]
        made |= _counted(prefix, counted, rule.keeps_gaps)
    if not rule.counts_relistings:
        made |= _repeated(plan, made, rule.keeps_gaps)
    return made


def learned_rule(plan: Plan) -> NumberingRule:
    """The rule that changes the fewest numbers that a plan prints: its own habit.

    What has no number yet decides nothing. Of rules that change as many, the first of the
    schemes, without numbers for 再掲 and without gaps.
    """
    rules = (
        NumberingRule(scheme, counts_relistings, keeps_gaps)
        for scheme, counts_relistings, keeps_gaps in product(SCHEMES, (False, True), (False, True))
    )
    return min(rules, key=lambda rule: _unfit(plan, rule))


def _unfit(plan: Plan, rule: NumberingRule) -> int:
    """How many printed numbers are not what the rule makes."""
    made = numbers(plan, rule)
    bearers: list[Initiative | Relisting] = [
        *plan.initiatives.values(),
        *plan.relistings.values(),
    ]
    printed = ((key_of(bearer), bearer.number) for bearer in bearers if bearer.number)
    return sum(made.get(key, number) != number for key, number in printed)


def _repeated(plan: Plan, made: Mapping[Bearer, str], keeps_others: bool) -> dict[Bearer, str]:
    """The numbers of 再掲 that repeat that of their sheet."""
    found: dict[Bearer, str] = {}
    for relisting in plan.relistings.values():
        home = made.get((INITIATIVE, relisting.parent))
        if home and not (keeps_others and _names_another(plan, relisting)):
            found[key_of(relisting)] = _AGAIN.format(home)
    return found


def _names_another(plan: Plan, relisting: Relisting) -> bool:
    """Whether a 再掲 is printed with a number that is not that of its sheet."""
    start = _AGAIN.format("")
    number, home = relisting.number or "", plan.initiatives[relisting.parent].number
    return number.startswith(start) and bool(home) and number != f"{start}{home}"


def _groups(plan: Plan, rule: NumberingRule) -> Iterator[tuple[str, list[Listed]]]:
    """The initiatives that are counted together, with what stands before each number."""
    listed = listings(plan)
    everything: list[Listed] = []
    for place, pillar in enumerate(plan.pillars.under(), start=1):
        of_pillar: list[Listed] = []
        for ordinal, category in enumerate(plan.categories.under(pillar.id), start=1):
            # Further categories of an initiative are no relistings and bear no number.
            group = [x for x in listed[category.id] if not x.is_again or x.relisting]
            of_pillar += group
            if rule.scheme == "category":
                number = ordinal if category.number is None else category.number
                yield f"{number}-", group
        if rule.scheme == "pillar":
            yield f"{place}-", of_pillar
        everything += of_pillar
    if rule.scheme == "straight":
        homeless = (i for i in plan.initiatives.under() if plan.home_category(i) is None)
        yield "", [*everything, *(Listed(i, i.number) for i in homeless)]


def _counted(prefix: str, group: Sequence[Listed], keeps_gaps: bool) -> dict[Bearer, str]:
    kept = _kept(prefix, group) if keeps_gaps else {}
    last = max(kept.values(), default=0)
    made: dict[Bearer, str] = {}
    for listed in group:
        bearer = bearer_of(listed)
        if bearer not in kept:
            last += 1
        made[bearer] = f"{prefix}{kept.get(bearer, last)}"
    return made


def _kept(prefix: str, group: Sequence[Listed]) -> dict[Bearer, int]:
    """The numbers that fit the rule already; of two that are the same the first stays."""
    kept: dict[Bearer, int] = {}
    for listed in group:
        key = number_key(listed.number)
        if key and listed.number == f"{prefix}{key[-1]}" and key[-1] not in kept.values():
            kept[bearer_of(listed)] = key[-1]
    return kept


def bearer_of(listed: Listed) -> Bearer:
    """What bears the number of a row: the relisting, else the initiative itself."""
    return key_of(listed.relisting or listed.initiative)
