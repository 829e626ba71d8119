"""実施年度: what is printed and said for the mark of a year."""

from collections.abc import Mapping
from typing import Final

SIGNS: Final[Mapping[str, str]] = {"start": "●", "continue": "→"}
WORDS: Final[Mapping[str, str]] = {"start": "開始", "continue": "継続"}


def mark_sign(mark: str | None) -> str:
    """A mark as tables print it: its sign, or the word that the plan has instead."""
    return SIGNS.get(mark or "", mark or "")
