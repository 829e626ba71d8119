"""Plain text: what may stand in a field, and cleaning what comes in through a door.

Lines end in a line feed. Control characters, U+FFFE, U+FFFF and lone halves of surrogate
pairs can be neither printed nor written to Excel, so they are taken out where text comes in
(a file, the command line, a paste), and the person is told. Nothing else is changed.
"""

import re
import unicodedata
from typing import Final

# A tab stays: Excel pastes are full of them and every writer can take one.
_UNFIT: Final = re.compile(
    "\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]",
)
_BLANK_LINES_ABOVE: Final = re.compile(r"\A(?:[^\S\n]*\n)+")
# Word's line break inside a paragraph, its page break, and the line end of old mainframes.
_COMPATIBLE_KANJI: Final = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_LINE_ENDS: Final = ("\r", "\r\n", "\x0b", "\x0c", "\x85")


def without_blank_ends(text: str) -> str:
    """The text without blank lines above it and blanks after it.

    Unlike with `str.strip`, the first line keeps its indentation (字下げ, U+3000).
    """
    return _BLANK_LINES_ABOVE.sub("", text).rstrip()


# What people put in front of the items of a list.
_BULLETS: Final = "・･•●○◦■□▪◆◇"


def bulleted(item: str, bullet: str = "・") -> str:
    """An item of a list with a bullet in front: its own, if it was typed with one."""
    return item if item.lstrip().startswith(tuple(_BULLETS)) else bullet + item


def without_bullet(item: str) -> str:
    """An item of a list without the bullet that it was typed with."""
    stripped = item.lstrip()
    return stripped[1:].lstrip() if stripped.startswith(tuple(_BULLETS)) else item


def cleaned(text: str) -> tuple[str, int]:
    """The text fit to be kept, and how many characters were taken out or made a line end."""
    return _UNFIT.subn(lambda found: "\n" if found[0] in _LINE_ENDS else "", text)


def composed(text: str) -> str:
    """The text as it is compared: letters with their marks as one (NFC), line ends as LF.

    Kanji stay: NFC makes 塚 (U+FA10) the plain 塚, which in a name is another character.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unicodedata.is_normalized("NFC", text):
        return text
    pieces = _COMPATIBLE_KANJI.split(text)
    return "".join(
        piece if n % 2 else unicodedata.normalize("NFC", piece) for n, piece in enumerate(pieces)
    )


def guarded(text: str) -> str:
    """The text as a cell of a sheet made of plain text (CSV, clipboard), never a formula.

    Excel takes what begins with = + - @ for one: the ' in front makes it text. A number stays.
    """
    is_formula = text.startswith(("=", "+", "-", "@")) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
