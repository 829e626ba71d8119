"""The official forms that come with the program, read when they are first needed."""

from functools import cache

from app.forms.form import Form
from app.forms.form_file import read_form
from resources import resource


@cache
def form_of(key: str) -> Form:
    """The form of a key. Raises KeikakuError where its file is missing or wrong."""
    path = resource(f"forms/{key}.toml")
    return read_form(path.read_text(encoding="utf-8"), path.name)


def form_keys() -> list[str]:
    """The keys of all forms."""
    return sorted(path.stem for path in resource("forms").glob("*.toml"))
