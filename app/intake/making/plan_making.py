"""A plan from the initiatives that were found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4

from app.forms.marks import MARK, unmarked
from app.intake.found import Doubt, Value
from app.intake.making.matching import Found
from app.intake.making.structure import Ref, Structure
from app.intake.words import KPI, KPIS, TEXTS, YEARS, Words, fold
from app.intake.year_words import YearWord, due_lines, due_year
from app.plan.board.stages import stage_by_rule
from app.plan.entities import (
    Category,
    Entity,
    Initiative,
    Kpi,
    Pillar,
    Profile,
    Relisting,
    YearPlan,
    child_id,
)
from app.plan.kinds import INITIATIVE, KINDS, RELISTING, YEAR_PLAN, kind_of
from app.plan.plan import Plan, plan_of

_BULLET: Final = re.compile(r"^[\s　]*[・･●○•◦‣▪\-][\s　]*")
_BETWEEN: Final = re.compile(r"[、，,;；\n／/]+|(?<=[課室係所])[・\s　]+")
_TASKS: Final = "tasks"
_SINGLE: Final = {"number": "番号", "status": "現状", "new_label": "新規表示"}
_MUNICIPALITY: Final = re.compile(r"([一-龥ぁ-んァ-ヶ]{1,6}?[市区町村])(?![民場営内政役長])")
_PARTS: Final = ("name", "text", "unit", "base", "current", "target", "value")
_PART_WORDS: Final = {"base": "現状値", "current": "現在", "target": "目標値"}


@dataclass(slots=True)
class Made:
    """A plan that was made, where each initiative comes from, and what was doubtful in it."""

    plan: Plan
    sources: dict[str, Found] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    placed: list[Initiative] = field(default_factory=list)


def made_plan(
    found: list[Found], facts: list[Value], words: Words, form: str, form_file: str | None = None
) -> Made:
    """The plan of all initiatives. `form` is the key of its official form, `form_file` its TOML."""
    made = _Making(found, facts, words, form).made()
    profile = replace(made.plan.profile, form_file=form_file)
    return replace(made, plan=replace(made.plan, profile=profile))


class _Making:
    """Makes the entities, in order."""

    def __init__(self, found: list[Found], facts: list[Value], words: Words, form: str) -> None:
        self._found, self._facts, self._words, self._form = found, facts, words, form
        self._structure = Structure(found, facts)
        self._rows: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self._ids: dict[Ref, str] = {}
        self._doubts: list[Doubt] = []
        self._sources: dict[str, Found] = {}
        self._ordinals = _ordinals(found)
        self._statuses: dict[str, None] = {}

    def made(self) -> Made:
        self._make_structure()
        for number, one in enumerate(self._found):
            self._make_initiative(one, float(number))
        profile = self._profile()
        placed = self._place(profile)
        plan = plan_of(profile, {kind: list(rows.values()) for kind, rows in self._rows.items()})
        return Made(plan, self._sources, self._doubts, placed)

    def _make_structure(self) -> None:
        for n, (key, pillar) in enumerate(self._structure.pillars.items(), start=1):
            if not pillar.categories and not pillar.name:
                continue
            self._add(Pillar(
                id=f"p{n}", position=float(n), name=pillar.name, vision=pillar.vision or None,
            ))  # fmt: skip
            for m, (name, category) in enumerate(pillar.categories.items(), start=1):
                number = category.number or (
                    None if any(c.number for c in pillar.categories.values()) else m
                )
                id = f"p{n}-{m}"
                self._ids[Ref(key, name)] = id
                self._add(Category(
                    id=id, parent=f"p{n}", position=float(number or m), number=number,
                    name=category.name,
                ))  # fmt: skip

    def _make_initiative(self, one: Found, position: float) -> None:
        id = str(uuid4())
        values = one.values
        self._doubts += _surplus(values)
        self._sources[id] = one
        categories = [self._ids[ref] for ref in self._structure.refs[id_of(one)]]
        texts: dict[str, list[str]] = {}
        for value in values:
            if value.field.startswith(TEXTS):
                texts.setdefault(value.field.removeprefix(TEXTS), []).append(_bold(value))
        years = self._years(id, values, texts)
        status = _first(values, "status")
        if status:
            self._statuses.setdefault(status)
        self._add(Initiative(
            id=id, position=position, categories=tuple(dict.fromkeys(categories)),
            number=_first(values, "number"), name=_plain(_joined(values, "name")),
            departments=_departments(values), status=status,
            status_note=_joined(values, "status_note") or None,
            new_label=_first(values, "new_label"), desired_states=_states(values),
            texts=_texts(texts),
        ))  # fmt: skip
        for year in years:
            self._add(year)
        for kpi in _kpis(id, values, self._rows[KINDS.of(Kpi).name]):
            self._add(kpi)
        self._relist(id, one)

    def _relist(self, id: str, one: Found) -> None:
        for n, (ref, number) in enumerate(self._structure.refs_again(one)):
            category = self._ids[ref]
            self._add(Relisting(
                id=child_id(id, category, self._rows[RELISTING]), parent=id, position=float(n),
                category=category, number=number,
            ))  # fmt: skip

    def _years(self, id: str, values: list[Value], texts: dict[str, list[str]]) -> list[YearPlan]:
        years: dict[int, YearPlan] = {}
        for value in values:
            if not value.field.startswith(YEARS) or not value.text.strip():
                continue
            year, name, text = value.year, value.field.removeprefix(YEARS), _bold(value)
            number = self._number(year)
            if number is None and year:
                self._doubts.append(Doubt(
                    f"「{year.label}」がどの年度か分かりません。", (value.place,), text
                ))  # fmt: skip
            if number is None:
                texts.setdefault("schedule" if name == _TASKS else name, []).append(text)
                continue
            assert year is not None
            plan = years.get(number) or YearPlan(
                id=child_id(id, number, self._rows[YEAR_PLAN]), parent=id,
                position=float(number), fiscal_year=number,
            )  # fmt: skip
            years[number] = self._with_text(plan, year, name, text)
        return [years[number] for number in sorted(years)]

    def _with_text(self, plan: YearPlan, year: YearWord, name: str, text: str) -> YearPlan:
        if year.is_open:
            plan = replace(plan, open_ended=True)
        if name == "mark":
            return replace(plan, mark=self._words.mark(text) or text.strip())
        if name == _TASKS:
            plan = replace(plan, label=year.label)
        before = plan.texts.get(name)
        joined = f"{before}\n{text}" if before else text
        return replace(plan, texts=MappingProxyType({**plan.texts, name: joined}))

    def _number(self, year: YearWord | None) -> int | None:
        if year is None:
            return None
        if year.fiscal_year is None and year.ordinal is not None:
            return self._ordinals.get(year.ordinal)
        return year.fiscal_year

    def _profile(self) -> Profile:
        years = sorted({y.fiscal_year for y in self._rows[YEAR_PLAN].values()})
        first = years[0] if years else 2022
        length = years[-1] - first + 1 if years else 1
        title, municipality = _titles(self._found)
        return Profile(
            id=str(uuid4()), municipality=municipality, title=title, form=self._form,
            first_fiscal_year=first, term_years=(min(length, 20),),
            statuses=tuple(self._statuses),
        )  # fmt: skip

    def _place(self, profile: Profile) -> list[Initiative]:
        placed = []
        for id, initiative in self._rows[INITIATIVE].items():
            years = tuple(y for y in self._rows[YEAR_PLAN].values() if y.parent == id)
            put = replace(initiative, stage=stage_by_rule(profile, initiative, years))
            self._rows[INITIATIVE][id] = put
            placed.append(put)
        return placed

    def _add(self, entity: Entity) -> None:
        self._rows[kind_of(entity)][entity.id] = entity


def id_of(one: Found) -> int:
    """The key of an initiative in `Structure.refs`."""
    return id(one)


def _first(values: list[Value], name: str) -> str | None:
    return next((v.text.strip() for v in values if v.field == name and v.text.strip()), None)


def _surplus(values: list[Value]) -> Iterator[Doubt]:
    """What is there twice, and differently, of what an initiative has only one of."""
    for name, words in _SINGLE.items():
        found = [value for value in values if value.field == name and value.text.strip()]
        for value in found[1:]:
            if fold(value.text) != fold(found[0].text):
                yield Doubt(
                    f"{words}が2つあります。はじめのもの（{found[0].text.strip()}）を取り込みました。",
                    (value.place,), value.text,
                )  # fmt: skip


def _joined(values: list[Value], name: str) -> str:
    return "\n".join(v.text.strip() for v in values if v.field == name).strip()


def _plain(text: str) -> str:
    return unmarked(text).plain


def _bold(value: Value) -> str:
    """The text of a value; bold throughout if its cell is."""
    text = value.text.strip("\n")
    is_whole = value.cell.is_bold and MARK not in text and fold(text) == fold(value.cell.text)
    return f"{MARK}{text}{MARK}" if is_whole and text.strip() else text


def _texts(texts: Mapping[str, list[str]]) -> Mapping[str, str]:
    joined = {name: "\n".join(parts).rstrip() for name, parts in texts.items()}
    return MappingProxyType({name: text for name, text in joined.items() if text.strip()})


def _departments(values: list[Value]) -> tuple[str, ...]:
    names = [
        n.strip(" 　・") for v in values if v.field == "departments" for n in _BETWEEN.split(v.text)
    ]
    return tuple(dict.fromkeys(_plain(name) for name in names if name))


def _states(values: list[Value]) -> tuple[str, ...]:
    lines = [line for v in values if v.field == "desired_states" for line in v.text.split("\n")]
    return tuple(state for line in lines if (state := _BULLET.sub("", line).strip()))


def _kpis(parent: str, values: list[Value], taken: Mapping[str, object]) -> Iterator[Kpi]:
    known = dict(taken)
    found = list(_targets(values))
    for n, (due, year, text) in enumerate(found):
        id = child_id(parent, f"kpi{n + 1}", known)
        known[id] = None
        yield Kpi(id=id, parent=parent, position=float(n), due=due, fiscal_year=year, text=text)


def _targets(values: list[Value]) -> Iterator[tuple[str | None, int | None, str]]:
    """(due, fiscal year, text) of each indicator: of a text, or put together from its parts."""
    dues = {v.line: v.text.strip() for v in values if v.field == KPI + "due"}
    lines: dict[int, list[str]] = {}
    for value in values:
        if value.field == KPIS:
            lines.setdefault(value.line, []).append(value.text.strip("\n"))
    for line, parts in lines.items():
        due = dues.pop(line, None)
        if due:
            yield due, due_year(due), "\n".join(parts)
        else:
            yield from due_lines("\n".join(parts) if len(parts) != 2 else " ".join(parts))
    rows: dict[int, list[Value]] = {}
    for value in values:
        if value.field.startswith(KPI) and not (value.field == KPI + "due" and value.line in lines):
            rows.setdefault(value.line, []).append(value)
    for row in rows.values():
        due = next((v.text.strip() for v in row if v.field == KPI + "due"), None)
        text = " ".join(
            _part_words(part, v, len(row)) for part in _PARTS for v in row if v.field == KPI + part
        )
        yield due, due_year(due) if due else None, text


def _part_words(part: str, value: Value, count: int) -> str:
    """A part of an indicator as it is said in one line: 目標値（R8） 120."""
    words = _PART_WORDS.get(part, "") if count > 2 else ""
    year = f"（{value.year.label}）" if value.year and words else ""
    return f"{words}{year} {value.text.strip()}".strip()


def _ordinals(found: list[Found]) -> dict[int, int]:
    """The fiscal year of 1年目, 2年目 …, as some head says it for all."""
    known: dict[int, int] = {}
    for one in found:
        for value in one.values:
            year = value.year
            if year and year.ordinal and year.fiscal_year:
                known.setdefault(year.ordinal, year.fiscal_year)
    if known:
        n, first = min(known.items())
        return {m: first + m - n for m in range(1, 21)}
    return {}


def _titles(found: list[Found]) -> tuple[str, str]:
    """(title of the plan, municipality) from the names of the files, "" if they do not say."""
    names = [one.first.grid.source.rpartition(".")[0] for one in found[:1]]
    city = _MUNICIPALITY.match(names[0]) if names else None
    return (names[0] if names else ""), city[1] if city else ""
