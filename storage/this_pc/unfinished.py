"""Words that were typed and are in no plan yet: a file for each plan, in the data folder.

What a dialog holds before it is accepted, and what a field holds that its plan does not take.
Edits are never here: those are in the workspace.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from storage import safe_io
from storage.this_pc.data_folder import data_folder

_MOST: Final = 64


class Unfinished:
    """The words of one plan (`app.ports.UnfinishedWords`)."""

    def __init__(self, plan: str) -> None:
        """`plan` is the id of a plan; empty for what belongs to none yet."""
        self._plan = plan
        self._words: dict[str, str] | None = None

    def kept(self) -> Mapping[str, str]:
        """All of them, by where they were typed; what cannot be read is none."""
        if self._words is None:
            self._words = _read(self._path)
        return self._words

    def keep(self, key: str, words: str) -> None:
        """Keep words, empty ones to forget them. Raises KeikakuError where that cannot be."""
        if self.kept().get(key, "") == words:
            return
        # Another window may have the same plan open.
        now = {k: each for k, each in {**_read(self._path), key: words}.items() if each}
        if now:
            safe_io.make_folder(self._path.parent)
            text = json.dumps(now, ensure_ascii=False, indent=1)
            safe_io.write_bytes(self._path, text.encode("utf-8", "surrogatepass"))
        else:
            safe_io.remove(self._path)
        self._words = now

    @property
    def _path(self) -> Path:
        name = re.sub(r"[^\w-]", "_", self._plan)[:_MOST] or "new"
        return data_folder() / "unfinished" / f"{name}.json"


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(safe_io.read_bytes(path).decode("utf-8", "surrogatepass"))
    except (KeikakuError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {place: words for place, words in found.items() if isinstance(words, str)}
