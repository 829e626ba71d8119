"""What several commands need: a plan to read or to edit, its form, and where a new one goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import click

from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of as form_of_profile
from app.forms.form import Form
from app.plan.plan import Plan
from app.ports import IncomingChanges
from app.session import Session
from resources import form_texts
from ui.commands.group import SUFFIX, documents
from ui.documents import Document

plan_argument = click.argument("plan", metavar="計画.keikaku")


@contextmanager
def editing(path: str) -> Iterator[Session]:
    """A session on a plan file, which is saved when the block ends. Raises KeikakuError."""
    with opened(path) as document:
        yield document.session


@contextmanager
def opened(path: str) -> Iterator[Document]:
    """A document that is saved when the block ends. Raises KeikakuError."""
    tell_holder(path)
    with documents().editing(path) as document:
        yield document
    if document.remark:
        click.echo(f"お知らせ: {document.remark}", err=True)


def take_in(document: Document, found: IncomingChanges) -> None:
    """Bring changes of others in: one edit that can be undone, and a copy of the plan before.

    What both sides changed is kept as conflicts to decide. No-op if nothing is new.
    """
    asked = found.asked
    if found.changes.changes or asked.new or asked.decisions:
        document.back_up()
        edit = replace(found.changes, decisions=asked.decisions)
        document.bring_in(edit, asked, found.source)


def tell_holder(path: str) -> None:
    """Say who has the document open. Their saving will merge with what is done here."""
    if holder := documents().holder(path):
        click.echo(f"お知らせ: {holder}開いています。変更は統合されます。", err=True)


def read_plan(path: str) -> Plan:
    """The plan in a file, which is left untouched. Raises KeikakuError."""
    return documents().read(path).plan


def form_of(plan: Plan) -> Form | None:
    """The plan's form. Without one a plan can be read and written all the same."""
    with suppress(KeikakuError):
        return form_of_profile(plan.profile, form_texts())
    return None


def new_plan_path(target: str, force: bool) -> str:
    """Where a new plan file goes. Raises KeikakuError if one is there already."""
    path = Path(target)
    if path.suffix.lower() != SUFFIX:
        raise KeikakuError(f"計画のファイルの名前は、{SUFFIX} で終わるようにしてください。")
    if os.path.exists(path) and not force:
        raise KeikakuError(
            f"「{path.name}」はすでにあるため、何もしませんでした。"
            "置きかえるときは --force を付けてください。"
        )
    return target
