"""The official forms that come with the program, read when they are first needed."""

from functools import cache

from app.errors import KeikakuError
from app.forms.form import Form
from app.forms.form_file import read_form
from app.plan.entities import Profile
from resources import resource


def form_of(profile: Profile) -> Form:
    """The form of a plan. Raises KeikakuError where its file is missing or wrong."""
    if profile.form_file:
        return _read(profile.form_file, f"{profile.form}.toml")
    return _own_form(profile.form)


@cache
def _read(text: str, name: str) -> Form:
    return read_form(text, name)


@cache
def _own_form(key: str) -> Form:
    path = resource(f"forms/{key}.toml")
    if not path.is_file():
        raise KeikakuError(
            f"様式「{key}」が見つかりません。計画は変わっていません。"
            "計画の設定で様式を選んでください。"
        )
    return _read(path.read_text(encoding="utf-8"), path.name)


@cache
def form_names() -> dict[str, str]:
    """The names of all forms by their keys."""
    keys = sorted(path.stem for path in resource("forms").glob("*.toml"))
    return {key: _own_form(key).name for key in keys}
