"""Whether the file of an open document is still the one that was opened. It is only looked at."""

import os
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.ports import FileNews
from storage import safe_io

_GONE: Final = (FileNotFoundError, NotADirectoryError)


class FileWatch:
    """Looks at one file again and again; its bytes are read only where it seems to be another."""

    def __init__(self) -> None:
        self._known: tuple[str, tuple[int, ...]] | None = None

    def news(self, target: Path, sha256: str) -> FileNews:
        """How the file stands against what was opened or last saved; "" for no such yet."""
        if not sha256:
            return ""
        try:
            found = safe_io.operate(os.stat, target)
            looks = (found.st_size, found.st_mtime_ns, found.st_ino)
            if self._known == (sha256, looks):
                return ""
            if safe_io.sha256(target) != sha256:
                return "saved"
        except _GONE:
            return "gone" if os.path.isdir(target.parent) else "unreachable"
        except (OSError, KeikakuError):
            return "unreachable"
        self._known = (sha256, looks)
        return ""
