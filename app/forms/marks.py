"""Bold marks: `**…**` in plan text, and the same as plain text with bold spans.

A pair of marks makes what stands between them bold. A mark without a partner, or
with nothing between the pair, is printed as it stands: no character ever vanishes.
"""

import re
from dataclasses import dataclass
from typing import Final

MARK: Final = "**"
_BOLD: Final = re.compile(r"\*\*(?!\*)(.+?)\*\*", re.DOTALL)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain text, and the [start, end) spans of it that are bold, in order, not touching."""

    plain: str
    bold: tuple[Span, ...] = ()


def unmarked(text: str) -> Marked:
    """Plan text as plain text and bold spans. Line ends become LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if MARK not in text:
        return Marked(text)
    parts: list[str] = []
    spans: list[Span] = []
    length = last = 0
    for match in _BOLD.finditer(text):
        before, inner = text[last : match.start()], match.group(1)
        parts += [before, inner]
        start = length + len(before)
        length = start + len(inner)
        spans.append((start, length))
        last = match.end()
    parts.append(text[last:])
    return Marked("".join(parts), _joined(spans))


def marked(text: Marked) -> str:
    """Plain text and bold spans as plan text; the inverse of `unmarked`."""
    parts, last = [], 0
    for start, end in text.bold:
        parts += [text.plain[last:start], MARK, text.plain[start:end], MARK]
        last = end
    return "".join(parts) + text.plain[last:]


def segments(text: Marked, start: int, end: int) -> list[tuple[int, int, bool]]:
    """`[start, end)` cut where bold begins and ends: (start, end, is bold)."""
    result: list[tuple[int, int, bool]] = []
    for low, high in text.bold:
        if high <= start or low >= end:
            continue
        if low > start:
            result.append((start, low, False))
        result.append((max(low, start), min(high, end), True))
        start = min(high, end)
    if start < end:
        result.append((start, end, False))
    return result


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
