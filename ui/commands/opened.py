"""What several commands need: a plan to read or to edit, its form, and where a new one goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of as form_of_profile
from app.forms.form import Form
from app.plan.plan import Plan
from app.session import Session
from resources import form_texts
from storage.document import exchange
from storage.document.lock import holder
from storage.document.workspace import read_document
from storage.local_documents import author
from ui.commands.group import SUFFIX

plan_argument = click.argument("plan", metavar="計画.keikaku")


@contextmanager
def editing(path: str) -> Iterator[Session]:
    """A session on a plan file, which is saved when the block ends. Raises KeikakuError."""
    tell_holder(path)
    with exchange.editing(Path(path), author()) as workspace:
        yield workspace.session


def tell_holder(path: str) -> None:
    """Say who has the document open. Their saving will merge with what is done here."""
    if held := holder(Path(os.path.realpath(path))):
        click.echo(f"お知らせ: {held.words()}開いています。変更は統合されます。", err=True)


def read_plan(path: str) -> Plan:
    """The plan in a file, which is left untouched. Raises KeikakuError."""
    return read_document(Path(path)).plan


def form_of(plan: Plan) -> Form | None:
    """The plan's form. Without one a plan can be read and written all the same."""
    with suppress(KeikakuError):
        return form_of_profile(plan.profile, form_texts())
    return None


def new_plan_path(target: str, force: bool) -> Path:
    """Where a new plan file goes. Raises KeikakuError where one is there already."""
    path = Path(target)
    if path.suffix.lower() != SUFFIX:
        raise KeikakuError(f"計画のファイルの名前は、{SUFFIX} で終わるようにしてください。")
    if path.exists() and not force:
        raise KeikakuError(
            f"「{path.name}」はすでにあるため、何もしませんでした。"
            "置きかえるときは --force を付けてください。"
        )
    return path
