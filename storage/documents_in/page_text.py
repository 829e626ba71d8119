"""The text of a cell on a page: characters with their places, made into lines and paragraphs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.forms.marks import Marked, Span, marked

_BULLET: Final = re.compile(
    r"^[・･●○•◦‣▪■□◆◇※→⇒\-―]|^[（(]?[0-9０-９①-⑳ア-ンａ-ｚ]{1,2}[)）.．、]|^[【〈《＜\[<]"
)
_LATIN: Final = re.compile(r"[A-Za-z0-9,.;:]")
# Bullets of symbol fonts stand in the private area of Unicode.
_SIGNS: Final = dict.fromkeys("\u2022\u2023\u25e6\uf0b7\uf06c\uf09f\uf0a7", "・")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page: where it begins and ends, its base line, size (pt) and weight."""

    text: str
    left: float
    right: float
    base: float
    size: float
    is_bold: bool = False


@dataclass(slots=True)
class TextLine:
    """Characters that stand in one line, from left to right."""

    glyphs: list[Glyph]

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(glyph.right for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The size of its largest character."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def plain(self) -> str:
        """The characters."""
        return "".join(glyph.text for glyph in self.glyphs)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """The lines that some characters make, from top to bottom."""
    lines: list[TextLine] = []
    for glyph in sorted(glyphs, key=lambda g: -g.base):
        last = lines[-1].glyphs[0] if lines else None
        if last and abs(last.base - glyph.base) < 0.45 * max(last.size, glyph.size):
            lines[-1].glyphs.append(glyph)
        else:
            lines.append(TextLine([glyph]))
    for line in lines:
        line.glyphs.sort(key=lambda g: (g.left, g.right))
    return lines


def cell_text(glyphs: Sequence[Glyph], left: float, right: float) -> tuple[str, bool]:
    """The text between two edges as plan text, wrapped lines joined; and whether all is bold."""
    lines = [line for line in lines_of(glyphs) if line.plain.strip()]
    if not lines:
        return "", False
    size = max(line.size for line in lines)
    is_narrow = right - left < 3.6 * size or all(len(line.plain.strip()) <= 1 for line in lines)
    edge = max(line.right for line in lines)
    pieces: list[Glyph | str] = []
    for n, line in enumerate(lines):
        if n:
            pieces.append("" if is_narrow or _wraps(lines[n - 1], line, edge, right) else "\n")
            if pieces[-1] == "" and _is_latin(lines[n - 1], line):
                pieces.append(" ")
        pieces += _spaced(line)
    return _marked(pieces)


def _wraps(line: TextLine, after: TextLine, edge: float, right: float) -> bool:
    """Whether a line ends where it does only for want of room."""
    text = after.plain.strip()
    if _BULLET.match(text):
        return False
    limit = max(edge, right - 1.2 * line.size)
    return limit - line.right < 2.2 * after.size


def _is_latin(line: TextLine, after: TextLine) -> bool:
    return bool(_LATIN.match(line.plain.strip()[-1:]) and _LATIN.match(after.plain.strip()[:1]))


def _spaced(line: TextLine) -> list[Glyph | str]:
    """The characters of a line; a blank where there is a wide gap without one."""
    found: list[Glyph | str] = []
    before: Glyph | None = None
    for glyph in line.glyphs:
        is_blank = glyph.text.isspace() or (before is not None and before.text.isspace())
        if before and not is_blank and glyph.left - before.right > 1.1 * line.size:
            found.append("　")
        found.append(glyph)
        before = glyph
    return found


def _marked(pieces: Sequence[Glyph | str]) -> tuple[str, bool]:
    plain = ""
    bold: list[Span] = []
    for piece in pieces:
        text = piece if isinstance(piece, str) else _SIGNS.get(piece.text, piece.text)
        text = _without_presentation(text)
        start = len(plain)
        plain += text
        if isinstance(piece, Glyph) and piece.is_bold and text.strip():
            if bold and plain[bold[-1][1] : start].strip() == "":
                start = bold.pop()[0]
            bold.append((start, len(plain)))
    end = len(plain.rstrip())
    lead = len(plain) - len(plain.lstrip())
    kept = plain.strip()
    spans = tuple((a - lead, min(b, end) - lead) for a, b in bold if min(b, end) > a)
    if spans == ((0, len(kept)),):
        return kept, True
    return marked(Marked(kept, spans)), False


def _without_presentation(text: str) -> str:
    """A ligature or a form for vertical text as the plain characters it stands for."""
    code = ord(text[0]) if len(text) == 1 else 0
    is_form = 0xFB00 <= code <= 0xFB06 or 0xFE10 <= code <= 0xFE4F or 0x2E80 <= code <= 0x2FDF
    return unicodedata.normalize("NFKC", text) if is_form else text
