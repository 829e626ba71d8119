"""A font for tests: full width 1000, half width 500, bold Latin wider, what is unseen 0."""

import unicodedata
from collections.abc import Mapping


class _Widths(dict[str, int]):
    def __init__(self, latin: int) -> None:
        super().__init__()
        self._latin = latin

    def __missing__(self, character: str) -> int:
        code = ord(character)
        unseen = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
        if unseen or unicodedata.category(character) in ("Cc", "Cf", "Cs"):
            width = 0
        else:
            wide = unicodedata.east_asian_width(character) in "WFA"
            width = 1000 if wide else self._latin
        self[character] = width
        return width


class PlainFaces:
    """Metrics that need no font file."""

    def __init__(self) -> None:
        self._regular, self._bold = _Widths(500), _Widths(600)

    @property
    def regular(self) -> Mapping[str, int]:
        return self._regular

    @property
    def bold(self) -> Mapping[str, int]:
        return self._bold


FACES = PlainFaces()
