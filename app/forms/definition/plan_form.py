"""Which official form a plan has: one of its own, or one that comes with the program."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from app.errors import KeikakuError
from app.plan.entities import Profile

if TYPE_CHECKING:
    from app.forms.form import Form


def form_of(profile: Profile, built_in: Mapping[str, str]) -> "Form":
    """The form of a plan; `built_in` are TOML texts by key (`resources.form_texts`).

    Raises KeikakuError where the form is missing or wrong.
    """
    if profile.form_file is not None:
        return _read(profile.form_file, "計画が持つ様式")
    if profile.form not in built_in:
        raise KeikakuError(
            f"計画の様式「{profile.form}」がありません。計画は変わっていません。"
            f"{'・'.join(form_names(built_in).values())} のどれかを選ぶか、"
            "様式ファイルを指定してください。"
        )
    return _read(built_in[profile.form], f"{profile.form}.toml")


def form_names(built_in: Mapping[str, str]) -> dict[str, str]:
    """What a person calls each of the forms, by key."""
    return {key: _read(text, f"{key}.toml").name for key, text in built_in.items()}


# A plan asks for its form at every keystroke.
@lru_cache(maxsize=16)
def _read(text: str, name: str) -> "Form":
    # The board is there before any form is read.
    from app.forms.definition.form_file import read_form

    return read_form(text, name)
