"""Official forms that stand in files of a person's own."""

from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.forms.definition.form_file import read_form
from app.forms.definition.plan_form import form_of
from app.forms.form import Form
from app.plan.plan import Plan
from resources import form_texts
from storage.safe_io import read_bytes

_LARGEST: Final = 1 << 20


def form_for(plan: Plan, path: Path | None = None) -> Form:
    """The form to print a plan with: the one in the file `path`, else the plan's.

    Raises KeikakuError where the form is missing or wrong.
    """
    if path is not None:
        return read_form(form_text(path), path.name)
    return form_of(plan.profile, form_texts())


def form_if_any(plan: Plan, path: Path | None = None) -> Form | None:
    """The form as `form_for` finds it, None if there is none: a list needs it for heads only."""
    try:
        return form_for(plan, path)
    except KeikakuError:
        return None


def form_text(path: Path) -> str:
    """The text of a form file, to be read or carried by a plan. Raises KeikakuError."""
    try:
        return read_bytes(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KeikakuError(
            f"様式ファイル「{path.name}」の文字コードが UTF-8 ではありません。"
            "計画は変わっていません。UTF-8 で保存し直してください。"
        ) from error
