"""The ruled lines of a page and the cells between them. Lengths in points, y upwards."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_SAME: Final = 2.5
_GAP: Final = 6.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along x (`is_across`) or y: its place on the other axis, and its ends."""

    is_across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Area:
    """A cell between lines, by the numbers of the lines around it; rows count from the top."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Ruling:
    """The lines of a page: `x` from left to right, `y` from top to bottom, and the cells."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    areas: tuple[Area, ...]
    owners: dict[tuple[int, int], int]

    def area_at(self, x: float, y: float) -> Area | None:
        """The cell in which a point lies, None outside of all."""
        column = bisect_right(self.x, x) - 1
        row = bisect_right([-value for value in self.y], -y) - 1
        found = self.owners.get((row, column))
        return self.areas[found] if found is not None else None


def ruling_of(rules: Sequence[Rule]) -> Ruling:
    """The cells that some lines make. A place is a cell if lines close it off from the page."""
    rules = [*rules, *_closing(rules)]
    x = _clustered(rule.at for rule in rules if not rule.is_across)
    y = tuple(reversed(_clustered(rule.at for rule in rules if rule.is_across)))
    across = _joined([r for r in rules if r.is_across], sorted(y))
    down = _joined([r for r in rules if not r.is_across], x)
    parents = _Parents()
    for row in range(-1, len(y)):
        for column in range(-1, len(x)):
            middle_x = _middle(x, column, False)
            middle_y = _middle(y, row, True)
            if column + 1 < len(x) and not _covers(down.get(x[column + 1], ()), middle_y):
                parents.join((row, column), (row, column + 1))
            if row + 1 < len(y) and not _covers(across.get(y[row + 1], ()), middle_x):
                parents.join((row, column), (row + 1, column))
    return _ruling(x, y, parents)


def _closing(rules: Sequence[Rule]) -> list[Rule]:
    """Lines at the ends of all tables: a cell that goes on on the next page has none there."""
    down = [rule for rule in rules if not rule.is_across]
    found = []
    for at in (max((r.end for r in down), default=0.0), min((r.start for r in down), default=0.0)):
        ends = [r.at for r in down if abs(r.end - at) < _SAME or abs(r.start - at) < _SAME]
        if len(ends) > 1:
            found.append(Rule(True, at, min(ends), max(ends)))
    return found


def _ruling(x: tuple[float, ...], y: tuple[float, ...], parents: "_Parents") -> Ruling:
    outside = parents.root((-1, -1))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in range(len(y) - 1):
        for column in range(len(x) - 1):
            root = parents.root((row, column))
            if root != outside:
                groups.setdefault(root, []).append((row, column))
    areas: list[Area] = []
    owners: dict[tuple[int, int], int] = {}
    for places in groups.values():
        rows = [row for row, _ in places]
        columns = [column for _, column in places]
        owners.update(dict.fromkeys(places, len(areas)))
        areas.append(Area(min(rows), min(columns), max(rows) + 1, max(columns) + 1))
    return Ruling(x, y, tuple(areas), owners)


class _Parents:
    """Which places run into each other (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(self, place: tuple[int, int]) -> tuple[int, int]:
        while (parent := self._parent.get(place, place)) != place:
            self._parent[place] = self._parent.get(parent, parent)
            place = parent
        return place

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def _clustered(values: Iterable[float]) -> tuple[float, ...]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] < _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def _joined(
    rules: Sequence[Rule], places: Sequence[float]
) -> dict[float, list[tuple[float, float]]]:
    """The stretches of each line, those that touch as one."""
    found: dict[float, list[tuple[float, float]]] = {}
    for rule in sorted(rules, key=lambda r: r.start):
        at = min(places, key=lambda place: abs(place - rule.at))
        stretches = found.setdefault(at, [])
        if stretches and rule.start - stretches[-1][1] < _GAP:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], rule.end))
        else:
            stretches.append((rule.start, rule.end))
    return found


def _middle(lines: Sequence[float], number: int, is_falling: bool) -> float:
    """The middle between a line and the next; outside of all, a place far off."""
    far = 1e6 if is_falling else -1e6
    if number < 0:
        return far
    return (lines[number] + lines[number + 1]) / 2 if number + 1 < len(lines) else -far


def _covers(stretches: Iterable[tuple[float, float]], value: float) -> bool:
    return any(start - 1 <= value <= end + 1 for start, end in stretches)


def steps(values: Sequence[float]) -> list[float]:
    """The distances between neighbours."""
    return [abs(b - a) for a, b in pairwise(values)]
