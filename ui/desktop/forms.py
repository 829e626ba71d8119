"""The official forms that come with the program, read when they are first needed."""

from functools import cache

from app.errors import KeikakuError
from app.forms.form import Form
from app.forms.form_file import read_form
from resources import resource


@cache
def form_of(key: str) -> Form:
    """The form of a key. Raises KeikakuError where its file is missing or wrong."""
    path = resource(f"forms/{key}.toml")
    if not path.is_file():
        raise KeikakuError(
            f"様式「{key}」が見つかりません。計画は変わっていません。"
            "計画の設定で様式を選んでください。"
        )
    return read_form(path.read_text(encoding="utf-8"), path.name)


@cache
def form_names() -> dict[str, str]:
    """The names of all forms by their keys."""
    keys = sorted(path.stem for path in resource("forms").glob("*.toml"))
    return {key: form_of(key).name for key in keys}
