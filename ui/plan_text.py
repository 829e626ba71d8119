"""A plan as plain text, for the command line."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.changes.change import WHOLE, Change, Value, entities_in
from app.changes.history import Entry
from app.plan.entities import Entity, Initiative, Scalar, Texts, YearPlan
from app.plan.facts import FACTS
from app.plan.lists.lookup import display_name
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.references import Key
from ui.change_words import ACTIONS, place_words, seen_changes, value_words

# Longest value (characters) and most changes that one line of the log shows.
_SHORT: Final = 20
_FEW: Final = 3


def plan_lines(plan: Plan) -> Iterator[str]:
    """What a plan is about, how many cards each stage has, and all initiatives, a line each."""
    profile = plan.profile
    title = " ".join(filter(None, (profile.municipality, profile.title, profile.subtitle)))
    yield f"{title}（{profile.edition}）" if profile.edition else title
    cards = plan.initiatives.under()
    yield f"取組 {len(cards)}件"
    for stage in profile.stages:
        yield f"  {stage}: {sum(card.stage == stage for card in cards)}件"
    yield ""
    for card in cards:
        departments = "・".join(card.departments)
        yield "\t".join((card.number or "－", card.stage, card.title, departments, card.id))


def initiative_lines(
    plan: Plan, initiative: Initiative, labels: Mapping[str, str]
) -> Iterator[str]:
    """All that an initiative says: each field with its label and the name `set` knows it by."""
    yield display_name(initiative)
    yield f"id: {initiative.id}"
    for category in (plan.categories[id] for id in initiative.categories):
        yield f"区分: {plan.pillars[category.parent].name} ＞ {category.name}"
    for again in plan.relistings.under(initiative.id):
        yield f"再掲: {plan.categories[again.category].name} {again.number or ''}".rstrip()
    for name in FACTS:
        yield from _field_lines(name, initiative.get(name), labels)
    yield from _text_lines(initiative.texts, labels)
    for year in plan.years.under(initiative.id):
        yield from _year_lines(year, labels)
    for kpi in plan.kpis.under(initiative.id):
        yield from ("", f"【KPI】 {kpi.due or ''}".rstrip(), kpi.text)


def _year_lines(year: YearPlan, labels: Mapping[str, str]) -> Iterator[str]:
    name = fiscal_year_name(year.fiscal_year) + ("以降" if year.open_ended else "")
    suffix = f" --year {year.fiscal_year}"
    for field in ("label", "mark"):
        yield from _field_lines(field, year.get(field), labels, f"{name} ", suffix)
    yield from _text_lines(year.texts, labels, f"{name} ", suffix)


def _text_lines(
    texts: Texts, labels: Mapping[str, str], prefix: str = "", suffix: str = ""
) -> Iterator[str]:
    for name, text in texts.items():
        yield from ("", f"【{prefix}{labels.get(name, name)}】 {name}{suffix}", text)


def _field_lines(
    name: str, value: Scalar, labels: Mapping[str, str], prefix: str = "", suffix: str = ""
) -> Iterator[str]:
    text = _text(value)
    if text:
        yield from ("", f"【{prefix}{labels.get(name, name)}】 {name}{suffix}", text)


def _text(value: Scalar) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def entry_line(plan: Plan, entry: Entry, labels: Mapping[str, str]) -> str:
    """One line of the log: number, time, who, what was done, and to what."""
    target = f"{entry.target}を" if entry.action in ("undo", "redo") else ""
    action = target + ACTIONS[entry.action]
    when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
    cells = (str(entry.sequence), when, entry.author, action, entry.changes.label)
    return "\t".join((*cells, changes_text(plan, entry, labels)))


def changes_text(plan: Plan, entry: Entry, labels: Mapping[str, str]) -> str:
    """What an entry changed, in one line: the first few changes and how many more."""
    seen = seen_changes(entry) or list(entry.changes)
    beside = entities_in(entry.changes)
    changes = [_change_text(plan, change, labels, beside) for change in seen[:_FEW]]
    more = len(seen) - _FEW
    return "、".join(changes) + (f"、ほか{more}件" if more > 0 else "")


def _change_text(
    plan: Plan, change: Change, labels: Mapping[str, str], beside: Mapping[Key, Entity]
) -> str:
    what = "の".join(place_words(plan, change, labels, beside=beside))
    if change.field == WHOLE:
        return what + ("を削除" if change.after is None else "を追加")
    return f"{what}「{_brief(plan, change.before)}」→「{_brief(plan, change.after)}」"


def _brief(plan: Plan, value: Value) -> str:
    line = " ".join(value_words(plan, value, "・").split("\n"))
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
