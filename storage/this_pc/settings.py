"""What the program remembers from one start to the next: small settings, plans open last."""

import json
from typing import Final

from app.errors import KeikakuError
from storage.json_note import parsed_note
from storage.safe_io import make_folder, read_bytes, write_bytes
from storage.this_pc.data_folder import data_folder

_MOST_RECENT: Final = 10


def recent() -> list[str]:
    """Paths of the plans that were open last, the latest first."""
    paths = _kept("recent.json")
    return [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []


def remember(path: str) -> None:
    """Put a plan at the head of those that were open last."""
    _keep("recent.json", [path, *(other for other in recent() if other != path)][:_MOST_RECENT])


def settings() -> dict[str, object]:
    """Every setting by its name."""
    found = _kept("settings.json")
    return found if isinstance(found, dict) else {}


def keep_setting(name: str, value: object) -> None:
    """Remember a setting; where that cannot be, nothing is lost."""
    _keep("settings.json", {**settings(), name: value})


def _kept(name: str) -> object:
    """What a file of the data folder says. One that cannot be read is no reason not to start."""
    try:
        return parsed_note(read_bytes(data_folder() / name))
    except (KeikakuError, ValueError):
        return None


def _keep(name: str, value: object) -> None:
    folder = data_folder()
    try:
        make_folder(folder)
        # Escaped: a path may hold bytes that are no text (names of old ZIP files are Shift-JIS).
        write_bytes(folder / name, json.dumps(value).encode())
    except KeikakuError:
        # Not being remembered next time is all that is lost.
        return
