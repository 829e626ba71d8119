"""Small JSON files beside documents and in the data folder: anybody may have put anything there."""

import json
from typing import Any, Final

_NESTING: Final = (dict, list)
_MOST_LEVELS: Final = 100
"""How deep objects and lists may nest. Versions of Python stop between 900 and 10,000 levels; what
is deeper than ours would be read by one and break off another, later, in the middle of something.
"""


def parsed_note(data: bytes) -> Any:
    """What such a file says. Raises ValueError if it is no JSON, or nests too deep."""
    try:
        found = json.loads(data)
    except RecursionError as error:
        raise ValueError(error) from error
    if is_too_deep(found):
        raise ValueError("nested")
    return found


def is_too_deep(document: Any) -> bool:
    """Whether objects and lists nest deeper than any that we write."""
    level: list[Any] = [[document]]
    for _ in range(_MOST_LEVELS + 1):
        inside = (node.values() if isinstance(node, dict) else node for node in level)
        level = [item for items in inside for item in items if isinstance(item, _NESTING)]
        if not level:
            return False
    return True
