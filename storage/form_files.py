"""Where a plan's official form comes from: a file, the plan itself, or the built-in forms."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.forms.form import Form
from app.forms.form_file import read_form
from app.plan.plan import Plan
from resources import resource
from storage.safe_io import read_bytes

_LARGEST: Final = 1 << 20


def form_for(plan: Plan, path: Path | None = None) -> Form:
    """The form of a plan: the one in the file `path`, else the plan's own, else a built-in one.

    Raises KeikakuError where the form is missing or wrong.
    """
    if path is not None:
        return read_form(form_text(path), path.name)
    if plan.profile.form_file is not None:
        return _carried(plan.profile.form_file)
    key = plan.profile.form
    if key not in _built_in():
        raise KeikakuError(
            f"計画の様式「{key}」がありません。計画は変わっていません。"
            f"様式ファイルを指定するか、{'・'.join(_built_in())} のどれかを選んでください。"
        )
    return _built_in()[key]


def built_in_forms() -> list[Form]:
    """The forms that come with the program, by key."""
    return list(_built_in().values())


def form_text(path: Path) -> str:
    """The text of a form file, to be read or carried by a plan. Raises KeikakuError."""
    try:
        return read_bytes(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KeikakuError(
            f"様式ファイル「{path.name}」の文字コードが UTF-8 ではありません。"
            "計画は変わっていません。UTF-8 で保存し直してください。"
        ) from error


@cache
def _built_in() -> dict[str, Form]:
    paths = sorted(resource("forms").glob("*.toml"))
    forms = (read_form(path.read_text(encoding="utf-8"), path.name) for path in paths)
    return {form.key: form for form in forms}


@lru_cache(maxsize=8)
def _carried(text: str) -> Form:
    return read_form(text, "計画が持つ様式")
