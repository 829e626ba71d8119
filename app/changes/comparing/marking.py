"""Which words of a text have changed, as a clerk would underline them.

Whole words and numbers with their units are marked, not single letters: a text is compared line by
line, a line as runs of one script (漢字, かな, カナ, Latin letters) and numbers with their units.
Inside a run that only changed in part the letters are compared, and what stays between two changes
is marked with them if it is too short to read by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

_UNITS: Final = (
    "年度末|年度|年目|年|か月|ヶ月|カ月|月末|月|週間|日間|日|時間|時|分|秒|千円|百万円|億円|万円|円|％|%|人|名|件|"
    "回|か所|ヶ所|カ所|箇所|種類|項目|事業|世帯|台|校|団体|課|か国|倍|割|ポイント|万|千"
)
_TOKEN: Final = re.compile(
    rf"[▲△]?[0-9０-９]+(?:[,，.．][0-9０-９]+)*(?:{_UNITS})?"
    r"|[一-鿿㐀-䶿豈-﫿々〆ヶ]+|[ぁ-ゖ]+|[ァ-ヺーｦ-ﾟ]+|[A-Za-zＡ-Ｚａ-ｚ]+|.",
    re.DOTALL,
)
_HAS_DIGIT: Final = re.compile(r"[0-9０-９]")
_ALIKE: Final = 0.5
"""From this share of common letters on, a changed run is compared letter by letter."""
_SAME_LINE: Final = 0.35
"""From this share of common pairs of letters on, two lines are one line that was changed."""
_ISLAND: Final = re.compile(r"(?![一-鿿々ァ-ヺー]{2}).{1,2}", re.DOTALL)
"""What stays between two changes and is marked with them: two letters that are no word."""
_MOST_PAIRS: Final = 4000
"""Lines are paired by what they say up to so many pairs; beyond it in order (time: the product)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: in both texts, only in the one before, or only in the one after."""

    kind: Kind
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts in order: the pieces without `new` are `before`, those without `gone` `after`."""
    old, new = before.split("\n"), after.split("\n")
    found: list[Piece] = []
    for i, j in _paired(old, new):
        found += _line_pieces(old, i, new, j)
    return _joined(found)


def _line_pieces(old: list[str], i: int | None, new: list[str], j: int | None) -> list[Piece]:
    """A line before and after with its line end; the last line of a text has none."""
    was = "" if i is None else old[i]
    now = "" if j is None else new[j]
    had_end = i is not None and i + 1 < len(old)
    has_end = j is not None and j + 1 < len(new)
    found = [Piece("same", was)] if was == now else _words(was, now)
    if had_end and has_end:
        found.append(Piece("same", "\n"))
    elif had_end or has_end:
        found.append(Piece("gone" if had_end else "new", "\n"))
    return found


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which line became which: (before, after), None on the side that does not have it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from _aligned(old, range(i1, i2), new, range(j1, j2))


def _aligned(
    old: list[str], olds: range, new: list[str], news: range
) -> Iterator[tuple[int | None, int | None]]:
    """Changed lines, paired in order so that they are most alike."""
    pairs = _best_pairs([old[i] for i in olds], [new[j] for j in news])
    i, j = olds.start, news.start
    for di, dj in [*pairs, (len(olds), len(news))]:
        yield from ((n, None) for n in range(i, olds.start + di))
        yield from ((None, n) for n in range(j, news.start + dj))
        i, j = olds.start + di, news.start + dj
        if di < len(olds):
            yield i, j
            i, j = i + 1, j + 1


def _best_pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The places of lines that are one line changed, both in rising order."""
    if len(old) * len(new) > _MOST_PAIRS:
        return [(n, n) for n in range(min(len(old), len(new)))]
    olds, news = ([_pairs_of_letters(line) for line in lines] for lines in (old, new))
    alike = [[_likeness(was, now) for now in news] for was in olds]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _SAME_LINE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return _traced(best)


def _traced(best: list[list[float]]) -> list[tuple[int, int]]:
    i = j = 0
    found: list[tuple[int, int]] = []
    while i + 1 < len(best) and j + 1 < len(best[i]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _pairs_of_letters(line: str) -> Counter[str]:
    return Counter(map("".join, pairwise(line)))


def _likeness(was: Counter[str], now: Counter[str]) -> float:
    """The share of pairs of letters that two lines have in common (Dice), 0 to 1."""
    return 2 * (was & now).total() / max(1, was.total() + now.total())


def _words(was: str, now: str) -> list[Piece]:
    """A line that changed: the words that stay, went and came."""
    old, new = _TOKEN.findall(was), _TOKEN.findall(now)
    found: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if kind == "equal":
            found.append(Piece("same", gone))
        elif i2 - i1 == j2 - j1 == 1 and _is_alike(gone, come):
            found += _letters(gone, come)
        else:
            found += [Piece("gone", gone), Piece("new", come)]
    return _without_islands(_joined(found))


def _is_alike(gone: str, come: str) -> bool:
    """Whether one run became another one of which most letters stayed. A number never did."""
    if _HAS_DIGIT.search(gone + come):
        return False
    return SequenceMatcher(None, gone, come, autojunk=False).ratio() >= _ALIKE


def _letters(gone: str, come: str) -> Iterator[Piece]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        if kind == "equal" and i2 - i1 > 1:
            yield Piece("same", gone[i1:i2])
        else:
            # A single letter that stayed belongs to the word: 人財 became 人材.
            yield Piece("gone", gone[i1:i2])
            yield Piece("new", come[j1:j2])


def _without_islands(found: Sequence[Piece]) -> list[Piece]:
    """Letters that stay between two changes, too few to be read by themselves, go with them."""
    kept: list[Piece] = []
    for n, piece in enumerate(found):
        is_between = 0 < n < len(found) - 1
        if piece.kind == "same" and is_between and _ISLAND.fullmatch(piece.text):
            kept += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            kept.append(piece)
    return _joined(kept)


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Pieces without empty ones; of each change one `gone`, then one `new`."""
    kept: list[Piece] = []
    runs = groupby((p for p in found if p.text), key=lambda piece: piece.kind == "same")
    for is_same, run in runs:
        group = list(run)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("gone", "new")
        kept += [Piece(kind, "".join(p.text for p in group if p.kind == kind)) for kind in kinds]
    return [piece for piece in kept if piece.text]
