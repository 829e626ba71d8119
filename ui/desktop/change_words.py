"""Changes in words a person reads."""

from collections.abc import Mapping
from typing import Final

from app.changes.change import WHOLE, Change, Value
from app.changes.history import Entry
from app.errors import KeikakuError
from app.plan.cards import card_name
from app.plan.entities import (
    TEXT_PREFIX,
    Category,
    Entity,
    Initiative,
    Pillar,
    YearPlan,
)
from app.plan.fiscal_year import date_name, fiscal_year_name
from app.plan.plan import Plan
from ui.desktop.forms import form_of

ACTIONS: Final = {"open": "", "undo": "元に戻す：", "redo": "やり直す：", "do": ""}
FIELDS: Final[Mapping[str, str]] = {
    "number": "No.", "name": "名前", "departments": "担当課", "stage": "段階", "status": "現状",
    "status_note": "現状の補足", "new_label": "新規の表示", "desired_states": "達成すべき状態",
    "categories": "区分", "board_position": "並び順", "position": "並び順", "vision": "ビジョン",
    "mark": "実施年度の印", "label": "年度の表示", "due": "期限", "text": "KPI",
    "municipality": "市町村名", "title": "計画の名前", "subtitle": "副題", "edition": "版",
    "issued": "発行月", "form": "様式", "first_fiscal_year": "最初の年度",
    "term_years": "各期の年数", "stages": "段階の一覧", "statuses": "現状の一覧",
}  # fmt: skip
# Fields that only keep an order: a person sees them as a move, not as a value.
UNSEEN: Final = frozenset({"position", "board_position", "keys", "extra"})


def entry_words(entry: Entry) -> str:
    """What was done: 段階を変更, 元に戻す：記入."""
    return ACTIONS[entry.action] + entry.changes.label


def entry_time(entry: Entry) -> str:
    """When, and by whom."""
    day = entry.at.astimezone()
    author = f"　{entry.author}" if entry.author else ""
    return f"{date_name(day.date())} {day:%H:%M}{author}"


def place_words(plan: Plan, change: Change) -> str:
    """Where a change is: the initiative, the fiscal year, the field."""
    entity = plan.find(change.entity, change.id) or _entity_in(change)
    parts = [_owner_words(plan, entity), _year_words(entity), field_words(plan, change.field)]
    return " ＞ ".join(part for part in parts if part)


def _entity_in(change: Change) -> Entity | None:
    both = (change.after, change.before)
    return next((value for value in both if isinstance(value, Entity)), None)


def _owner_words(plan: Plan, entity: Entity | None) -> str:
    if entity is None:
        return "（いまはない項目）"
    owner = plan.initiatives.get(entity.parent, entity) if entity.parent else entity
    if isinstance(owner, Initiative):
        return f"{owner.number or ''} {card_name(owner)}".strip()
    if isinstance(owner, Pillar | Category):
        return f"{'柱' if isinstance(owner, Pillar) else '区分'}「{owner.name}」"
    return "計画"


def _year_words(entity: Entity | None) -> str:
    return fiscal_year_name(entity.fiscal_year) if isinstance(entity, YearPlan) else ""


def field_words(plan: Plan, field: str) -> str:
    """The word for a field: as the form of the plan names it, else our own."""
    name = field.removeprefix(TEXT_PREFIX)
    return FIELDS.get(field) or _form_words(plan).get(name, name)


def _form_words(plan: Plan) -> dict[str, str]:
    try:
        cells = form_of(plan.profile).cells.values()
    except KeikakuError:
        return {}
    return {cell.field: cell.label.strip("【】") for cell in cells if cell.field and cell.label}


def value_words(plan: Plan, field: str, value: Value) -> str:
    """A value as text; ids become names."""
    if isinstance(value, Entity):
        return str(value.get("name") if isinstance(value, Initiative | Pillar | Category) else "")
    if value is None:
        return ""
    if isinstance(value, tuple):
        words = map(str, value)
        return "\n".join(plan.categories[w].name if w in plan.categories else w for w in words)
    return str(value)


def seen_changes(entry: Entry) -> list[Change]:
    """The changes of an entry that a person would call a change."""
    seen = [change for change in entry.changes if change.field not in UNSEEN]
    return [change for change in seen if change.field != WHOLE or _entity_in(change)]
