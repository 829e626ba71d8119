"""The cards of one lane, as a list model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.plan.board.cards import Card, badges, card_name, card_of
from app.plan.entities import Initiative
from app.plan.plan import Plan
from ui.desktop.parts import plain_tip
from ui.found_words import found_words

MIME: Final = "application/x-keikaku-initiatives"
# An id may hold any other character, a line end too.
_BETWEEN: Final = "\x00"
CARD: Final = Qt.ItemDataRole.UserRole
_NOWHERE: Final = QModelIndex()
_UNKNOWN: Final[Mapping[str, int]] = {}
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Outline:
    """What decides how high a card is: it is known sooner than the rest of the card."""

    name: str
    departments: tuple[str, ...]
    status: str
    badges: tuple[str, ...]
    has_days: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: folded words, and what the fields of the plan are called."""

    words: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    tells_places: bool = True


NO_SEARCH: Final = Search()


class LaneModel(QAbstractListModel):
    """Initiatives of one stage. `show` brings in what a plan says; nothing else changes it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._days: Mapping[str, int] = _UNKNOWN
        self._rows: list[Initiative] = []
        self._places: dict[str, int] = {}
        self._cards: dict[str, Card] = {}
        self._search = Search()
        self._places_found: dict[str, str] = {}

    @property
    def words(self) -> Sequence[str]:
        """The folded words that are searched for."""
        return self._search.words

    def show(
        self,
        plan: Plan,
        rows: Sequence[Initiative],
        days: Mapping[str, int] = _UNKNOWN,
        search: Search = NO_SEARCH,
    ) -> None:
        """Show these initiatives, touching only the rows between the first and last difference."""
        self._search = search
        self._places_found.clear()
        old, new = [r.id for r in self._rows], [r.id for r in rows]
        self._plan, self._days = plan, days
        self._cards.clear()
        start = _common(old, new)
        end = _common(old[start:][::-1], new[start:][::-1])
        self._replace(start, len(old) - end, rows[start : len(new) - end])
        self._rows = list(rows)
        self._places = {id: row for row, id in enumerate(new)}
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _replace(self, start: int, stop: int, rows: Sequence[Initiative]) -> None:
        if stop > start:
            self.beginRemoveRows(_NOWHERE, start, stop - 1)
            del self._rows[start:stop]
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(_NOWHERE, start, start + len(rows) - 1)
            self._rows[start:start] = rows
            self.endInsertRows()

    def row_of(self, initiative: str) -> int | None:
        """The row of an initiative, None where it is not in this lane."""
        return self._places.get(initiative)

    def id_at(self, row: int) -> str | None:
        """The initiative in a row, None beyond the last."""
        return self._rows[row].id if 0 <= row < len(self._rows) else None

    def outline_at(self, row: int) -> Outline:
        """What decides how high the card in a row is."""
        assert self._plan is not None
        initiative = self._rows[row]
        return Outline(
            initiative.name,
            initiative.departments,
            initiative.status or "",
            badges(self._plan, initiative),
            bool(self._days.get(initiative.id)),
            self.found_at(row),
        )

    def found_at(self, row: int) -> str:
        """Where the words searched for stand, empty if the card shows them itself."""
        assert self._plan is not None
        initiative = self._rows[row]
        if not (self._search.words and self._search.tells_places):
            return ""
        if initiative.id not in self._places_found:
            seen = (initiative.number or "", card_name(initiative), *initiative.departments)
            self._places_found[initiative.id] = found_words(
                self._plan, initiative, self._search.words, "\0".join(seen), self._search.labels
            )
        return self._places_found[initiative.id]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Number of cards."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the card, or what a screen reader says."""
        if not index.isValid() or self._plan is None:
            return None
        initiative = self._rows[index.row()]
        if role == CARD:
            return self._card(initiative)
        if role == Qt.ItemDataRole.DisplayRole:
            return card_name(initiative)
        return _words(self._card(initiative), role, self.found_at(index.row()))

    def _card(self, initiative: Initiative) -> Card:
        assert self._plan is not None
        if initiative.id not in self._cards:
            self._cards[initiative.id] = card_of(
                self._plan, initiative, self._days.get(initiative.id)
            )
        return self._cards[initiative.id]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be selected and dragged; only the lane itself takes a drop."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        wanted = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return wanted | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        """Only our own cards are dragged."""
        return [MIME]


def cards_in(ids: Sequence[str]) -> QMimeData:
    """What is carried while these initiatives are dragged."""
    carried = QMimeData()
    carried.setData(MIME, _BETWEEN.join(ids).encode())
    return carried


def ids_in(carried: QMimeData) -> list[str]:
    """The initiatives that are carried, none where it is something else."""
    if not carried.hasFormat(MIME):
        return []
    return bytes(carried.data(MIME).data()).decode().split(_BETWEEN)


def stayed(card: Card) -> str:
    """How long a card has been in its stage; empty on the first day, or where nobody knows."""
    return f"{card.days}日経過" if card.days else ""


def left_open(card: Card) -> str:
    """How many placeholders are still to be filled; empty for none."""
    return f"未設定{card.placeholders}" if card.placeholders else ""


def _words(card: Card, role: int, place: str) -> str | None:
    left = f"{left_open(card)}か所" if card.placeholders else ""
    facts = [card.category, card.departments, card.status, *card.badges, left, stayed(card), place]
    said = "、".join(fact for fact in (card.number, card.name, card.pillar_word, *facts) if fact)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return said
    if role != Qt.ItemDataRole.ToolTipRole:
        return None
    long_name = card.name if len(card.name) > 30 else ""
    unset = f"未設定（▲）が{card.placeholders}か所あります" if card.placeholders else ""
    return plain_tip("\n".join(filter(None, (long_name, place, unset)))) or None


def _common(some: Sequence[str], others: Sequence[str]) -> int:
    """How many items at the front are the same."""
    pairs = zip(some, others, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(some), len(others)))
