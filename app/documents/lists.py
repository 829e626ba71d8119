"""Lists (一覧データ) for other programs: one row an initiative, one datum a cell.

After the rules of the Ministry of Internal Affairs for machine-readable tables
(総務省「統計表における機械判読可能なデータの表記方法の統一ルール」): a head of one row, no
merged cells, nothing left out because it stands above, no blanks or line ends for looks,
several values in several columns, western years beside 和暦.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import KeikakuError
from app.forms.form import REPEATED, Form
from app.forms.marks import unmarked
from app.plan.cards import card_name
from app.plan.entities import Initiative, Texts, YearPlan
from app.plan.fiscal_year import western_year
from app.plan.plan import Plan

Datum = str | int | None
_Value = Callable[[Initiative], Datum]
_MARKS: Final = {"start": "開始", "continue": "継続"}
# The groups of columns one may choose from, with what a user calls them.
LIST_COLUMNS: Final[Mapping[str, str]] = {
    "number": "番号",
    "pillar": "柱",
    "category": "区分",
    "name": "取組名",
    "departments": "担当課",
    "stage": "段階",
    "status": "現状",
    "new_label": "新規の表示",
    "relistings": "再掲",
    "desired_states": "達成すべき状態",
    "texts": "本文",
    "years": "年度ごとの内容",
    "kpis": "KPI",
    "id": "id",
}


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list: its title, one head a column, and rows as long as the heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]


def list_table(
    form: Form | None, plan: Plan, initiatives: Sequence[Initiative], columns: Sequence[str] = ()
) -> ListTable:
    """The list of these initiatives with the chosen groups of columns (none: all).

    Groups are named by key or Japanese name (LIST_COLUMNS). Raises KeikakuError for others.
    """
    groups = [_group(name) for name in columns] or list(LIST_COLUMNS)
    makers = _Columns(form, plan, initiatives)
    found = [column for group in dict.fromkeys(groups) for column in makers.of(group)]
    return ListTable(
        title=plan.profile.title or "取組一覧",
        heads=tuple(_told_apart([head for head, _ in found])),
        rows=tuple(tuple(value(i) for _, value in found) for i in initiatives),
    )


def _told_apart(heads: Sequence[str]) -> Iterator[str]:
    """Heads of which no two are the same: a text may bear the name of a fact."""
    seen: dict[str, int] = {}
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        yield head if seen[head] == 1 else f"{head}（{seen[head]}）"


def _group(name: str) -> str:
    for key, called in LIST_COLUMNS.items():
        if name.strip() in (key, called):
            return key
    known = "、".join(LIST_COLUMNS.values())
    raise KeikakuError(f"「{name}」という列はありません。選べる列: {known}")


class _Columns:
    """Makes the columns of each group; as many of a kind as the fullest initiative needs."""

    def __init__(self, form: Form | None, plan: Plan, initiatives: Sequence[Initiative]) -> None:
        self._form, self._plan, self._initiatives = form, plan, initiatives

    def of(self, group: str) -> list[tuple[str, _Value]]:
        """The columns of a group: head and value."""
        made: Iterator[tuple[str, _Value]] = getattr(self, f"_{group}")()
        return list(made)

    def _id(self) -> Iterator[tuple[str, _Value]]:
        yield "id", lambda i: i.id

    def _number(self) -> Iterator[tuple[str, _Value]]:
        yield "番号", lambda i: i.number

    def _pillar(self) -> Iterator[tuple[str, _Value]]:
        order = {p.id: n for n, p in enumerate(self._plan.pillars.under(), start=1)}

        def place(initiative: Initiative) -> Datum:
            pillar = self._plan.home_pillar(initiative)
            return order[pillar.id] if pillar else None

        def name(initiative: Initiative) -> Datum:
            pillar = self._plan.home_pillar(initiative)
            return pillar.name if pillar else None

        yield "柱の番号", place
        yield "柱", name

    def _category(self) -> Iterator[tuple[str, _Value]]:
        for n in range(max((len(i.categories) for i in self._initiatives), default=0)):
            head = "区分" if n == 0 else f"区分{n + 1}"
            yield f"{head}の番号", lambda i, n=n: self._category_value(i, n, "number")  # type: ignore[misc]
            yield head, lambda i, n=n: self._category_value(i, n, "name")  # type: ignore[misc]

    def _category_value(self, initiative: Initiative, n: int, field: str) -> Datum:
        ids = initiative.categories[n : n + 1]
        category = self._plan.categories.get(ids[0]) if ids else None
        if category is None:
            return None
        return category.name if field == "name" else category.number

    def _name(self) -> Iterator[tuple[str, _Value]]:
        yield "取組名", card_name
        yield "副題", _subtitle

    def _departments(self) -> Iterator[tuple[str, _Value]]:
        yield from self._several("担当課", lambda i: i.departments)

    def _stage(self) -> Iterator[tuple[str, _Value]]:
        yield "段階", lambda i: i.stage

    def _status(self) -> Iterator[tuple[str, _Value]]:
        yield "現状", lambda i: i.status
        yield "現状の補足", lambda i: _plain(i.status_note)

    def _new_label(self) -> Iterator[tuple[str, _Value]]:
        yield "新規の表示", lambda i: i.new_label

    def _relistings(self) -> Iterator[tuple[str, _Value]]:
        under, categories = self._plan.relistings.under, self._plan.categories
        yield from self._several(
            "再掲先の区分", lambda i: [categories[r.category].name for r in under(i.id)]
        )
        yield from self._several("再掲の番号", lambda i: [r.number or "" for r in under(i.id)])

    def _desired_states(self) -> Iterator[tuple[str, _Value]]:
        label = self._label("desired_states", "達成すべき状態")
        yield from self._several(label, lambda i: i.desired_states)

    def _texts(self) -> Iterator[tuple[str, _Value]]:
        names = dict.fromkeys(name for i in self._initiatives for name in i.texts)
        for name in _sorted_by_form(names, self._form):
            head = self._label(name, name)
            yield head, lambda i, name=name: _text(i.texts, name)  # type: ignore[misc]

    def _years(self) -> Iterator[tuple[str, _Value]]:
        plans = [year for i in self._initiatives for year in self._plan.years.under(i.id)]
        names = dict.fromkeys(name for year in plans for name in year.texts)
        for fiscal_year in sorted({year.fiscal_year for year in plans}):
            head = western_year(fiscal_year)
            if any(y.mark for y in plans if y.fiscal_year == fiscal_year):
                yield f"{head}の実施", self._of_year(fiscal_year, _mark)
            if any(y.open_ended for y in plans if y.fiscal_year == fiscal_year):
                yield f"{head}の以降", self._of_year(fiscal_year, _open_ended)
            for name in _sorted_by_form(names, self._form):
                value = self._of_year(fiscal_year, lambda y, name=name: _text(y.texts, name))  # type: ignore[misc]
                yield f"{head}の{self._label(name, name)}", value

    def _of_year(self, fiscal_year: int, value: Callable[[YearPlan], Datum]) -> _Value:
        def found(initiative: Initiative) -> Datum:
            years = self._plan.years.under(initiative.id)
            year = next((y for y in years if y.fiscal_year == fiscal_year), None)
            return value(year) if year else None

        return found

    def _kpis(self) -> Iterator[tuple[str, _Value]]:
        under = self._plan.kpis.under
        for n in range(max((len(under(i.id)) for i in self._initiatives), default=0)):
            for head, field in (
                ("期限", "due"),
                ("期限の年度（西暦）", "fiscal_year"),
                ("", "text"),
            ):
                yield (
                    f"KPI{n + 1}{head}",
                    lambda i, n=n, field=field: _nth_field(under(i.id), n, field),  # type: ignore[misc]
                )

    def _several(
        self, head: str, values: Callable[[Initiative], Sequence[str]]
    ) -> Iterator[tuple[str, _Value]]:
        most = max((len(values(i)) for i in self._initiatives), default=0)
        for n in range(max(1, most)):
            numbered = f"{head}{n + 1}" if most > 1 else head
            yield numbered, lambda i, n=n: _nth(values(i), n)  # type: ignore[misc]

    def _label(self, field: str, otherwise: str) -> str:
        return (field_label(self._form, field) if self._form else "") or otherwise


def field_label(form: Form, field: str) -> str:
    """What a form prints before a field: its own label, its head's, that of its row; or ""."""
    for name, cell in form.cells.items():
        if cell.field != field:
            continue
        head = form.cells.get(f"{name}_head")
        label = cell.label or (head.label if head else "") or _row_label(form, name)
        return label.strip("【】")
    return ""


