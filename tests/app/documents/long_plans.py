"""Plans in which any text may be very long: what the papers of a plan are tried with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from app.plan.entities import Initiative
from app.plan.plan import Plan
from app.plan.table import Table
from resources import resource
from storage.interchange.interchange import read_interchange
from tests.storage.plan_json import REAL

FILES: tuple[Path, ...] = (*sorted(resource("sample").glob("*.json")), *REAL)
SENTENCE = "窓口の手続きを、待たずに済むようにする。"


def plan_of(file: Path) -> Plan:
    """The plan of a file."""
    return read_interchange(file.read_bytes()).plan


def reduced(plan: Plan, count: int) -> Plan:
    """The plan with its first initiatives of each category, so many in all."""
    first: dict[str, Initiative] = {}
    for initiative in plan.initiatives.under():
        first.setdefault(initiative.categories[0] if initiative.categories else "", initiative)
    kept = {initiative.id: initiative for initiative in list(first.values())[:count]}
    return replace(
        plan,
        initiatives=Table(kept.values()),
        years=Table(year for year in plan.years.values() if year.parent in kept),
        kpis=Table(kpi for kpi in plan.kpis.values() if kpi.parent in kept),
        relistings=Table(r for r in plan.relistings.values() if r.parent in kept),
    )


# Prose, words that cannot be broken, signs that stay together, lists, blanks, wide numbers.
PATTERNS = (
    SENTENCE, "Windows365", "（「『", "。、ー", "・項目の一つ\n", "あ　い ", "1,234千円、", "訂\n",
)  # fmt: skip
LENGTHS = (1, 30, 250, 1500, 4000)
TEXTS = st.builds(
    lambda pattern, length: (pattern * (length // len(pattern) + 1))[:length].strip() or "窓",
    st.sampled_from(PATTERNS),
    st.sampled_from(LENGTHS),
)
MANY = st.lists(TEXTS, min_size=1, max_size=3).flatmap(
    lambda texts: st.sampled_from([tuple(texts), tuple(f"{n}{SENTENCE}" for n in range(40))])
)

Change = Callable[[Plan], Plan]


def with_profile(**values: Any) -> Change:
    """Facts of the plan."""
    return lambda plan: replace(plan, profile=replace(plan.profile, **values))


def with_book_texts(texts: Mapping[str, str]) -> Change:
    """Texts before and after the sheets."""

    def change(plan: Plan) -> Plan:
        held = MappingProxyType({**plan.profile.texts, **texts})
        return replace(plan, profile=replace(plan.profile, texts=held))

    return change


def with_first(table: str, **values: Any) -> Change:
    """Fields of the first entity of a table."""

    def change(plan: Plan) -> Plan:
        held = getattr(plan, table)
        if not held:
            return plan
        in_order = table in ("pillars", "initiatives")
        first = held.under()[0] if in_order else held_first(held)
        return replace(plan, **{table: held.changed({first.id: replace(first, **values)})})

    return change


def held_first(table: Any) -> Any:
    """The first entity of a table."""
    return next(iter(table.values()))


def with_stage(text: str) -> Change:
    """The name of the stage of the first initiative."""

    def change(plan: Plan) -> Plan:
        cards = plan.initiatives.under()
        if not cards or text in plan.profile.stages:
            return plan
        old = cards[0].stage
        stages = tuple(text if stage == old else stage for stage in plan.profile.stages)
        moved = {i.id: replace(i, stage=text) for i in cards if i.stage == old}
        profile = replace(plan.profile, stages=stages)
        return replace(plan, profile=profile, initiatives=plan.initiatives.changed(moved))

    return change


def with_texts_of(table: str, value: str) -> Change:
    """Every text of the first initiative, or of its first year."""

    def change(plan: Plan) -> Plan:
        held = getattr(plan, table)
        if not held:
            return plan
        first = held_first(held)
        texts = MappingProxyType(dict.fromkeys(first.texts or ("overview",), value))
        return replace(plan, **{table: held.changed({first.id: replace(first, texts=texts)})})

    return change


def _one(
    make: Callable[[Any], Change], values: st.SearchStrategy[Any]
) -> st.SearchStrategy[Change]:
    return st.builds(make, values)


CHANGES = st.one_of(
    *(
        _one(lambda value, name=name: with_profile(**{name: value}), TEXTS)
        for name in ("municipality", "title", "subtitle", "edition", "issued")
    ),
    *(
        _one(lambda value, name=name: with_book_texts({name: value}), TEXTS)
        for name in ("preface", "how_to_read", "closing", "history", "publisher")
    ),
    *(
        _one(lambda value, place=place: with_first(place[0], **{place[1]: value}), TEXTS)
        for place in (
            ("pillars", "name"), ("pillars", "vision"), ("categories", "name"),
            ("initiatives", "name"), ("initiatives", "number"), ("initiatives", "status"),
            ("initiatives", "status_note"), ("initiatives", "new_label"), ("relistings", "number"),
            ("years", "mark"), ("years", "label"), ("kpis", "text"), ("kpis", "due"),
        )
    ),
    *(
        _one(lambda value, place=place: with_first(place[0], **{place[1]: value}), MANY)
        for place in (
            ("pillars", "desired_states"), ("initiatives", "desired_states"),
            ("initiatives", "departments"),
        )
    ),
    *(
        _one(lambda value, table=table: with_texts_of(table, value), TEXTS)
        for table in ("initiatives", "years")
    ),
    _one(with_stage, TEXTS),
)  # fmt: skip


@st.composite
def long_plans(draw: st.DrawFn) -> Plan:
    """A plan of a file, made small, with up to four of its texts replaced."""
    plan = SMALL[draw(st.sampled_from(FILES))]
    for change in draw(st.lists(CHANGES, min_size=1, max_size=4)):
        plan = change(plan)
    return plan


SMALL = {file: reduced(plan_of(file), 4) for file in FILES}
