"""Tones that tell pillars apart in grey too: each is of another lightness, beside its words."""

from typing import Final

ACCENT: Final = "12506B"
SECONDARY: Final = "4A5765"
HAIRLINE: Final = "9AA7B2"
PALE: Final = "EEF2F5"
WHITE: Final = "FFFFFF"
# Dark, light, middle, and again: neighbours differ most when printed in grey.
_PILLARS: Final = ("12506B", "F0C98A", "7A5FA6", "D9E6D2", "A04A5E", "C9D3DC")
_DARKEST_FOR_INK: Final = 140


def pillar_shade(place: int) -> str:
    """The tone of a pillar, which counts from 0; -1 (no pillar) is pale."""
    return _PILLARS[place % len(_PILLARS)] if place >= 0 else PALE


def ink_on(fill: str) -> str:
    """Black or white, whichever is read on a tone."""
    red, green, blue = (int(fill[n : n + 2], 16) for n in (0, 2, 4))
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    return "000000" if grey > _DARKEST_FOR_INK else WHITE
