"""Which characters of a text have changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]
# Longer texts are compared line by line first: time grows with the square of the length.
_LONG: Final = 3000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: in both texts, only in the one before, or only in the one after."""

    kind: Kind
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts in order: the pieces without `new` are `before`, those without `gone` `after`."""
    return [piece for piece in _compared(before, after) if piece.text]


def _compared(before: str, after: str) -> Iterator[Piece]:
    if max(len(before), len(after)) > _LONG:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    else:
        old, new = list(before), list(after)
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[i1:i2]))
        else:
            yield Piece("gone", "".join(old[i1:i2]))
            yield Piece("new", "".join(new[j1:j2]))
