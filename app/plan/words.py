"""What a person calls the fields of a plan, wherever no form names them."""

from collections.abc import Mapping
from typing import Final

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
"""The word of a field; of a field of one kind only, under `kind.field`."""


def field_word(kind: str, field: str) -> str:
    """The word of a field (without `texts.`) of a kind; its own name if it has none."""
    return FIELDS.get(f"{kind}.{field}") or FIELDS.get(field) or field
