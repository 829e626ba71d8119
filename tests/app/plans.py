"""Random plans about nothing in particular: sound, but otherwise as odd as a file may make them."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from hypothesis import strategies as st

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
from app.plan.plan import Plan
from app.plan.table import Table

E = TypeVar("E", bound=Entity)

PLAN_ID = "11111111-2222-4333-8444-555555555555"
STAGES = ("8年間", "着手", "完了")
YEARS = (2022, 2023, 2024)
# An id may be any text: one that looks like that of a year of another, for one.
INITIATIVES = ("i1", "i1/2024", "総務/3", "i4#2")
CATEGORIES = {"c1": "p1", "c/2": "p1", "c3/2024": "p2"}

# Texts are chosen, not made up: drawing a plan must stay quick.
TEXT = st.sampled_from(
    ["", "窓口", "税\n（申告）", "・**太字**→", "𠮷野", "{}", "null", "0", "'", '"', "a\tb", "=1+1"]
)
WORDS = st.sampled_from([(), ("住民課",), ("住民課", ""), ("税務課", "\n")])
NAMES = ("overview", "actions", "x.y", "")
TEXTS = st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=2).map(MappingProxyType)

_OPTIONAL = st.sampled_from([None, "", "運用中", "R6年5月から\n予定"])
_ANY = {
    "position": st.sampled_from([-1.5, 0.0, 1.0, 2.0, 1e9]),
    "keys": st.sampled_from([(), ("id", "name"), ("texts.overview", "texts", "メモ")]),
    "extra": st.sampled_from(["{}", '{"メモ": [1, null]}']),
}
_PROFILES = st.builds(
    Profile,
    id=st.just(PLAN_ID),
    municipality=TEXT,
    subtitle=_OPTIONAL,
    issued=st.sampled_from([None, "", "2023-06", "令和5年6月"]),
    first_fiscal_year=st.sampled_from(YEARS),
    term_years=st.sampled_from([(), (2,), (2, 2, 1)]),
    stages=st.just(STAGES),
    statuses=WORDS,
)


def _pillars(id: str) -> st.SearchStrategy[Pillar]:
    return st.builds(
        Pillar, id=st.just(id), name=TEXT, vision=_OPTIONAL, desired_states=WORDS, **_ANY
    )


def _categories(id: str) -> st.SearchStrategy[Category]:
    return st.builds(
        Category,
        id=st.just(id),
        parent=st.just(CATEGORIES[id]),
        number=st.sampled_from([None, -1, 1, 12]),
        name=TEXT,
        **_ANY,
    )


def _initiatives(id: str) -> st.SearchStrategy[Initiative]:
    return st.builds(
        Initiative,
        id=st.just(id),
        categories=st.sampled_from([(), ("c1",), ("c3/2024", "c1")]),
        number=st.sampled_from([None, "", "1-1", "2-1"]),
        name=TEXT,
        departments=WORDS,
        stage=st.sampled_from(STAGES),
        status=_OPTIONAL,
        status_note=_OPTIONAL,
        new_label=_OPTIONAL,
        desired_states=WORDS,
        board_position=st.sampled_from([None, -1.0, 0.5]),
        texts=TEXTS,
        **_ANY,
    )


def _years(parents: st.SearchStrategy[str]) -> st.SearchStrategy[YearPlan]:
    return st.builds(
        YearPlan,
        id=st.just(""),
        parent=parents,
        fiscal_year=st.sampled_from(YEARS),
        open_ended=st.booleans(),
        label=_OPTIONAL,
        mark=st.sampled_from([None, "start", "continue", "随時"]),
        texts=TEXTS,
        **_ANY,
    )


def _kpis(parents: st.SearchStrategy[str]) -> st.SearchStrategy[Kpi]:
    due, year = _OPTIONAL, st.sampled_from([None, *YEARS])
    return st.builds(
        Kpi, id=st.just(""), parent=parents, due=due, fiscal_year=year, text=TEXT, **_ANY
    )


def _relistings(parents: st.SearchStrategy[str]) -> st.SearchStrategy[Relisting]:
    return st.builds(
        Relisting,
        id=st.just(""),
        parent=parents,
        category=st.sampled_from(list(CATEGORIES)),
        number=_OPTIONAL,
        **_ANY,
    )


def _with_ids(children: Iterable[E]) -> Table[E]:
    """Children with the ids they would get; some years come twice."""
    found: dict[str, E] = {}
    for child in children:
        local: Any = getattr(child, "category", getattr(child, "fiscal_year", None)) or "kpi"
        id = child_id(child.parent, local, found)
        found[id] = replace(child, id=id)
    return Table(found.values())


@st.composite
def plans(draw: st.DrawFn, at_least: int = 0) -> Plan:
    """A plan of up to four initiatives. All plans share one id and one pool of ids."""
    ids = draw(st.lists(st.sampled_from(INITIATIVES), unique=True, min_size=at_least))
    parents = st.sampled_from(ids) if ids else st.nothing()
    return Plan(
        draw(_PROFILES),
        Table([draw(_pillars(id)) for id in ("p1", "p2")]),
        Table([draw(_categories(id)) for id in CATEGORIES]),
        Table([draw(_initiatives(id)) for id in ids]),
        _with_ids(draw(st.lists(_years(parents), max_size=4))),
        _with_ids(draw(st.lists(_kpis(parents), max_size=2))),
        _with_ids(draw(st.lists(_relistings(parents), max_size=2))),
    )
