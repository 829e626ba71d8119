"""The columns a list may have, in groups that a person chooses from.

A kind of value of which an initiative has several gets as many columns as the fullest
initiative needs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.forms.form import Form
from app.forms.labels import labels_of
from app.forms.marks import unmarked
from app.plan.board.cards import card_name
from app.plan.entities import Category, Initiative, Kpi, Pillar, Texts, YearPlan
from app.plan.periods.fiscal_year import western_year
from app.plan.periods.year_marks import WORDS
from app.plan.plan import Plan
from app.plan.texts.plain_text import without_blank_ends

Datum = str | int | None
Value = Callable[[Initiative], Datum]
Column = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: the initiatives of a plan; the form (if any) names their fields."""

    form: Form | None
    plan: Plan
    initiatives: Sequence[Initiative]
    labels: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", labels_of(self.form))

    def label(self, field: str) -> str:
        """What a person calls a field; its own name if nobody has given it another."""
        return self.labels.get(field, field)


def _fact(head: str, field: str) -> Callable[[Listing], Iterator[Column]]:
    """The group of one field that every initiative has."""

    def columns(listing: Listing) -> Iterator[Column]:
        yield head, lambda initiative: _plain(getattr(initiative, field))

    return columns


def _pillar(listing: Listing) -> Iterator[Column]:
    order = {p.id: n for n, p in enumerate(listing.plan.pillars.under(), start=1)}

    def value(of: Callable[[Pillar], Datum]) -> Value:
        def found(initiative: Initiative) -> Datum:
            pillar = listing.plan.home_pillar(initiative)
            return of(pillar) if pillar else None

        return found

    yield "柱の番号", value(lambda pillar: order[pillar.id])
    yield "柱", value(lambda pillar: pillar.name)


def _category(listing: Listing) -> Iterator[Column]:
    def value(n: int, of: Callable[[Category], Datum]) -> Value:
        def found(initiative: Initiative) -> Datum:
            ids = initiative.categories[n : n + 1]
            category = listing.plan.categories.get(ids[0]) if ids else None
            return of(category) if category else None

        return found

    for n in range(max((len(i.categories) for i in listing.initiatives), default=0)):
        head = "区分" if n == 0 else f"区分{n + 1}"
        yield f"{head}の番号", value(n, lambda category: category.number)
        yield head, value(n, lambda category: category.name)


def _name(listing: Listing) -> Iterator[Column]:
    yield "取組名", card_name
    yield "副題", _subtitle


def _departments(listing: Listing) -> Iterator[Column]:
    return _several(listing, "担当課", lambda initiative: initiative.departments)


def _status(listing: Listing) -> Iterator[Column]:
    yield "現状", lambda initiative: initiative.status
    yield "現状の補足", lambda initiative: _plain(initiative.status_note)


def _relistings(listing: Listing) -> Iterator[Column]:
    under, categories = listing.plan.relistings.under, listing.plan.categories
    yield from _several(
        listing, "再掲先の区分", lambda i: [categories[r.category].name for r in under(i.id)]
    )
    yield from _several(listing, "再掲の番号", lambda i: [r.number or "" for r in under(i.id)])


def _desired_states(listing: Listing) -> Iterator[Column]:
    label = listing.label("desired_states")
    return _several(listing, label, lambda initiative: initiative.desired_states)


def _texts(listing: Listing) -> Iterator[Column]:
    names = dict.fromkeys(name for i in listing.initiatives for name in i.texts)
    for name in _sorted_by_form(names, listing.form):
        yield listing.label(name), _text_of(name)


def _text_of(name: str) -> Value:
    return lambda initiative: _text(initiative.texts, name)


