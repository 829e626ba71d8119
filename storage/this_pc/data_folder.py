"""Where the program keeps its own files."""

import os
from pathlib import Path


def data_folder() -> Path:
    """The program's folder on this PC: `KEIKAKU_HOME`, else where the platform puts such things.

    On Linux under `XDG_DATA_HOME`, on Windows under the local (never the roaming) profile,
    so that it is always a local disk. It need not exist yet.
    """
    chosen = os.environ.get("KEIKAKU_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("Keikaku", appauthor=False, roaming=False)
