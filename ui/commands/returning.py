"""Commands on a workbook that comes back from a department: what it says, and taking it over."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from app.errors import KeikakuError
from app.plan.plan import Plan
from app.ports import IncomingChanges
from ui.change_words import labels_of
from ui.commands.group import command, documents
from ui.commands.opened import opened, plan_argument, read_plan, take_in
from ui.differences import change_lines, conflict_lines, differences_json

_book = click.argument("book", metavar="回答.xlsx")


@command()
@plan_argument
@_book
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで表示します。")
def compare(plan: str, book: str, as_json: bool) -> None:
    """戻ってきたExcelと計画の違いを表示します。計画は変えません。"""
    _require_book(book)
    content, found = read_plan(plan), documents().incoming(plan, book)
    if as_json:
        unread = [asdict(place) for place in found.unread]
        remarks = [asdict(remark) for remark in found.remarks]
        click.echo(differences_json(content, found.changes, found.conflicts, unread, remarks))
    else:
        click.echo("\n".join(_lines(content, found)))


@command()
@plan_argument
@_book
def update(plan: str, book: str) -> None:
    """戻ってきたExcelの変更を計画に取り込みます。一度に元に戻せます。"""
    _require_book(book)
    with opened(plan) as document:
        before = document.session.plan
        found = document.read(book)()
        take_in(document, found)
    click.echo("\n".join(_lines(before, found)))
    if found.conflicts:
        click.echo("決めるまで回答の内容も残ります。「keikaku decide」で決められます。")
    if found.changes.changes:
        click.echo(f"{len(found.changes)}件を計画に取り込みました。")
    else:
        click.echo("取り込む変更はありません。計画は元のままです。")


def _require_book(book: str) -> None:
    """Raise KeikakuError unless it is a workbook by its name."""
    if Path(book).suffix.lower() not in (".xlsx", ".xlsm"):
        raise KeikakuError(
            f"「{book}」はExcelのブック（.xlsx）ではありません。計画は元のままです。"
            "計画カンバンから出力し、記入されたファイルを選んでください。"
        )


def _lines(plan: Plan, found: IncomingChanges) -> Iterator[str]:
    labels = labels_of(plan)
    yield f"変更は{len(found.changes)}件です。"
    yield from change_lines(plan, found.changes, labels)
    yield from conflict_lines(plan, found.conflicts, labels)
    if found.conflicts:
        yield f"計画も変わっている項目が{len(found.conflicts)}件あります。計画の内容を残します。"
    for offer in found.offers:
        yield f"提案: {offer.words}"
    for remark in found.remarks:
        yield _told("確かめる所:", remark.sheet, remark.cell, remark.what)
    for place in found.unread:
        words = f"「{place.text}」" if place.text else ""
        yield _told("読めなかった所:", place.sheet, place.cell, place.why + words)


def _told(*words: str) -> str:
    return " ".join(word for word in words if word)
