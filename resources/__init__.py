"""Forms, fonts, icons, the sample: data, found by name."""

from functools import cache
from pathlib import Path


def resource(name: str) -> Path:
    """Path of a file in this folder, as `forms/matsue.toml`. It need not exist."""
    return Path(__file__).parent / name


@cache
def form_texts() -> dict[str, str]:
    """The official forms that come with the program: their TOML by their keys, in order."""
    files = sorted(resource("forms").glob("*.toml"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


@cache
def intake_words() -> str:
    """The words by which documents of a city are understood, as TOML."""
    return resource("intake/words.toml").read_text(encoding="utf-8")
