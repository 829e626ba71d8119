"""Pillars and categories of the plan from what forms and lists say of them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.intake.found import Draft, Value
from app.intake.making.matching import Found
from app.intake.words import fold

_POLICY: Final = re.compile(
    r"^\s*[・●]?\s*(?P<pillar>[0-9０-９IVXⅠ-Ⅹ]+)?\s*[-－‐―ー–.．]?\s*[(（]?(?P<number>[0-9０-９]+)[)）.．]\s*(?P<name>\S.*?)\s*$"
)
_NUMBERED: Final = re.compile(
    r"^\s*(?:[(（]\s*(?P<number>[0-9０-９]{1,2})\s*[)）]|[0-9０-９]{1,2}[)）.．、])\s*(?P<name>\S.*)$"
)
_PARTED: Final = re.compile(
    r"^\s*[・●]?\s*(?P<pillar>[^：:>＞／]+?)\s*[：:>＞／]\s*(?P<name>\S.*?)\s*$"
)
_UNSURE: Final = 2
_ROMAN: Final = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "Ⅶ": 7}


@dataclass(slots=True)
class CategoryFound:
    """A category: its name, its number if one is written. `is_sure` if a form names it."""

    name: str
    number: int | None = None
    is_sure: bool = False


@dataclass(slots=True)
class PillarFound:
    """A pillar. `ordinal` is the number by which documents point to it, None if they do not."""

    name: str
    ordinal: int | None = None
    vision: str = ""
    categories: dict[str, CategoryFound] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ref:
    """A category of a pillar, both folded. `pillar` is "" if it is not known."""

    pillar: str
    category: str


class Structure:
    """Pillars in their order, with what belongs to each; `refs` are the categories by draft."""

    def __init__(self, found: list[Found], facts: list[Value]) -> None:
        """Collect all pillars and categories that are named."""
        self.pillars: dict[str, PillarFound] = {}
        self._spellings: Counter[tuple[str, str]] = Counter()
        self._waiting: list[tuple[int, CategoryFound]] = []
        self._is_sure = False
        self.refs: dict[int, list[Ref]] = {}
        self._collect_facts(facts)
        for draft in sorted((d for one in found for d in (*one.drafts, *one.again)), key=_sureness):
            self._is_sure = _sureness(draft) == 0
            if _sureness(draft) < _UNSURE:
                self._refs_of(list(draft.values))
        self._is_sure = False
        for one in found:
            self._collect(one)
        for one in found:
            self._collect_again(one)
        self._again = {id(one): list(self._listed_again(one)) for one in found}
        for key, pillar in self.pillars.items():
            spelled = [(n, name) for (k, name), n in self._spellings.items() if k == key]
            pillar.name = max(spelled, key=lambda pair: pair[0])[1] if spelled else pillar.name

    def _collect_facts(self, facts: list[Value]) -> None:
        latest = ""
        for fact in sorted(facts, key=lambda v: (v.field != "pillar", v.cell.place)):
            if fact.field == "pillar":
                latest = self._pillar(fact.text)
        for fact in facts:
            if fact.field == "vision" and self.pillars:
                over = [f for f in facts if f.field == "pillar" and f.grid is fact.grid]
                near = [f for f in over if f.cell.row <= fact.cell.row]
                key = fold(near[-1].text) if near else latest
                if near and key in self.pillars:
                    near_key = fold(max(near, key=lambda f: f.cell.row).text)
                    self.pillars[near_key].vision = fact.text

    def _collect(self, one: Found) -> None:
        refs: list[Ref] = []
        for draft in one.drafts:
            for value in draft.values:
                if value.field == "pillar" and not value.is_home:
                    self._pillar(value.text, weight=0)
            if not any(ref.category for ref in refs):
                refs += [r for r in self._refs_of(list(draft.values)) if r not in refs]
        self.refs[id(one)] = refs

    def _collect_again(self, one: Found) -> None:
        """A list without numbers has an initiative of several categories once under each."""
        if not any(True for d in (*one.drafts, *one.again) for _ in d.all("number")):
            for draft in one.again:
                refs = self._refs_of(list(draft.values))
                self.refs[id(one)] += [r for r in refs if r not in self.refs[id(one)]]

    def refs_again(self, one: Found) -> list[tuple[Ref, str | None]]:
        """Where an initiative is listed again, with its number there, if that is no category."""
        return self._again[id(one)]

    def _listed_again(self, one: Found) -> Iterator[tuple[Ref, str | None]]:
        for draft in one.again:
            for ref in self._refs_of(list(draft.values)):
                if ref not in self.refs[id(one)]:
                    yield ref, draft.text("number") or None

    def _refs_of(self, values: list[Value]) -> list[Ref]:
        refs = []
        homes = [v.text for v in values if v.field == "pillar" and v.is_home]
        pillars = homes or [v.text for v in values if v.field == "pillar"][:1]
        names = [line for v in values if v.field == "category" for line in _names(v.text)]
        numbers = [v.text for v in values if v.field == "number"]
        if pillars or names:
            key = self._pillar(pillars[0]) if pillars else ""
            number = _first_number(numbers[0]) if numbers else None
            for name in names or [""]:
                refs.append(self._category(key, name, number if len(names) == 1 else None))
        for value in values:
            if value.field == "categories":
                refs += [self._policy(line) for line in value.text.split("\n") if line.strip()]
        return list(dict.fromkeys(refs))

    def _pillar(self, text: str, weight: int = 1) -> str:
        name = text.replace("\n", "").strip()
        numbered = re.match(
            r"^(?:基本)?(?:柱|方針|目標)?\s*([0-9０-９]+|[Ⅰ-Ⅶ])\s*[.．、:：)）\s　]\s*(\S.*)$", name
        )
        ordinal = _int(numbered[1]) if numbered else None
        name = numbered[2] if numbered else name
        key = fold(name)
        pillar = self.pillars.setdefault(key, PillarFound(name, ordinal))
        pillar.ordinal = pillar.ordinal or ordinal
        self._spellings[key, name] += weight
        return key

    def _category(self, pillar: str, name: str, number: int | None) -> Ref:
        if numbered := _NUMBERED.match(name):
            number, name = number or _int(numbered["number"] or ""), numbered["name"]
        if not pillar:
            holders = [k for k, p in self.pillars.items() if fold(name) in p.categories]
            pillar = holders[0] if len(holders) == 1 else self._pillar("")
        known_ones = self.pillars[pillar].categories
        if number is not None and fold(name) not in known_ones:
            # The number knows better than a name that could not be read.
            same = [key for key, c in known_ones.items() if c.number == number and key]
            if len(same) == 1 and known_ones[same[0]].is_sure:
                return Ref(pillar, same[0])
        known = self.pillars[pillar].categories.setdefault(fold(name), CategoryFound(name))
        known.number = known.number or number
        known.is_sure = known.is_sure or self._is_sure
        return Ref(pillar, fold(name))

    def _policy(self, line: str) -> Ref:
        """A line such as 1-(2) 行政手続, or 柱：区分."""
        if found := _POLICY.match(line):
            name, ordinal = found["name"], _int(found["pillar"]) if found["pillar"] else None
            return self._category(self._pillar_of(ordinal, name), name, _int(found["number"]))
        if found := _PARTED.match(line):
            return self._category(self._pillar(found["pillar"]), found["name"], None)
        return self._category("", line.strip(" 　・"), None)

    def _pillar_of(self, ordinal: int | None, category: str) -> str:
        holders = [k for k, p in self.pillars.items() if fold(category) in p.categories]
        if len(holders) == 1:
            return holders[0]
        numbered = [k for k, p in self.pillars.items() if p.ordinal == ordinal]
        if ordinal is None or numbered:
            return numbered[0] if numbered else ""
        unnumbered = [k for k, p in self.pillars.items() if p.ordinal is None and k]
        if len(unnumbered) >= ordinal and len(unnumbered) == len(self.pillars):
            return unnumbered[ordinal - 1]
        key = str(ordinal)
        self.pillars.setdefault(key, PillarFound(key, ordinal))
        return key


def _sureness(draft: Draft) -> int:
    """Forms that name pillar and category come first, then lists, then what only numbers them."""
    fields = {value.field for value in draft.values}
    if not {"pillar", "category"} <= fields:
        return _UNSURE
    return 1 if draft.is_row else 0


def _names(text: str) -> list[str]:
    return [line.strip(" 　・") for line in text.split("\n") if line.strip(" 　・")] or []


def _int(text: str) -> int | None:
    return _ROMAN.get(text) or (int(text) if text.isdecimal() else None)


def _first_number(text: str) -> int | None:
    found = re.match(r"^\s*(\d+)[-－‐‑–—―−ー]\d+", text)
    return int(found[1]) if found else None
