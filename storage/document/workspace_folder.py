"""The folder of a workspace: where it lies, who holds it, and what it says of itself."""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app.errors import KeikakuError
from storage import safe_io
from storage.document.lock import Hold
from storage.json_note import parsed_note
from storage.plan_file.gate import damaged
from storage.this_pc.data_folder import data_folder


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a workspace comes from.

    `sha256` is that of the document as opened or last saved, empty for a document not saved
    yet; `sequence` the last entry of the log that is in it; `token` that of the lock we took,
    empty for none. `is_draft` tells whether what is not saved is kept for the next opening.
    """

    path: str
    sha256: str
    sequence: int
    token: str = ""
    is_draft: bool = True


def home() -> Path:
    """Where all workspaces of this PC lie."""
    return data_folder() / "workspaces"


def folders() -> list[Path]:
    """Every workspace there is, held or not."""
    return sorted(path for path in home().glob("*/*") if os.path.isdir(path))


def new_folder(plan: str) -> tuple[Path, Hold]:
    """An empty folder for a workspace of a plan (its id), held. Raises KeikakuError."""
    name = plan if plan.replace("-", "").isalnum() else "plan"
    folder = home() / name[:64] / secrets.token_hex(8)
    safe_io.make_folder(folder)
    safe_io.sync_name(folder)
    safe_io.sync_name(folder.parent)
    # Another program that sweeps may be faster, and take the new folder for litter.
    hold = held(folder)
    return (folder, hold) if hold else new_folder(plan)


def held(folder: Path) -> Hold | None:
    """Hold a workspace; None where another program does, or has just removed it."""
    try:
        return Hold.take(folder / "in_use")
    except KeikakuError:
        if os.path.exists(folder):
            raise
        return None


def read_origin(folder: Path) -> Origin:
    """What a workspace comes from. Raises KeikakuError where it does not say."""
    try:
        return Origin(**parsed_note(safe_io.read_bytes(folder / "origin.json")))
    except (ValueError, TypeError) as error:
        raise damaged(folder / "origin.json") from error


def write_origin(folder: Path, origin: Origin) -> None:
    """Note what a workspace comes from. Raises KeikakuError."""
    safe_io.write_bytes(folder / "origin.json", json.dumps(asdict(origin)).encode())


def discard(folder: Path) -> None:
    """Remove what is in a workspace, the note that makes it one first; but not what holds it."""
    safe_io.remove(folder / "origin.json")
    for path in folder.glob("*"):
        if path.name != "in_use":
            safe_io.remove(path)


def remove_folder(folder: Path) -> None:
    """Remove an empty folder: in one that was let go another program may have begun."""
    with suppress(OSError):
        safe_io.operate(os.rmdir, folder)
