"""Places of a worksheet: (row, column) counted from 1, and B12 as people read them."""

import re
from typing import Final

Place = tuple[int, int]
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)


def address(place: Place) -> str:
    """A place as people read it in Excel: B12."""
    row, column = place
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def place_of(address: str) -> Place | None:
    """The place of B12 or $B$12, None for what is no address."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
