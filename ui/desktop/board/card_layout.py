"""Where the words of a card go: which stand on which line, and so how high the card is."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from app.forms.fitting.lines import can_break
from app.plan.board.cards import Card, one_line
from ui.desktop.board.lane_model import Outline, left_open, stayed
from ui.desktop.theme import Theme

MOST_LINES: Final = 3
GAP: Final = 8
"""Free room below a card, in px at 100 %."""
WORD_GAP: Final = 6
TOP: Final = 28
"""Height of a card down to its name, in px at 100 %."""
NAME_LINE: Final = 18
FOOT_LINE: Final = 18
BADGE: Final = 19
_CATEGORY: Final = "区分の名…"
"""Less than this much of a category is not shown at all."""
_MARK: Final = "▲9"
_REACH: Final = 6
"""So many characters earlier a line may end for a whole word to begin the next one."""
SPLIT_GAP: Final = 4
"""Room above badges with a line of their own, in px at 100 %."""


class Ruler:
    """Measures words in one font, in px; it asks the font for each character only once."""

    def __init__(self, font: QFont) -> None:
        self.metrics = QFontMetrics(font)
        self._exact = QFontMetricsF(font)
        self._advances: dict[str, float] = {}

    def width(self, text: str) -> int:
        """How wide a text is."""
        return round(sum(map(self._advance, text)))

    def count(self, text: str, width: int) -> int:
        """How many characters of a text a line of this width holds, at least one."""
        ends = list(accumulate(map(self._advance, text)))
        return max(1, bisect_right(ends, width))

    def elided(self, text: str, width: int) -> str:
        """The text as far as it goes, with … where it goes further."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _advance(self, character: str) -> float:
        found = self._advances.get(character)
        if found is None:
            found = self._advances[character] = self._exact.horizontalAdvance(character)
        return found


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The lines of the name and of the departments; the badges in the head and in the foot.

    `is_split`: the badges of the foot have a line of their own. `height` in px, with the
    free room below. `place` is where the words searched for stand.
    """

    name: tuple[str, ...]
    departments: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    is_split: bool
    height: int
    place: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuietWords:
    """Days in the stage and what is left open; the latter in the head where it is `above`."""

    days: str
    mark: str
    is_above: bool


class CardLayouts:
    """Lays out cards and remembers it: a lane asks for the height of each of its rows."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.names = Ruler(theme.font(13.5, bold=True))
        self.words, self._badges = (Ruler(theme.font(size)) for size in (12, 11.5))
        self._made: dict[tuple[Outline, int], CardLayout] = {}

    def of(self, outline: Outline, width: int) -> CardLayout:
        """The layout of a card whose words have `width` px."""
        made = self._made.get((outline, width))
        if made is None:
            made = self._made[outline, width] = self._lay_out(outline, width)
        return made

    def badge(self, word: str) -> int:
        """Width in px of a badge with its frame."""
        return self._badges.width(word) + self._theme.px(12)

    def is_readable(self, category: str, room: int) -> bool:
        """Whether a category is whole, or at least four characters of it, in `room` px."""
        shown = min(self.words.width(word) for word in (category, _CATEGORY))
        return shown <= room

    def quiet(self, card: Card, layout: CardLayout, width: int) -> QuietWords:
        """Both in full where the foot has room, else short; the mark goes to the head at last."""
        room = width - self._row(layout.below) + self._theme.px(WORD_GAP)
        if layout.departments and not layout.is_split:
            room -= self._word(layout.departments[-1])
        days, mark = (stayed(card), f"{card.days}日" if card.days else ""), left_open(card)
        short = f"▲{card.placeholders}" if mark else ""
        for pair in ((days[0], mark), (days[0], short), (days[1], short)):
            if sum(map(self._word, filter(None, pair))) <= room:
                return QuietWords(*pair, is_above=not _has_foot(layout))
        return QuietWords(days[1], short, is_above=True)

    def _word(self, word: str) -> int:
        """Width in px of a word with the gap after it."""
        return self.words.width(word) + self._theme.px(WORD_GAP)

    def _lay_out(self, outline: Outline, width: int) -> CardLayout:
        above, below = self._shared_badges(outline, width)
        departments, is_split = self._departments(outline, below, width)
        name = broken(one_line(outline.name), width, self.names)
        height = TOP + 10 + GAP + NAME_LINE * len(name) + (SPLIT_GAP if is_split else 0)
        feet = len(departments) + is_split or bool(below or outline.has_days)
        height += 6 + FOOT_LINE * feet if feet else 0
        place = broken(outline.place, width, self.words, 2) if outline.place else ()
        height += FOOT_LINE * len(place)
        return CardLayout(name, departments, above, below, is_split, self._theme.px(height), place)

    def _shared_badges(
        self, outline: Outline, width: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The badges of the head and of the foot; the status is the last of the foot."""
        most = width - self._theme.px(16)
        status = (self._badges.elided(outline.status, most),) if outline.status else ()
        if not outline.badges:
            return (), status
        for kept in range(len(outline.badges), -1, -1):
            above, below = outline.badges[:kept], (*outline.badges[kept:], *status)
            if self._head + self._row(above) <= width and self._row(below) <= width:
                return above, below
        return outline.badges, status

    @property
    def _head(self) -> int:
        """Width in px of number, pillar and category, as they mostly are."""
        return sum(map(self._word, ("1-1", "柱名", _CATEGORY))) + self._theme.px(10)

    def _row(self, badges: Sequence[str]) -> int:
        """Width in px of badges side by side, with the gap in front of each."""
        return sum(self.badge(word) + self._theme.px(4) for word in badges)

    def _departments(
        self, outline: Outline, below: Sequence[str], width: int
    ) -> tuple[tuple[str, ...], bool]:
        """The lines of the departments, and whether what stands beside them goes below."""
        whole = "・".join(outline.departments)
        if not whole:
            return (), False
        beside = self._row(below)
        beside += self._word("000日") if outline.has_days else 0
        # Where the head has no room for what is left open, the foot keeps some.
        is_narrow = self._head + self._word(_MARK) > width
        beside += self._word(_MARK) if is_narrow and beside else 0
        if self.words.width(whole) + beside <= width:
            return (whole,), False
        return self._department_lines(outline.departments, width), bool(beside)

    def _department_lines(self, departments: Sequence[str], width: int) -> tuple[str, ...]:
        """At most two lines, broken between departments as far as their names permit it."""
        first, *rest = departments
        taken = first
        while rest and self.words.width(f"{taken}・{rest[0]}・") <= width:
            taken = f"{taken}・{rest.pop(0)}"
        if self.words.width(taken) > width:
            return broken("・".join(departments), width, self.words, 2)
        if not rest:
            return (taken,)
        last = "・".join(rest)
        return f"{taken}・", self.words.elided(last, width)


def _has_foot(layout: CardLayout) -> bool:
    return bool(layout.departments or layout.below)


def broken(name: str, width: int, ruler: Ruler, most: int = MOST_LINES) -> tuple[str, ...]:
    """The lines of a name at a width in px; what the `most` lines do not hold ends in ….

    Breaks where Japanese typesetting permits it, as the printed sheet does, and rather
    between words than in them where that costs no line.
    """
    if ruler.width(name) <= width:
        return (name,)
    pleasant = _lines(name, width, ruler, most, _REACH)
    if len(pleasant) <= 2 and not pleasant[-1].endswith("…"):
        return pleasant
    plain = _lines(name, width, ruler, most, 0)
    costs = len(pleasant) > len(plain) or pleasant[-1].endswith("…")
    return plain if costs else pleasant


def _lines(name: str, width: int, ruler: Ruler, most: int, reach: int) -> tuple[str, ...]:
    lines: list[str] = []
    while name and len(lines) < most - 1:
        cut = _cut(name, width, ruler, reach)
        lines.append(name[:cut])
        name = name[cut:]
    if name or not lines:
        lines.append(ruler.elided(name, width))
    return tuple(lines)


def _cut(name: str, width: int, ruler: Ruler, reach: int) -> int:
    """Where a line ends; up to `reach` characters earlier where a word ends there."""
    if ruler.width(name) <= width:
        return len(name)
    most = ruler.count(name, width)
    allowed = [at for at in range(most, 0, -1) if can_break(name, at)]
    between = (at for at in allowed if at >= most - reach and _begins_word(name, at))
    return next(between if reach else iter(()), next(iter(allowed), most))


def _begins_word(name: str, at: int) -> bool:
    """Whether a word seems to begin at `at`: after を, or where hiragana or katakana end."""
    before, after = _script(name[at - 1]), _script(name[at])
    return name[at - 1] == "を" or (before != after and after != "ひらがな")


def _script(character: str) -> str:
    if "ぁ" <= character <= "ゟ":
        return "ひらがな"
    return "カタカナ" if "゠" <= character <= "ヿ" else "漢字"