def _years(listing: Listing) -> Iterator[Column]:
    plans = [year for i in listing.initiatives for year in listing.plan.years.under(i.id)]
    names = dict.fromkeys(name for year in plans for name in year.texts)
    for fiscal_year in sorted({year.fiscal_year for year in plans}):
        of_year = [year for year in plans if year.fiscal_year == fiscal_year]
        head = western_year(fiscal_year)
        if any(year.mark for year in of_year):
            yield f"{head}の実施", _of_year(listing, fiscal_year, _mark)
        if any(year.open_ended for year in of_year):
            yield f"{head}の以降", _of_year(listing, fiscal_year, _open_ended)
        for name in _sorted_by_form(names, listing.form):
            value = _of_year(listing, fiscal_year, _year_text(name))
            yield f"{head}の{listing.label(name)}", value


def _of_year(listing: Listing, fiscal_year: int, value: Callable[[YearPlan], Datum]) -> Value:
    def found(initiative: Initiative) -> Datum:
        years = listing.plan.years.under(initiative.id)
        year = next((y for y in years if y.fiscal_year == fiscal_year), None)
        return value(year) if year else None

    return found


def _year_text(name: str) -> Callable[[YearPlan], Datum]:
    return lambda year: _text(year.texts, name)


def _mark(year: YearPlan) -> Datum:
    return WORDS.get(year.mark or "", year.mark)


def _open_ended(year: YearPlan) -> Datum:
    return "以降" if year.open_ended else None


def _kpis(listing: Listing) -> Iterator[Column]:
    under = listing.plan.kpis.under

    def value(n: int, of: Callable[[Kpi], Datum]) -> Value:
        def found(initiative: Initiative) -> Datum:
            kpis = under(initiative.id)
            return of(kpis[n]) if n < len(kpis) else None

        return found

    for n in range(max((len(under(i.id)) for i in listing.initiatives), default=0)):
        yield f"KPI{n + 1}の期限", value(n, lambda kpi: kpi.due)
        yield f"KPI{n + 1}の年度（西暦）", value(n, lambda kpi: kpi.fiscal_year)
        yield f"KPI{n + 1}", value(n, lambda kpi: _prose(kpi.text))


def _several(
    listing: Listing, head: str, values: Callable[[Initiative], Sequence[str]]
) -> Iterator[Column]:
    def value(n: int) -> Value:
        def found(initiative: Initiative) -> Datum:
            items = values(initiative)
            return (_plain(items[n]) or None) if n < len(items) else None

        return found

    most = max((len(values(i)) for i in listing.initiatives), default=0)
    for n in range(max(1, most)):
        yield (f"{head}{n + 1}" if most > 1 else head), value(n)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of columns: what a user calls it, and its columns."""

    name: str
    columns: Callable[[Listing], Iterator[Column]]


GROUPS: Final[Mapping[str, Group]] = {
    "number": Group("番号", _fact("番号", "number")),
    "pillar": Group("柱", _pillar),
    "category": Group("区分", _category),
    "name": Group("取組名", _name),
    "departments": Group("担当課", _departments),
    "stage": Group("段階", _fact("段階", "stage")),
    "status": Group("現状", _status),
    "new_label": Group("新規表示", _fact("新規表示", "new_label")),
    "relistings": Group("再掲", _relistings),
    "desired_states": Group("達成すべき状態", _desired_states),
    "texts": Group("本文", _texts),
    "years": Group("年度ごとの内容", _years),
    "kpis": Group("KPI", _kpis),
    "id": Group("id", _fact("id", "id")),
}


def _sorted_by_form(names: Mapping[str, None], form: Form | None) -> list[str]:
    order = [*form.text_fields, *form.year_fields] if form else []
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _subtitle(initiative: Initiative) -> Datum:
    lines = initiative.name.split("\n")[1:]
    return "".join(line for line in lines if line.startswith(("(", "（"))) or None


def _text(texts: Texts, name: str) -> Datum:
    return _prose(texts.get(name))


def _plain(text: str | None) -> str | None:
    """A fact without bold marks and without blanks at its ends."""
    return unmarked(text).plain.strip() if text else None


def _prose(text: str | None) -> str | None:
    """A text without bold marks; its own lines and their indentation (字下げ) stay."""
    return without_blank_ends(unmarked(text).plain) if text else None
