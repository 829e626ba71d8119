"""Who works on this PC."""

import os
from typing import Final

from storage.this_pc.settings import settings

DEPARTMENT: Final = "own_department"
NAME: Final = "own_name"
"""The settings that say who a person is."""
EARLIER: Final = "own_earlier_names"
"""The setting with the names that this person's edits and locks bore before."""


def author() -> str:
    """Who the log says made an edit: 課 and name as set, else the name signed in with."""
    kept = settings()
    words = (_one_line(kept.get(setting)) for setting in (DEPARTMENT, NAME))
    return " ".join(filter(None, words)) or _signed_in()


def own_names() -> frozenset[str]:
    """All names that what this person left on this PC may bear."""
    earlier = settings().get(EARLIER)
    kept = earlier if isinstance(earlier, list) else []
    return frozenset((author(), _signed_in(), *(name for name in kept if isinstance(name, str))))


def _signed_in() -> str:
    return next(filter(None, map(os.environ.get, ("USERNAME", "LOGNAME", "USER"))), "")


def _one_line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
