"""What the layout needs to know of a font."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol


class FontMetrics(Protocol):
    """Advance widths in 1/1000 of the font size, by character.

    The mappings answer for every character: one the font lacks has the width of
    the fallback it is drawn with, one that is not drawn at all (a variation
    selector, a control character) has 0.
    """

    @property
    def regular(self) -> Mapping[str, int]:
        """Widths in the regular face."""

    @property
    def bold(self) -> Mapping[str, int]:
        """Widths in the bold face."""


class PageFonts(FontMetrics, Protocol):
    """Fonts that pages are measured and drawn with."""

    def runs(self, text: str, bold: bool) -> Iterator[tuple[str, str]]:
        """The text as it is drawn: (name of the font, characters that it has)."""

    def is_thickened(self, name: str, bold: bool) -> bool:
        """Whether bold text in this font must be drawn thicker, as it is no bold face."""

    def missing(self, text: str) -> Sequence[str]:
        """The characters of a text that no font has, each once, in order."""

    def program(self, name: str) -> bytes:
        """The font of that name as a TrueType file."""


THICKER: Final = 0.035
"""Width of the outline that makes a regular face bold, as a share of its size."""
