"""The lines and coloured grounds drawn on a page of a PDF."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pypdfium2.raw as raw

from storage.documents_in.ruled_lines import Rule

_THIN: Final = 2.6
_SHORT: Final = 1.0
_STRAIGHT: Final = 0.8
_DEEPEST: Final = 4
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured ground: its edges in points and its colour as RRGGBB."""

    left: float
    bottom: float
    right: float
    top: float
    colour: str

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def rules_and_fills(page: Any) -> tuple[list[Rule], list[Fill]]:
    """The lines of a page, thin bars among them, and its coloured grounds, the latest first."""
    rules: list[Rule] = []
    fills: list[Fill] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST):
        is_filled, is_stroked = _drawn(item)
        for points in _figures(item):
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            bottom, top = min(y for _, y in points), max(y for _, y in points)
            if right - left < _THIN or top - bottom < _THIN:
                rules += _bar(left, bottom, right, top)
                continue
            if is_stroked:
                rules += _edges(points)
            colour = _colour(item)
            if is_filled and colour not in ("FFFFFF", ""):
                fills.append(Fill(left, bottom, right, top, colour))
    return rules, fills[::-1]


def _drawn(item: Any) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    return fill.value != raw.FPDF_FILLMODE_NONE, bool(stroke.value)


def _figures(item: Any) -> Iterator[list[Point]]:
    """The points of each figure of a path, on the page."""
    matrix = item.get_matrix()
    points: list[Point] = []
    for n in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, n)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _bar(left: float, bottom: float, right: float, top: float) -> Iterator[Rule]:
    if right - left >= top - bottom and right - left > _SHORT:
        yield Rule(True, (bottom + top) / 2, left, right)
    elif top - bottom > _SHORT:
        yield Rule(False, (left + right) / 2, bottom, top)


def _edges(points: list[Point]) -> Iterator[Rule]:
    for (x, y), (to_x, to_y) in pairwise(points):
        if abs(y - to_y) < _STRAIGHT and abs(x - to_x) > _SHORT:
            yield Rule(True, (y + to_y) / 2, min(x, to_x), max(x, to_x))
        elif abs(x - to_x) < _STRAIGHT and abs(y - to_y) > _SHORT:
            yield Rule(False, (x + to_x) / 2, min(y, to_y), max(y, to_y))


def _colour(item: Any) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *parts):
        return ""
    red, green, blue, alpha = (part.value for part in parts)
    return f"{red:02X}{green:02X}{blue:02X}" if alpha else ""
