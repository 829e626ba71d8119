"""What a reader sees of a page, and what no page may do: text off the paper, text over text."""

import re
from collections import defaultdict
from collections.abc import Iterable

from app.documents.pages.drawing import Page, Text
from app.documents.pages.page_builder import Paper
from app.documents.pages.structure import ARTIFACT, Node
from app.documents.pages.typesetting import text_width
from app.forms.fitting.metrics import FontMetrics

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""
NEAR = 0.6
# Nothing that a person should read is smaller (pt).
READABLE = 3.5
_SIGN = re.compile(r"※\d+")


def ink(text: Text, metrics: FontMetrics) -> Rectangle:
    """About where a text has ink: blanks at its end and the right half of 、 have none."""
    shown = text.text.rstrip()
    width = text_width(shown, text.size, metrics, text.bold)
    if shown[-1:] in ("、", "。", "，", "．"):
        width -= text.size * 0.5
    # Stops are low in their square.
    above = text.size * (0.84 if shown.strip("、。，．") else 0.4)
    below = text.size * 0.1
    if text.turned:
        return text.x - below, text.y, text.x + above, text.y + width
    return text.x, text.y - above, text.x + width, text.y + below


def is_seen(text: Text) -> bool:
    """Whether it is more than blanks."""
    return bool(text.text.strip())


def strays(page: Page, paper: Paper, metrics: FontMetrics) -> list[str]:
    """Texts outside the margins, or too small to be read.

    Page numbers and the like only have to be on the paper.
    """
    inside = (paper.left, paper.top, paper.right, paper.bottom)
    sheet = (6.0, 6.0, page.width - 6.0, page.height - 6.0)
    found = []
    for text in filter(is_seen, page.texts):
        if text.size < READABLE:
            found.append(f"{text.text[:20]} at {text.size:.1f} pt")
        left, top, right, bottom = ink(text, metrics)
        limits = sheet if text.node == ARTIFACT else inside
        over = (limits[0] - left, limits[1] - top, right - limits[2], bottom - limits[3])
        if max(over) > NEAR:
            found.append(f"{text.text[:20]} {max(over):.0f} pt")
    return found


def overlaps(page: Page, metrics: FontMetrics) -> list[str]:
    """Pairs of texts one over the other. Within a figure that is its own matter."""
    placed = sorted(
        (ink(text, metrics), text.text)
        for text in page.texts
        if is_seen(text) and not is_in_figure(text.node)
    )
    found = []
    for n, (one, first) in enumerate(placed):
        for other, second in placed[n + 1 :]:
            if other[0] > one[2] - NEAR:
                break
            high = min(one[3], other[3]) - max(one[1], other[1])
            wide = min(one[2], other[2]) - other[0]
            if high > NEAR and wide > NEAR:
                found.append(f"{first[:12]} / {second[:12]}")
    return found


def is_in_figure(node: Node) -> bool:
    """Whether a text belongs to a picture."""
    return node.kind == "figure"


def said(pages: Iterable[Page]) -> list[str]:
    """What each node of the structure says, without blanks and signs of notes."""
    words: defaultdict[Node, list[str]] = defaultdict(list)
    for page in pages:
        for text in page.texts:
            if text.node != ARTIFACT:
                words[text.node].append(text.text)
    return [_SIGN.sub("", "".join("".join(parts).split())) for parts in words.values()]
