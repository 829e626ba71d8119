"""Setting type on a page: runs of text where they stand, across and down. Lengths are points."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from app.documents.pages.drawing import BLACK, Text
from app.documents.pages.structure import Node
from app.forms.fitting.lines import Flow, Line
from app.forms.fitting.metrics import FontMetrics
from app.forms.marks import segments

# Where the baseline of Japanese type stands in its em square.
ASCENT: Final = 0.88
LEADING: Final = 1.35
# Distance of lines in a tight label; of characters down a column; of columns.
_TIGHT, _STEP, _PITCH = 1.2, 1.05, 1.2
# What is turned a quarter in vertical writing (縦書き), and what moves to the upper right.
_TURNED: Final = frozenset(
    "ー－−―—–-〜～（）()「」『』【】〔〕［］[]｛｝{}〈〉《》＜＞<>=＝…‥:：→←"
)
_RAISED: Final = frozenset("、。，．")
_SMALL: Final = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")


def text_width(text: str, size: float, metrics: FontMetrics, bold: bool = False) -> float:
    """How wide a text is on one line."""
    face = metrics.bold if bold else metrics.regular
    return sum(face[character] for character in text) * size / 1000


def shortened(
    text: str, width: float, size: float, metrics: FontMetrics, bold: bool = False
) -> str:
    """A text on one line, or what a width holds of it with … at its end."""
    text = text.replace("\n", "")
    face = metrics.bold if bold else metrics.regular
    ends = list(accumulate(face[character] for character in text))
    if not ends or ends[-1] * size <= width * 1000:
        return text
    count = bisect_right(ends, width * 1000 / size - face["…"])
    return text[:count] + "…"


def line_texts(
    flow: Flow, line: Line, x: float, baseline: float, size: float, node: Node, color: str = BLACK
) -> list[Text]:
    """One line of a flow, drawn from `x` on."""
    text = flow.text
    x += line.indent * size / 1000
    if not text.bold and line.start < line.end:
        return [Text(x, baseline, size, text.plain[line.start : line.end], node, False, color)]
    texts = []
    for start, end, bold in segments(text, line.start, line.end):
        texts.append(Text(x, baseline, size, text.plain[start:end], node, bold, color))
        x += flow.width(start, end) * size / 1000
    return texts


def column_capacity(height: float, size: float) -> int:
    """How many characters a vertical column of this height holds."""
    return max(1, int(height / (size * _STEP) + 1e-6))


def label_texts(
    text: str, box: tuple[float, float, float, float], largest: float, smallest: float,
    metrics: FontMetrics, node: Node,
) -> list[Text]:  # fmt: skip
    """A label in a narrow, high box: down one column where it can, else across, else down several.

    Several columns are read from the right, which nobody expects of a short word; so lines
    across come first.
    """
    _, _, width, height = box
    sizes = [largest - 0.5 * n for n in range(int((largest - smallest) * 2) + 1)]
    for size in sizes:
        if len(vertical_units(text)) * size * _STEP <= height + 1e-6:
            return list(vertical_texts(text, box, size, metrics, node))
    for size in sizes:
        lines = Flow(text, metrics).count(width * 1000 / size)
        if lines * size * _TIGHT <= height and width >= 3 * size:
            return _lines_across(text, box, size, metrics, node)
    fitting = (
        s for s in sizes if _columns(text, height, s) * s * _PITCH <= width and s * _STEP <= height
    )
    return list(vertical_texts(text, box, next(fitting, smallest), metrics, node))


def label_height(text: str, width: float, size: float, metrics: FontMetrics) -> float:
    """The least height at which `label_texts` fits a label at a size."""
    units = len(vertical_units(text))
    down = -(-units // max(1, int(width / (size * _PITCH)))) * size * _STEP
    across = Flow(text, metrics).count(width * 1000 / size) * size * _TIGHT
    return min(down, across) if width >= 3 * size else down


def _columns(text: str, height: float, size: float) -> int:
    return -(-len(vertical_units(text)) // column_capacity(height, size))


def _lines_across(
    text: str, box: tuple[float, float, float, float], size: float, metrics: FontMetrics,
    node: Node,
) -> list[Text]:  # fmt: skip
    left, top, width, height = box
    flow = Flow(text, metrics)
    lines = flow.lines(width * 1000 / size)
    y = top + (height - len(lines) * size * _TIGHT) / 2 + size * (ASCENT + (_TIGHT - 1) / 2)
    texts: list[Text] = []
    for line in lines:
        free = width - flow.width(line.start, line.end) * size / 1000
        texts += line_texts(flow, line, left + free / 2, y, size, node)
        y += size * _TIGHT
    return texts


def vertical_units(text: str) -> list[str]:
    """The text as it stands down a column: a character a place, two digits side by side."""
    units: list[str] = []
    for character in text:
        pair = units[-1] + character if units else ""
        if character.isascii() and character.isdigit() and pair.isdigit() and len(pair) == 2:
            units[-1] = pair
        elif not character.isspace():
            units.append(character)
    return units


def vertical_texts(
    text: str, box: tuple[float, float, float, float], size: float, metrics: FontMetrics,
    node: Node, bold: bool = False, color: str = BLACK,
) -> Iterator[Text]:  # fmt: skip
    """A text written downwards (縦書き), columns from the right, centred in a box."""
    left, top, width, height = box
    units = vertical_units(text)
    columns = _columns(text, height, size)
    if not columns:
        return
    each = -(-len(units) // columns)
    pitch, step = size * _PITCH, size * _STEP
    right = left + (width + columns * pitch) / 2
    for place in range(columns):
        column = units[place * each : (place + 1) * each]
        center = right - pitch * (place + 0.5)
        y = top + max(0.0, height - each * step) / 2
        for unit in column:
            yield _vertical_text(unit, center, y, size, metrics, node, bold, color)
            y += step


def _vertical_text(
    unit: str, center: float, top: float, size: float, metrics: FontMetrics, node: Node,
    bold: bool, color: str,
) -> Text:  # fmt: skip
    width = text_width(unit, size, metrics, bold)
    if unit in _TURNED:
        # Turned clockwise, the baseline runs down the column at the left of the glyph.
        start = top + (size - width) / 2
        x = center - size * (ASCENT - 0.5)
        return Text(x, start, size, unit, node, bold, color, turned=True)
    shift = size * 0.55 if unit in _RAISED else size * 0.08 if unit in _SMALL else 0.0
    baseline = top + size * ASCENT - shift
    return Text(center - width / 2 + shift, baseline, size, unit, node, bold, color)
