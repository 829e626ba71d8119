"""Forms, fonts, icons, the sample: data, found by name."""

from pathlib import Path


def resource(name: str) -> Path:
    """Path of a file in this folder, as `forms/matsue.toml`. It need not exist."""
    return Path(__file__).parent / name
