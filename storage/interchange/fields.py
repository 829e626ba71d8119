"""What a field may hold in an interchange file: one reader for each kind of value.

A reader gives the value as an entity holds it. It raises MisfitError, whose place begins
at the value itself.
"""

from typing import Any, Final

from app.plan.periods.fiscal_year import FISCAL_YEARS
from storage.interchange.place import MisfitError

Node = dict[str, Any]
_LARGEST: Final = 2**53
MOST_OF_NAME: Final = 3000
"""Characters of a name: drawing one of a million holds up every view and paper."""
_MOST_STAGES: Final = 60


def text(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise MisfitError((), "が、文字ではありません")
    return value


def name(value: Any) -> str:
    """What something is called: a text of a length that can be drawn."""
    if len(text(value)) > MOST_OF_NAME:
        raise MisfitError((), f"が、長すぎます（{MOST_OF_NAME:,}字まで）")
    return str(value)


def number(value: Any) -> int:
    """A whole number that every JSON reader can hold."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise MisfitError((), "が、数ではありません")
    return value


def decimal(value: Any) -> float:
    """A number, whole or not, no larger than a whole one may be."""
    if isinstance(value, float) and abs(value) <= _LARGEST:
        return value
    return float(number(value))


def year(value: Any) -> int:
    """A fiscal year: the western year of its April."""
    if number(value) not in FISCAL_YEARS:
        raise MisfitError((), "が、西暦4桁の年度ではありません")
    return int(value)


def length(value: Any) -> int:
    """The length of a term in fiscal years."""
    if not 1 <= number(value) <= 99:
        raise MisfitError((), "が、1から99までの年数ではありません")
    return int(value)


def ordinal(value: Any) -> int:
    """The place of one among several, from 1."""
    if not 1 <= number(value) <= 99:
        raise MisfitError((), "が、1から99までの数ではありません")
    return int(value)


def count(value: Any) -> int:
    """A count of things, from 0."""
    if not 0 <= number(value) <= 9999:
        raise MisfitError((), "が、0から9999までの数ではありません")
    return int(value)


def yes_no(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise MisfitError((), "が、true か false ではありません")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    return tuple([_item(text, item, n) for n, item in enumerate(items(value))])


def names(value: Any) -> tuple[str, ...]:
    """A list of names."""
    return tuple([_item(name, item, n) for n, item in enumerate(items(value))])


def stages(value: Any) -> tuple[str, ...]:
    """The stages of the board: names that differ, no more than a board can show."""
    found = names(value)
    for n, stage in enumerate(found):
        if stage in found[:n]:
            raise MisfitError((n,), "が、ほかの段階と同じです")
    if len(found) > _MOST_STAGES:
        raise MisfitError((), f"が、多すぎます（{_MOST_STAGES}個まで）")
    return found


def lengths(value: Any) -> tuple[int, ...]:
    """A list of lengths of terms."""
    return tuple([_item(length, item, n) for n, item in enumerate(items(value))])


def counts(value: Any) -> tuple[int, ...]:
    """A list of counts."""
    return tuple([_item(count, item, n) for n, item in enumerate(items(value))])


def _item(reader: Any, value: Any, n: int) -> Any:
    try:
        return reader(value)
    except MisfitError as error:
        raise error.within(n) from None


def items(value: Any) -> list[Any]:
    """A list of anything."""
    if not isinstance(value, list):
        raise MisfitError((), "が、並び [ ] ではありません")
    return value


def node(value: Any) -> Node:
    """An object: names and values."""
    if not isinstance(value, dict):
        raise MisfitError((), "が、項目の集まり { } ではありません")
    return value
