"""The facts of an initiative: what every plan can say of it, whatever its form."""

import dataclasses
from typing import Final

from app.plan.entities import Entity, Initiative

# Where an initiative stands, and its texts, which are those of the form.
_APART: Final = {"categories", "board_position", "texts"}
_NOT_FACTS: Final = _APART | {item.name for item in dataclasses.fields(Entity)}
_DEFAULTS: Final = {
    item.name: item.default
    for item in dataclasses.fields(Initiative)
    if item.name not in _NOT_FACTS
}
FACTS: Final = tuple(_DEFAULTS)
"""Their names, in the order in which people read them."""
LISTS: Final = frozenset(name for name, default in _DEFAULTS.items() if default == ())
"""Those that are lists of texts; the others are one text."""
OPTIONAL: Final = frozenset(name for name, default in _DEFAULTS.items() if default is None)
"""Those that are None where nothing is said."""
