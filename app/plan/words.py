"""What a person calls the parts of a plan and their fields, wherever no form names them."""

from collections.abc import Mapping
from typing import Final

from app.plan.entities import TEXT_PREFIX, Entity, Initiative, Profile
from app.plan.kinds import FISCAL_YEAR, INITIATIVE, KINDS, NAME, PILLAR
from app.plan.lists.lookup import display_name
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan

FIELDS: Final[Mapping[str, str]] = {
    "number": "番号", "name": "名前", "departments": "担当課", "stage": "段階", "status": "現状",
    "status_note": "現状の補足", "new_label": "新規表示", "desired_states": "達成すべき状態",
    "categories": "区分", "board_position": "並び順", "position": "並び順", "vision": "ビジョン",
    "mark": "実施年度の印", "label": "年度の表示", "due": "期限", "fiscal_year": "年度",
    "open_ended": "以降の年度を含む",
    "text": "内容", "category": "区分", "municipality": "市町村名", "title": "計画の名前",
    "subtitle": "副題", "edition": "版", "issued": "発行月", "form": "様式",
    "form_file": "計画が持つ様式", "first_fiscal_year": "最初の年度", "term_years": "各期の年数",
    "term": "いまの期",
    "stages": "段階の一覧", "guides": "段階の目安",
    "statuses": "現状の一覧", "numbering": "番号の付け方",
    "profile.preface": "はじめに", "profile.how_to_read": "個票の見方（前書き）",
    "profile.closing": "おわりに", "profile.history": "版の履歴（奥付）",
    "profile.publisher": "発行（奥付）",
    "profile.chapter": "一覧表の見出しの章の番号",
}  # fmt: skip
"""The word of a field; of a field of one kind only, under `kind.field`."""


def field_word(kind: str, field: str) -> str:
    """The word of a field (without `texts.`) of a kind; its own name if it has none."""
    return FIELDS.get(f"{kind}.{field}") or FIELDS.get(field) or field


def field_label(labels: Mapping[str, str], kind: str, field: str) -> str:
    """The word of a field (`texts.NAME` too): its own in `FIELDS` if it is one of this kind only,
    else that of `labels`, which a form gives, for initiatives and their parts.
    """
    name = field.removeprefix(TEXT_PREFIX)
    own = FIELDS.get(f"{kind}.{name}")
    is_printed = KINDS.is_below(kind, INITIATIVE)
    return own or (labels.get(name) if is_printed else None) or field_word(kind, name)


def things(count: int) -> str:
    """3つ for 3; from ten on Japanese counts without つ."""
    return f"{count}つ" if count < 10 else str(count)


def pillars_words(plan: Plan) -> str:
    """What a plan calls its pillars together: 3つの柱, 柱 if it has none yet."""
    count = len(plan.pillars)
    return f"{things(count)}の柱" if count else KINDS[PILLAR].word


def entity_words(entity: Entity) -> str:
    """What a person calls an entity among others of its parent: 柱「暮らし」, 令和6年度, KPI."""
    kind = KINDS.of(type(entity))
    if isinstance(entity, Initiative):
        return display_name(entity)
    value = entity.get(kind.called_by) if kind.called_by else None
    if kind.called_by == FISCAL_YEAR and isinstance(value, int):
        return fiscal_year_name(value)
    return f"{kind.word}「{value}」" if kind.called_by == NAME else kind.word


def owner_words(entity: Entity, field: str) -> str:
    """How a sentence names what a field belongs to: as `entity_words`, but of the plan itself
    where a person finds the field, 冊子の文 or 計画の基本.
    """
    if isinstance(entity, Profile):
        return "冊子の文" if field.startswith(TEXT_PREFIX) else "計画の基本"
    return entity_words(entity)