def _row_label(form: Form, name: str) -> str:
    for band in form.bands:
        for row in band.rows:
            names = [n.removesuffix(REPEATED) for n in row]
            labels = (
                [form.cells[n].label for n in names[: names.index(name)]] if name in names else []
            )
            for label in labels:
                if label and "{" not in label:
                    return label
    return ""


def _sorted_by_form(names: Mapping[str, None], form: Form | None) -> list[str]:
    order = [*form.text_fields, *form.year_fields] if form else []
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _subtitle(initiative: Initiative) -> Datum:
    lines = initiative.name.split("\n")[1:]
    return "".join(line for line in lines if line.startswith(("(", "（"))) or None


def _mark(year: YearPlan) -> Datum:
    return _MARKS.get(year.mark or "", year.mark)


def _open_ended(year: YearPlan) -> Datum:
    return "以降" if year.open_ended else None


def _nth(values: Sequence[str], n: int) -> Datum:
    return (_plain(values[n]) or None) if n < len(values) else None


def _nth_field(rows: Sequence[object], n: int, field: str) -> Datum:
    value: Datum = getattr(rows[n], field) if n < len(rows) else None
    return _plain(value) if isinstance(value, str) else value


def _text(texts: Texts, name: str) -> Datum:
    return _plain(texts.get(name))


def _plain(text: str | None) -> str | None:
    """A text without bold marks and without blanks at its ends; its own lines stay."""
    return unmarked(text).plain.strip() if text else None
