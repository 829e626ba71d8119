"""Breaking a text into lines, as Japanese typesetting does it.

Rules after JIS X 4051 and UAX #14: some characters never start a line (、。」ッー…),
some never end one (「（…), Latin words and numbers stay whole where a line can hold
them, a number keeps its unit. The writer's own line ends are kept; a line that
begins with a bullet (・ → ※ ① …) hangs.

Widths are in 1/1000 of the font size, so one measuring serves every size: prefix
sums of the advance widths, then one `bisect` a line.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from app.forms.fitting.metrics import FontMetrics
from app.forms.marks import Marked, segments, unmarked

# 行頭禁則: closing brackets, small kana, prolonged sound, iteration marks, stops.
NOT_AT_START: Final = frozenset(
    "、。，．,.・:;：；?!？！‼⁇⁈⁉゛゜´｀¨ヽヾゝゞ々〻ー…‥’”）〕］｝〉》」』】〙〗〟｠»≫)]}"
    "%％‰℃°′″"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "ｧｨｩｪｫｯｬｭｮｰ｡｣､･ﾞﾟ〜～"
)
# 行末禁則: opening brackets and signs that belong to what follows.
NOT_AT_END: Final = frozenset("‘“（〔［｛〈《「『【〘〖〝｟«≪([{｢￥¥＄$£第№＃#")
_HANGING: Final = frozenset("、。，．")
_UNITS: Final = frozenset(
    "年月日時分秒週円件人名台回個枚本冊校館室課社者歳才割倍点度位期分千万億兆％%℃kmgtKMGBTPhpW"
)
# What belongs to the character before it: accents, dakuten of their own, variation selectors,
# joiners, skin tones. U+200D also holds on to the character after it.
_JOINER: Final = "\u200d"
_ATTACHED: Final = frozenset(
    map(
        chr,
        (
            *range(0x300, 0x370), *range(0x20D0, 0x20F1), 0x3099, 0x309A, 0x200D,
            *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x1F3FB, 0x1F400),
        ),
    )
)  # fmt: skip
_PAIRED: Final = frozenset("…‥―—─")
_WORD: Final = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚÀ-ɏ_'’.,:/\\@&+\-－#=?~〜～%]")
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
_WORD_CHARACTERS: Final = frozenset(
    c
    for c in map(chr, (*range(0x250), *range(0x2000, 0x3100), *range(0xFF00, 0x10000)))
    if _WORD.match(c)
)
_BULLET: Final = re.compile(
    r"[ \u3000]*(?:[・･●○◎■□◆◇▲△▼▽★☆※→⇒➡►▶✓•‣◦－–—\-*]"
    r"|[①-⑳㉑-㉟❶-❿ⅰ-ⅹⅠ-Ⅻ]|[(（](?:[0-9０-９]{1,2}|[ア-ンa-z])[)）]"
    r"|[0-9０-９]{1,2}[.．)）]|[ア-ンa-z][.．)）])[ \u3000]*"
)
_INDENT: Final = re.compile(r"[ \u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Characters [start, end) of the plain text on one line, begun `indent`/1000 em in."""

    start: int
    end: int
    indent: int = 0


