"""A plan as plain text, for the command line."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.changes.change import WHOLE, Change, Value, entities_in
from app.changes.history import Entry
from app.changes.records import stated
from app.plan.entities import (
    TEXT_PREFIX,
    Entity,
    Initiative,
    Kpi,
    Relisting,
    Scalar,
    Texts,
    YearPlan,
)
from app.plan.facts import FACTS
from app.plan.kinds import kind_of
from app.plan.lists.lookup import display_name
from app.plan.parts import owners_of, parts_of
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.references import Key, key_of
from app.plan.words import entity_words, field_word
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
    for part in parts_of(plan, *key_of(initiative)):
        yield from _part_lines(plan, part, labels)


def _part_lines(plan: Plan, part: Entity, labels: Mapping[str, str]) -> Iterator[str]:
    """What a part says; a relisting is told of above, with the categories."""
    if isinstance(part, YearPlan):
        yield from _year_lines(part, labels)
    elif isinstance(part, Kpi):
        yield from ("", f"【KPI】 {part.due or ''}".rstrip(), part.text)
    elif not isinstance(part, Relisting):
        kind = kind_of(part)
        owners = [o for o in owners_of(plan, kind, part.id) if not isinstance(o, Initiative)]
        yield from ("", f"【{' '.join(map(entity_words, reversed(owners)))}】")
        for name, value in stated(part).items():
            word = field_word(kind, name.removeprefix(TEXT_PREFIX))
            yield f"{word}: {value_words(plan, value, '・', kind, name)}"


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
    before, after = (_brief(plan, change, side) for side in (change.before, change.after))
    return f"{what}「{before}」→「{after}」"


def _brief(plan: Plan, change: Change, value: Value) -> str:
    words = value_words(plan, value, "・", change.entity, change.field)
    line = " ".join(words.split("\n"))
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
