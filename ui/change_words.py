"""Changes in words that a person reads, in the window and at the command line."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from app.changes.change import WHOLE, Change
from app.changes.history import Entry
from app.changes.merge import Conflict
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.plan.entities import TEXT_PREFIX, Category, Entity, Initiative, Pillar, YearPlan
from app.plan.lists.lookup import display_name
from app.plan.periods.fiscal_year import date_name, fiscal_year_name
from app.plan.plan import Plan
from resources import form_texts

ACTIONS: Final[Mapping[str, str]] = {
    "open": "開始", "do": "編集", "undo": "元に戻す", "redo": "やり直す",
}  # fmt: skip
FIELDS: Final[Mapping[str, str]] = {
    "number": "番号", "name": "名前", "departments": "担当課", "stage": "段階", "status": "現状",
    "status_note": "現状の補足", "new_label": "新規表示", "desired_states": "達成すべき状態",
    "categories": "区分", "board_position": "並び順", "position": "並び順", "vision": "ビジョン",
    "mark": "実施年度の印", "label": "年度の表示", "due": "期限", "fiscal_year": "年度",
    "open_ended": "以降の年度を含む",
    "text": "内容", "category": "区分", "municipality": "市町村名", "title": "計画の名前",
    "subtitle": "副題", "edition": "版", "issued": "発行月", "form": "様式",
    "form_file": "計画が持つ様式", "first_fiscal_year": "最初の年度", "term_years": "各期の年数",
    "stages": "段階の一覧", "guides": "段階の目安",
    "statuses": "現状の一覧", "numbering": "番号の付け方",
}  # fmt: skip
_CHILDREN: Final[Mapping[str, str]] = {"year_plan": "年度", "kpi": "KPI", "relisting": "再掲"}
# Fields that only keep an order: a person sees them as a move, not as a value.
UNSEEN: Final = frozenset({"position", "board_position", "keys", "extra"})


def labels_of(plan: Plan) -> dict[str, str]:
    """The word for each field: what the plan's form prints in front of it, else our own."""
    found = dict(FIELDS)
    with suppress(KeikakuError):
        cells = form_of(plan.profile, form_texts()).cells
        for name, cell in cells.items():
            head = cells.get(f"{name}_head")
            label = cell.label or (head.label if head else "")
            if cell.field and label:
                found[cell.field] = label.strip("【】")
    return found


def place_words(
    plan: Plan, what: Change | Conflict, labels: Mapping[str, str], field: str | None = None
) -> tuple[str, ...]:
    """Where a change is: the initiative or other part of the plan, its year or target, its field.

    `field` is one of a whole entity that comes or goes; `labels` are those of `labels_of`.
    """
    entity = plan.find(what.entity, what.id) or entity_in(what)
    field = what.field if field is None else field
    name = field.removeprefix(TEXT_PREFIX)
    # A form names what stands on it: a pillar's name is no 事業名.
    names = FIELDS if what.entity in ("profile", "pillar", "category") else labels
    words = (*_owner_words(plan, what, entity), names.get(name, name))
    return tuple(word for word in words if word)


def entity_in(what: Change | Conflict) -> Entity | None:
    """The entity that comes or goes as a whole, None where one field changes."""
    if isinstance(what, Change):
        sides = [what.after, what.before]
    else:
        sides = [what.theirs, what.ours, what.base]
    return next((side for side in sides if isinstance(side, Entity)), None)


def _owner_words(plan: Plan, what: Change | Conflict, entity: Entity | None) -> tuple[str, ...]:
    if entity is None:
        return ("（いまはない項目）",)
    owner = plan.initiatives.get(entity.parent, entity) if entity.parent else entity
    if isinstance(owner, Initiative):
        return display_name(owner), _child_word(what.entity, entity)
    if isinstance(owner, Pillar | Category):
        return (f"{'柱' if isinstance(owner, Pillar) else '区分'}「{owner.name}」",)
    return "計画", _child_word(what.entity, entity)


def _child_word(kind: str, entity: Entity) -> str:
    if isinstance(entity, YearPlan):
        return fiscal_year_name(entity.fiscal_year)
    return _CHILDREN.get(kind, "")


def value_words(plan: Plan, value: object, between: str = "\n") -> str:
    """A value as text, items of a list with `between` them; ids become names."""
    if isinstance(value, Entity):
        return str(value.get("name") if isinstance(value, Initiative | Pillar | Category) else "")
    if isinstance(value, tuple | list):
        words = map(str, value)
        named = (plan.categories[w].name if w in plan.categories else w for w in words)
        return between.join(named)
    return "" if value is None else str(value)


def entry_words(entry: Entry) -> str:
    """What was done: 段階を変更, 元に戻す：記入."""
    back = f"{ACTIONS[entry.action]}：" if entry.action in ("undo", "redo") else ""
    return back + entry.changes.label


def entry_time(entry: Entry) -> str:
    """When, and by whom."""
    day = entry.at.astimezone()
    author = f"　{entry.author}" if entry.author else ""
    return f"{date_name(day.date())} {day:%H:%M}{author}"


def seen_changes(entry: Entry) -> list[Change]:
    """The changes of an entry that a person would call a change."""
    seen = [change for change in entry.changes if change.field not in UNSEEN]
    return [change for change in seen if change.field != WHOLE or entity_in(change)]
