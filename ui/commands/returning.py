"""Commands on a workbook that comes back from a department: what it says, and taking it over."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from app.errors import KeikakuError
from app.forms.reading import Comparison
from app.forms.reading import compare as hold_against
from app.plan.plan import Plan
from storage.excel.sheet_reader import read_workbook
from ui.change_words import labels_of
from ui.commands.group import command
from ui.commands.opened import editing, plan_argument, read_plan
from ui.differences import change_lines, conflict_lines, differences_json

_book = click.argument("book", metavar="回答.xlsx")


@command()
@plan_argument
@_book
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで表示します。")
def compare(plan: str, book: str, as_json: bool) -> None:
    """戻ってきたExcelと計画の違いを表示します。計画は変えません。"""
    content = read_plan(plan)
    found = _comparison(content, book)
    if as_json:
        unread = [asdict(place) for place in found.unread]
        click.echo(differences_json(content, found.changes, found.conflicts, unread))
    else:
        click.echo("\n".join(_lines(content, found)))


@command()
@plan_argument
@_book
def update(plan: str, book: str) -> None:
    """戻ってきたExcelの変更を計画に取り込みます。一度に元に戻せます。"""
    with editing(plan) as session:
        before = session.plan
        found = _comparison(before, book)
        session.do(found.changes)
    click.echo("\n".join(_lines(before, found)))
    if found.changes.changes:
        click.echo(f"{len(found.changes)}件を計画に取り込みました。")
    else:
        click.echo("取り込む変更はありません。計画は元のままです。")


def _comparison(plan: Plan, book: str) -> Comparison:

    if Path(book).suffix.lower() not in (".xlsx", ".xlsm"):
        raise KeikakuError(
            f"「{book}」はExcelのブック（.xlsx）ではありません。計画は元のままです。"
            "計画カンバンから出力し、記入されたファイルを選んでください。"
        )
    returned = read_workbook(Path(book))
    return hold_against(plan, returned.answers, returned.unread)


def _lines(plan: Plan, found: Comparison) -> Iterator[str]:

    labels = labels_of(plan)
    yield f"変更は{len(found.changes)}件です。"
    yield from change_lines(plan, found.changes, labels)
    yield from conflict_lines(plan, found.conflicts, labels)
    if found.conflicts:
        yield f"計画も変わっている項目が{len(found.conflicts)}件あります。計画の内容を残します。"
    for place in found.unread:
        yield f"読めなかった所: {place.sheet} {place.cell} {place.why}".replace("  ", " ")
