"""Forms and plans for tests of the form engine; everything in them is invented."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.forms.definition.form_file import read_form
from app.forms.form import Form
from app.plan.entities import Category, Initiative, Kpi, Pillar, Profile, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table
from resources import resource

KEYS = ("matsue", "kashima", "kaminoyama")
STATUSES = ("調査・研究中", "着手中", "運用中")


def built_in(key: str) -> Form:
    """One of the forms that come with the program."""
    path = resource(f"forms/{key}.toml")
    return read_form(path.read_text(encoding="utf-8"), path.name)


def form(tables: str, page: str = "", **_: Any) -> Form:
    """A form of the bands and cells in `tables`; `page` holds further lines of its page."""
    return read_form(toml(tables, page), "test.toml")


def toml(tables: str, page: str = "") -> str:
    """A form file with these bands and cells on A4 portrait."""
    return f"""
format = "keikaku-form"
version = 1
key = "test"
name = "試しの様式"

[page]
paper = "A4"
margins = {{ top = 20, right = 20, bottom = 20, left = 20 }}
{page}

[font]
largest = 11
smallest = 7

{tables}
"""


def plan(
    texts: Mapping[str, str] | None = None,
    years: Mapping[int, Mapping[str, str]] | None = None,
    kpis: Sequence[tuple[str, str]] = (),
    *,
    pillars: Sequence[str] = ("暮らし", "しごと", "ひと"),
    terms: tuple[int, ...] = (2, 2),
    term: int = 1,
    **facts: Any,
) -> Plan:
    """A plan from fiscal year 2024 on with one initiative `i`, whose home is the first pillar."""
    own = {"number": "1-1", "name": "待たない窓口", "departments": ("住民課",), **facts}
    homes = ("p1-1",) if pillars else ()
    return Plan(
        Profile(
            id="plan", municipality="みなと町", title="デジタル計画", issued="2024-05",
            first_fiscal_year=2024, term_years=terms, term=term, statuses=STATUSES,
        ),
        pillars=Table(Pillar(id=f"p{n}", position=n, name=p) for n, p in enumerate(pillars, 1)),
        categories=Table(
            Category(id=f"p{n}-1", parent=f"p{n}", position=n, number=1, name="窓口")
            for n, _ in enumerate(pillars, 1)
        ),
        initiatives=Table(
            [Initiative(**{"id": "i", "categories": homes, "texts": _held(texts), **own})]
        ),
        years=Table(
            YearPlan(id=f"i/{y}", parent="i", position=y, fiscal_year=y, texts=_held(t))
            for y, t in (years or {}).items()
        ),
        kpis=Table(
            Kpi(id=f"i/kpi{n}", parent="i", position=n, due=due, text=text)
            for n, (due, text) in enumerate(kpis)
        ),
    )  # fmt: skip


def _held(texts: Mapping[str, str] | None) -> Mapping[str, str]:
    return MappingProxyType(dict(texts or {}))


def filled_plan(sample: str = "窓口", **facts: Any) -> Plan:
    """A plan whose one initiative has `sample` in every field of every built-in form."""
    names = ("overview", "background", "final_goals", "current_state", "issue", "approach",
             "content")  # fmt: skip
    year = {"actions": sample, "goals": sample, "tasks": sample}
    return plan(
        dict.fromkeys(names, sample),
        dict.fromkeys((2024, 2025, 2026), year),
        [("令和7年度末", sample)],
        **{"status": "運用中", "desired_states": (sample,), **facts},
    )
