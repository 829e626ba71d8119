"""Words that a plan writes in two ways: サーバとサーバー, ＤＸとDX, 人財と人材."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

# Ways to write one word that no rule derives. Where they differ in meaning a person decides.
_PAIRS: Final = (
    ("人材", "人財"),
    ("し合", "しあ(?=[いうえおっわ])"),
    ("問い合わせ", "問合せ", "問合わせ", "問いあわせ"),
    ("申し込み", "申込み", "申込(?![みむ])"),
    ("打ち合わせ", "打合せ", "打合わせ"),
    ("手続き", "手続(?!き)"),
    ("引き続き", "引続き", "ひきつづき"),
    ("取組(?![みむ])", "取組み", "取り組み(?![をもがは]?(?:進め|行))"),
    ("見直し", "見なおし"),
    ("子ども", "子供", "こども(?!家庭庁|課|園|センター)"),
    ("障がい", "障害(?!対応|復旧|発生)", "障碍"),
    ("及び", "および"),
    ("又は", "または"),
    ("更に", "さらに"),
    ("か月", "カ月", "ヵ月", "ヶ月", "ケ月", "箇月"),
    ("か所", "カ所", "ヵ所", "ヶ所", "ケ所", "箇所"),
    ("ホームページ", "ホームぺージ"),
)
_KATAKANA: Final = r"[ァ-ヺー･ｦ-ﾟ]{3,}"
_LATIN: Final = r"(?<![A-Za-zＡ-Ｚａ-ｚ])[A-Za-zＡ-Ｚａ-ｚ]{2,}"
_DERIVED: Final = re.compile(f"{_KATAKANA}|{_LATIN}")
_LISTED: Final = tuple(re.compile("|".join(f"({way})" for way in ways)) for ways in _PAIRS)
Word = tuple[str, str]
"""What all ways to write a word have in common, and the way it is written here."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to write a word that is rarer in the plan than the `usual` one."""

    written: str
    usual: str
    times: int


def spelled(text: str) -> Iterator[Word]:
    """The words of a text that could be written in another way."""
    for match in _DERIVED.finditer(text):
        yield _key(match[0]), match[0]
    for number, ways in enumerate(_LISTED):
        for match in ways.finditer(text):
            yield f"\x00{number}", match[0]


def variants(counts: Mapping[Word, int]) -> dict[Word, Variant]:
    """The rarer ways to write each word that is written in more than one way."""
    ways: dict[str, dict[str, int]] = {}
    for (key, written), count in counts.items():
        ways.setdefault(key, {})[written] = count
    found: dict[Word, Variant] = {}
    for key, of in ways.items():
        usual = max(of, key=lambda way: (of[way], way))
        found |= {(key, w): Variant(w, usual, of[usual]) for w in of if w != usual}
    return found


def _key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("ー", "")