class Flow:
    """A text, measured once, that can be broken at any width."""

    __slots__ = ("_paragraphs", "_sums", "text")

    def __init__(self, text: str | Marked, metrics: FontMetrics, bold: bool = False) -> None:
        """Measure plan text (`**` marks bold; `bold` makes all of it bold)."""
        self.text = unmarked(text) if isinstance(text, str) else text
        if bold:
            self.text = Marked(self.text.plain, ((0, len(self.text.plain)),))
        self._sums = _prefix_sums(self.text, metrics)
        self._paragraphs = self._measure_paragraphs()

    def width(self, start: int, end: int) -> int:
        """Width of the characters [start, end), in 1/1000 em."""
        return self._sums[end] - self._sums[start]

    def count(self, width: float, hang: float = 0.0) -> int:
        """Number of lines at a width in 1/1000 em."""
        count = 0
        for start, end, indent in self._paragraphs:
            if self._sums[end] - self._sums[start] <= width:
                count += 1
            else:
                count += len(self._broken(start, end, indent, width, hang))
        return count

    def lines(self, width: float, hang: float = 0.0) -> list[Line]:
        """The lines at a width in 1/1000 em; 、 and 。 may stand out by up to `hang`."""
        lines: list[Line] = []
        for start, end, indent in self._paragraphs:
            lines += self._broken(start, end, indent, width, hang)
        return lines

    def _measure_paragraphs(self) -> list[tuple[int, int, int]]:
        plain, sums, start = self.text.plain, self._sums, 0
        if not plain:
            return []
        paragraphs = []
        for paragraph in plain.split("\n"):
            end = start + len(paragraph)
            match = _BULLET.match(paragraph) or _INDENT.match(paragraph)
            indent = sums[start + match.end()] - sums[start] if match else 0
            paragraphs.append((start, end, indent))
            start = end + 1
        return paragraphs

    def _broken(self, start: int, end: int, indent: int, width: float, hang: float) -> list[Line]:
        sums, lines, inset = self._sums, [], 0
        if indent > width / 2:
            indent = 0
        while True:
            limit = sums[start] + width - inset
            if sums[end] <= limit:
                lines.append(Line(start, end, inset))
                return lines
            cut = self._cut(start, end, limit, hang)
            lines.append(Line(start, cut, inset))
            if cut >= end:
                return lines
            start, inset = cut, indent

    def _cut(self, start: int, end: int, limit: float, hang: float) -> int:
        plain, sums = self.text.plain, self._sums
        # A character that is wider than the line stands on it all the same.
        cut = max(bisect_right(sums, limit, start, end + 1) - 1, start + 1)
        while cut < end and sums[cut + 1] == sums[cut]:
            cut += 1
        if cut == end:
            return cut
        if plain[cut] == " " or (plain[cut] in _HANGING and sums[cut + 1] <= limit + hang):
            cut += 1
            if cut == end or can_break(plain, cut):
                return cut
        return _last_break(plain, start, cut)


def _prefix_sums(text: Marked, metrics: FontMetrics) -> list[int]:
    measured: list[int] = []
    for start, end, bold in segments(text, 0, len(text.plain)):
        face = metrics.bold if bold else metrics.regular
        measured += map(face.__getitem__, text.plain[start:end])
    if not unicodedata.is_normalized("NFC", text.plain):
        for at in range(1, len(text.plain)):
            if composed(text.plain[at - 1], text.plain[at]):
                measured[at] = 0
    return list(accumulate(measured, initial=0))


def composed(before: str, mark: str) -> str:
    """The one character that a mark makes of the one before it (か and ゛: が), "" for none.

    Texts from a Mac come decomposed; they are printed as one character and kept as two.
    """
    if mark not in _ATTACHED:
        return ""
    together = unicodedata.normalize("NFC", before + mark)
    return together if len(together) == 1 else ""


def _last_break(plain: str, start: int, cut: int) -> int:
    """The last permitted break in (start, cut]; a word longer than a line is cut."""
    for permitted in (can_break, _can_break_in_word):
        position = cut
        while position > start and not permitted(plain, position):
            position -= 1
        if position > start:
            return position
    return cut


def can_break(plain: str, at: int) -> bool:
    """Whether a line may end before the character at `at`."""
    before, after = plain[at - 1], plain[at]
    if not _can_break_in_word(plain, at):
        return False
    if before in _WORD_CHARACTERS and after in _WORD_CHARACTERS:
        return False
    return not (before in _DIGITS and after in _UNITS)


def _can_break_in_word(plain: str, at: int) -> bool:
    before, after = plain[at - 1], plain[at]
    if after in NOT_AT_START or before in NOT_AT_END:
        return False
    if after in _ATTACHED or before == _JOINER:
        return False
    return not (before == after and before in _PAIRED)
