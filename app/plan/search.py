"""Finding words in Japanese text as a person means them, not as they were typed."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from app.plan.entities import Initiative
from app.plan.kinds import Writing, written_texts
from app.plan.parts import parts_of
from app.plan.plan import Plan
from app.plan.references import key_of

# Variation selectors pick a glyph, not another character.
_SELECTORS: Final = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
# Name kanji and spellings that mean the same to somebody who searches (after NFKC).
_VARIANTS: Final = str.maketrans(
    {
        **dict(zip("髙﨑濵邊邉齋齊斎嶋惠廣國澤瀧櫻德眞",
                   "高崎浜辺辺斉斉斉島恵広国沢滝桜徳真", strict=True)),
        **dict.fromkeys("~〜～", "~"),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        # A long vowel is written or left out (サーバー, サーバ): it never counts.
        **dict.fromkeys("ー\n \t"),
        **dict.fromkeys(map(chr, _SELECTORS)),
        # Nobody sees these; PDFs and web pages are full of them.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),
        # Radicals that a PDF gives instead of characters (NFKC knows the 康熙 ones only).
        **dict(zip("⺌⺒⺓⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺶⺼⻁⻄⻆⻊⻑⻗⻘⻝⻡⻣⻤⻨⻩⻫⻭⻯⻱⻲",
                   "小巳幺旡日月母民牛王疋目示羊月虎西角足長雨青食首骨鬼麦黄斉歯竜龜亀",
                   strict=True)),
    }
)  # fmt: skip
_KATAKANA: Final = range(ord("ァ"), ord("ヶ") + 1)
# A dash that was typed for the long vowel (アンケ-ト) never counts either.
_DASHED: Final = re.compile("(?<=[ぁ-ゖ])-")
# What folds together: a character with the marks that follow it.
_CLUSTER: Final = re.compile("(?s).[ﾞﾟ\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
_TO_HIRAGANA: Final = {code: code - 0x60 for code in _KATAKANA}


def fold(text: str) -> str:
    """The text without what a search must not see: width, case, kana, variants, blanks."""
    plain = unicodedata.normalize("NFKC", text.translate(_VARIANTS)).casefold()
    return _DASHED.sub("", plain.translate(_VARIANTS).translate(_TO_HIRAGANA))


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, which all must occur; blanks of both widths part them."""
    return tuple(word for word in map(fold, query.split()) if word)


def found_in(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The [start, end) of every place in a text where one of the folded words stands."""
    if not any(word in fold(text) for word in words if word):
        return []
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    before = ""
    for match in _CLUSTER.finditer(text):
        # A dash is read together with what stands before it.
        piece = fold(before + match[0]).removeprefix(fold(before))
        folded.append(piece)
        places += [match.span()] * len(piece)
        before = match[0]
    whole = "".join(folded)
    found = (m.span() for word in words if word for m in re.finditer(re.escape(word), whole))
    return sorted((places[start][0], places[end - 1][1]) for start, end in found)


def searchable(plan: Plan, initiative: Initiative) -> str:
    """Everything an initiative and its parts say, folded, and what it stands under."""
    category, pillar = plan.home_category(initiative), plan.home_pillar(initiative)
    said = [above.name for above in (category, pillar) if above]
    entities = (initiative, *parts_of(plan, *key_of(initiative)))
    said += written_texts(entities, Writing.SEARCHED)
    # A mark that no query holds keeps a word from being found across two fields.
    return "\x00".join(fold(text) for text in said if text)
