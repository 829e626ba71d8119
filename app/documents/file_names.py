"""What a file is called that is made of a plan's words."""

import re
from typing import Final

_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""What Windows allows in no name of a file."""
_MOST: Final = 60


def file_name(words: str, suffix: str) -> str:
    """A name for a file that says these words, as Windows allows it, of at most 60 characters."""
    return _UNFIT.sub("_", words)[:_MOST].rstrip(" .") + suffix
