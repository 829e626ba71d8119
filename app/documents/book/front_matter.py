"""The texts before and after the sheets of a book: the plan's own, or sensible ones.

They are texts of the plan's profile. A text that is missing is derived from the plan; one
that is empty leaves its page out.
"""

from collections.abc import Callable, Mapping
from typing import Final

from app.forms.index_style import IndexStyle
from app.plan.entities import Profile
from app.plan.kinds import KINDS
from app.plan.periods.fiscal_year import fiscal_year_name, month_name, western_year
from app.plan.periods.terms import current_term, terms
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_blank_ends
from app.plan.words import field_word, pillars_words

_USUAL: Final = IndexStyle()
CHAPTER: Final = "chapter"
"""The text in front of the number of a pillar in the heads of index tables: 3. for 3.1, 3.2."""
_NAMES: Final = ("preface", "how_to_read", "closing", "history", "publisher", CHAPTER)
MATTER: Final[Mapping[str, str]] = {
    name: field_word(KINDS.of(Profile).name, name) for name in _NAMES
}
"""The texts by their name in the plan, with what a user calls them."""


def matter(plan: Plan, name: str, index: IndexStyle = _USUAL) -> str:
    """A text of the book (MATTER): as the plan has it, else derived from the plan.

    `index` is that of the plan's form, from which the chapter comes. Blank lines above and below
    a text are left out; a text of blanks only is empty.
    """
    written = plan.profile.texts.get(name)
    if written is None:
        written = index.chapter if name == CHAPTER else _DEFAULTS[name](plan)
    return without_blank_ends(written)


def full_title(plan: Plan) -> str:
    """The plan's title and subtitle on one line."""
    return "　".join(filter(None, (plan.profile.title, plan.profile.subtitle)))


def plan_years(plan: Plan) -> str:
    """The years of the whole plan: 令和4年度（2022年度）から令和11年度（2029年度）まで."""
    profile = plan.profile
    return _span(profile.first_fiscal_year, sum(profile.term_years))


def term_years(plan: Plan) -> str:
    """The years of the current term, with its ordinal; "" where the plan has one term only."""
    term = current_term(plan.profile)
    if term is None or len(terms(plan.profile)) < 2:
        return ""
    return f"第{term.ordinal}期：{_span(term.years.start, len(term.years))}"


def _span(first: int, length: int) -> str:
    if length < 2:
        return western_year(first) if length else ""
    return f"{western_year(first)}～{western_year(first + length - 1)}"


def _preface(plan: Plan) -> str:
    profile, pillars = plan.profile, plan.pillars.under()
    names = "".join(f"「{pillar.name}」" for pillar in pillars)
    years = fiscal_year_name(profile.first_fiscal_year)
    return (
        f"この冊子は、{profile.municipality}が{years}から進める"
        f"「{profile.title}」の取組をまとめたものです。\n"
        f"取組は{len(plan.initiatives)}件あり、{names}の{pillars_words(plan)}に分けています。"
        "はじめに柱ごとの一覧表を、続いて取組を1件ずつまとめた個票を載せています。"
        "一覧表の掲載ページから、それぞれの個票を開くことができます。"
    )


def _how_to_read(plan: Plan) -> str:
    return "取組ごとの個票は、次のように読みます。図は、この計画に載っている取組の例です。"


def _history(plan: Plan) -> str:
    parts = (month_name(plan.profile.issued), plan.profile.edition or "")
    return "　".join(part for part in parts if part)


_DEFAULTS: Final[Mapping[str, Callable[[Plan], str]]] = {
    "preface": _preface,
    "how_to_read": _how_to_read,
    "closing": lambda plan: "",
    "history": _history,
    "publisher": lambda plan: plan.profile.municipality,
}
