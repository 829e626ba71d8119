"""The layouter: pages made of blocks.

Blocks flow down the areas of pages. Text is cut between lines of which none is left alone, a
table between its rows or inside one, with its heads on every page; a heading stays with what
follows; footnotes stand at the foot of the area that calls them. Lengths are points.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.documents.flow.blocks import Block
from app.documents.flow.measuring import Measuring, heights
from app.documents.flow.pieces import Piece, SpacePiece, TextPiece
from app.documents.pages.drawing import Rule
from app.documents.pages.page_builder import PageBuilder
from app.documents.pages.structure import Node
from app.forms.fitting.breaking import TOLERANCE
from app.forms.fitting.metrics import FontMetrics

# What keeps footnotes from the text, and how much of an area they take at most.
_NOTE_GAP: Final = 10.0
_NOTE_RULE: Final = 80.0
_MOST_NOTES: Final = 0.5
# Room enough to go on below a heading at the top of a page.
_ROOM_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a page that blocks flow into, from `top` to `bottom`."""

    page: PageBuilder
    left: float
    top: float
    width: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


OpenPage = Callable[[Callable[[], float]], Sequence[Area]]
"""Makes a new page and says where blocks stand on it: its areas, in the order of reading.

It may ask how high all is that has no page yet. Areas are as wide as lay_out was told.
"""


def lay_out(
    blocks: Sequence[Block], room: tuple[float, float], open_page: OpenPage, root: Node,
    metrics: FontMetrics,
) -> Area:  # fmt: skip
    """Put blocks on pages, one at least; what is left of the last area.

    `room` is the width and the usual height of areas; `root` is what the blocks are children of
    (`app.documents.pages.structure`), another one for each call.
    """
    measuring = Measuring(room, root, metrics)
    pieces = list(measuring.pieces(blocks))
    return _Filling(pieces, measuring.notes, open_page).fill()


def height_of(blocks: Sequence[Block], width: float, metrics: FontMetrics) -> float:
    """How high blocks are at a width, on a page of any height."""
    room = (width, float("inf"))
    return heights(Measuring(room, Node("section"), metrics).pieces(blocks))


class _Filling:
    """Fills areas with pieces, one after the other."""

    def __init__(
        self, pieces: Sequence[Piece | None], notes: dict[int, TextPiece], open_page: OpenPage
    ) -> None:
        self._pieces, self._all_notes, self._open_page = pieces, notes, open_page
        self._at = 0
        self._areas: list[Area] = []
        self._carried: list[TextPiece] = []
        self._begin_page()

    def fill(self) -> Area:
        """Fill as many pages as it takes; what is left of the last area."""
        for at, piece in enumerate(self._pieces):
            self._at = at
            if piece is None:
                self._break_page()
            else:
                self._put(piece)
        while self._carried:
            self._next_area()
        room = self._room
        self._draw_notes()
        return replace(self._area, top=self._y, bottom=self._y + room)

    def _begin_page(self) -> None:
        self._areas = list(self._open_page(self._height_left))
        self._begin_area()

    def _begin_area(self) -> None:
        self._area = self._areas.pop(0)
        self._y, self._is_fresh = self._area.top, True
        self._notes: list[TextPiece] = []
        self._add_notes([], self._area.height * _MOST_NOTES)

    def _height_left(self) -> float:
        return heights(self._pieces[self._at :])

    def _next_area(self) -> None:
        self._draw_notes()
        if self._areas:
            self._begin_area()
        else:
            self._begin_page()

    def _break_page(self) -> None:
        if self._is_fresh and self._y == self._area.top:
            return
        self._areas.clear()
        self._next_area()

    @property
    def _room(self) -> float:
        notes = heights(self._notes) + (_NOTE_GAP if self._notes else 0.0)
        return self._area.bottom - self._y - notes

    def _put(self, piece: Piece) -> None:
        """Put a piece on this area and as many further ones as it takes."""
        if isinstance(piece, SpacePiece) and piece.spacer.fills:
            piece = replace(piece, height=max(0.0, self._room - self._height_below()))
        if piece.keeps and not self._is_fresh and self._together() > self._room + TOLERANCE:
            self._next_area()
        rest: Piece | None = piece
        while rest is not None:
            rest = self._put_some(rest)

    def _height_below(self) -> float:
        """How high all is that comes after this piece, up to a page break."""
        following = list(self._pieces[self._at + 1 :])
        end = following.index(None) if None in following else len(following)
        return heights(following[:end])

    def _together(self) -> float:
        """How much room this piece needs with those it keeps to and the first lines below."""
        needed = 0.0
        for piece in self._pieces[self._at :]:
            if piece is None:
                break
            needed += piece.above
            if not piece.keeps:
                return needed + piece.least
            needed += piece.height + piece.below
        return needed

    def _put_some(self, piece: Piece) -> Piece | None:
        """Put what has room here; what is left for the next area, None for nothing."""
        gap = 0.0 if self._y == self._area.top else piece.above
        part, rest = self._fitting(piece, self._room - gap)
        if part is not None:
            part.draw(self._area.page, self._area.left, self._y + gap)
            self._y += gap + part.height + part.below
            self._is_fresh = self._is_fresh and part.keeps
            self._add_notes(part.notes, self._room)
        if rest is not None:
            self._next_area()
        return rest

    def _fitting(self, piece: Piece, room: float) -> tuple[Piece | None, Piece | None]:
        """What of a piece has room with the footnotes that are called in it."""
        at_top = self._y == self._area.top
        if self._is_fresh and not isinstance(piece, SpacePiece):
            # Below a heading at the top of a page something stands too.
            at_top = at_top or room > self._area.height * _ROOM_ENOUGH
        part, rest = piece.cut(room, at_top)
        notes = self._notes_high(part.notes) if part is not None else 0.0
        if part is None or part.height + notes <= room + TOLERANCE:
            return part, rest
        # Long notes go on at the foot of the next page, rather than leave this one empty.
        least = min(room, self._area.height * (1 - _MOST_NOTES) - _NOTE_GAP)
        return piece.cut(max(room - notes, least), at_top)

    def _notes_high(self, numbers: Sequence[int]) -> float:
        high = heights(self._all_notes[number] for number in numbers)
        return high + (_NOTE_GAP if numbers and not self._notes else 0.0)

    def _add_notes(self, numbers: Sequence[int], room: float) -> None:
        """Keep room for notes at the foot of the area; what has none is for the next."""
        waiting = [*self._carried, *(self._all_notes[number] for number in numbers)]
        self._carried = []
        room -= 0.0 if self._notes else _NOTE_GAP
        for note in waiting:
            part, rest = (None, note) if self._carried else note.cut(room - note.above, False)
            if part is not None:
                self._notes.append(part)
                room -= part.above + part.height
            if rest is not None:
                self._carried.append(rest)

    def _draw_notes(self) -> None:
        """Draw the notes of this area at its foot, under a short rule."""
        if not self._notes:
            return
        area = self._area
        y = area.bottom - heights(self._notes)
        line = y - _NOTE_GAP / 2
        area.page.draw(Rule(area.left, line, area.left + _NOTE_RULE, line, 0.4))
        for note in self._notes:
            note.draw(area.page, area.left, y + note.above)
            y += note.above + note.height
        self._notes = []
