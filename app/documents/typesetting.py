"""Setting type on a page: runs of text where they stand, across and down. Lengths are points."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.documents.drawing import BLACK, Text
from app.forms.lines import Flow, Line
from app.forms.marks import segments
from app.forms.metrics import FontMetrics

# Where the baseline of Japanese type stands in its em square.
ASCENT: Final = 0.88
LEADING: Final = 1.35
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


def line_texts(
    flow: Flow, line: Line, x: float, baseline: float, size: float, color: str = BLACK
) -> Iterator[Text]:
    """One line of a flow, drawn from `x` on."""
    x += line.indent * size / 1000
    for start, end, bold in segments(flow.text, line.start, line.end):
        yield Text(x, baseline, size, flow.text.plain[start:end], bold, color)
        x += flow.width(start, end) * size / 1000


def column_capacity(height: float, size: float) -> int:
    """How many characters a vertical column of this height holds."""
    return max(1, int(height / (size * 1.05) + 1e-6))


def vertical_size(text: str, width: float, height: float, sizes: Sequence[float]) -> float | None:
    """The largest of descending sizes at which a vertical text fits a box; None for none."""
    count = len(vertical_units(text))
    for size in sizes:
        columns = -(-count // column_capacity(height, size))
        if columns * size * 1.2 <= width:
            return size
    return None


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
    bold: bool = False, color: str = BLACK,
) -> Iterator[Text]:  # fmt: skip
    """A text written downwards (縦書き), columns from the right, centred in a box."""
    left, top, width, height = box
    units = vertical_units(text)
    columns = -(-len(units) // column_capacity(height, size))
    if not columns:
        return
    each = -(-len(units) // columns)
    pitch, step = size * 1.2, size * 1.05
    right = left + (width + columns * pitch) / 2
    for place in range(columns):
        column = units[place * each : (place + 1) * each]
        center = right - pitch * (place + 0.5)
        y = top + max(0.0, height - each * step) / 2
        for unit in column:
            yield _vertical_text(unit, center, y, size, metrics, bold, color)
            y += step


def _vertical_text(
    unit: str, center: float, top: float, size: float, metrics: FontMetrics, bold: bool, color: str
) -> Text:
    width = text_width(unit, size, metrics, bold)
    if unit in _TURNED:
        # Turned clockwise, the baseline runs down the column at the left of the glyph.
        start = top + (size - width) / 2
        return Text(center - size * (ASCENT - 0.5), start, size, unit, bold, color, turned=True)
    shift = size * 0.55 if unit in _RAISED else size * 0.08 if unit in _SMALL else 0.0
    baseline = top + size * ASCENT - shift
    return Text(center - width / 2 + shift, baseline, size, unit, bold, color)
