"""What the layout needs to know of a font."""

from collections.abc import Mapping
from typing import Protocol


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
