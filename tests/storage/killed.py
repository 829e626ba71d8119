"""A program that is ended in the middle: `python killed.py DOCUMENT TEXT [n]`.

Saves the text in the document like the command `set`. With `n` it ends itself without a word
(as by `kill -9`) right after its n-th file operation; it prints how many it made.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage import safe_io
from tests.storage.documents import save


class Ending:
    """Counts the operations and ends the program after the one numbered `last`."""

    def __init__(self, last: int) -> None:
        self.count, self.last = 0, last

    def operate(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        finally:
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


def run(document: str, text: str, last: int = 0) -> None:
    ending = Ending(last)
    safe_io.operate = ending.operate  # type: ignore[assignment]
    save(Path(document), text)
    print(ending.count, flush=True)


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
