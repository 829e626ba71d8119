"""Commands on a document that others work on too: merge, issue a part, backups."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from app.changes.change import entities_in
from app.changes.records import change_records
from app.errors import KeikakuError
from app.plan.plan import Plan
from storage.document import exchange
from storage.document.backups import backups as copies
from storage.document.backups import chosen
from storage.document.exchange import Incoming
from storage.document.workspace import read_document
from storage.local_documents import author
from ui.change_words import labels_of
from ui.commands.group import command
from ui.commands.opened import plan_argument, read_plan, tell_holder
from ui.differences import change_lines, conflict_lines, differences_json

_dry_run = click.option("--dry-run", is_flag=True, help="何が変わるかを示すだけで、変えません。")


@command()
@plan_argument
@click.argument("theirs", metavar="相手.keikaku")
@click.option("--base", metavar="基準.keikaku", help="分かれる前のファイル。ふつうは不要です。")
@_dry_run
@click.option("--json", "as_json", is_flag=True, help="結果をJSONで表示します。")
def merge(plan: str, theirs: str, base: str | None, dry_run: bool, as_json: bool) -> None:
    """ほかの人のファイルを統合します。決められない項目が残れば、終了コードは1です。"""
    before = read_document(Path(plan))
    if dry_run:
        base_plan = read_document(Path(base)).plan if base else None
        found = exchange.incoming(before, read_document(Path(theirs)), base_plan)
    else:
        tell_holder(plan)
        base_path = Path(base) if base else None
        found = exchange.merge_in(Path(plan), Path(theirs), base_path, author())
    click.echo(_json_of(before.plan, found) if as_json else "\n".join(_lines(before.plan, found)))
    if found.merge.conflicts:
        sys.exit(1)


@command()
@plan_argument
@click.argument("target", metavar="出力先.keikaku")
@click.option("--department", "departments", metavar="課", multiple=True, required=True,
              help="取組を渡す課。くり返して指定できます。")  # fmt: skip
def issue(plan: str, target: str, departments: Sequence[str]) -> None:
    """課の取組だけのファイルを作ります。書き込まれたファイルは merge で戻します。"""
    whole = read_plan(plan)
    part = exchange.issue_part(whole, departments, Path(target), author())
    names = "・".join(departments)
    click.echo(f"{names}の取組{len(part.initiatives)}件を「{target}」に切り出しました。")


@command()
@plan_argument
def backups(plan: str) -> None:
    """控え（履歴）の一覧を、新しい順に表示します。"""
    for found in _backups(plan):
        size = found.path.stat().st_size // 1024
        click.echo(f"{found.at:%Y-%m-%d %H:%M:%S}\t{size}KB\t{found.path}")


@command()
@plan_argument
@click.argument("backup", metavar="控え")
@_dry_run
def restore(plan: str, backup: str, dry_run: bool) -> None:
    """計画を控えの内容に戻します。戻したことも、元に戻せます。"""
    place = chosen(_backups(plan), backup)
    if dry_run:
        now, edit = exchange.restoring(Path(plan), place)
        lines = change_lines(now, edit, labels_of(now))
        click.echo("\n".join([*lines, f"変わる項目は{len(edit)}件です。"]))
        return
    tell_holder(plan)
    damaged = exchange.restore(Path(plan), place, author())
    click.echo(f"「{place.name}」の内容に戻しました。")
    if damaged:
        click.echo(f"こわれていたファイルは残してあります: {damaged}")


def _backups(plan: str) -> list[Any]:

    path = Path(os.path.realpath(plan))
    try:
        return copies(path, read_document(path).plan.profile.id)
    except KeikakuError:
        # Of a damaged or lost document the name has to do.
        return copies(path)


def _json_of(plan: Plan, found: Incoming) -> str:
    beside = entities_in(found.outside)
    outside = [
        {**record, "why": "渡した範囲の外です"}
        for change in found.outside
        for record in change_records(plan, change, beside)
    ]
    return differences_json(plan, found.merge.changes, found.merge.conflicts, outside)


def _lines(plan: Plan, found: Incoming) -> Iterator[str]:

    labels = labels_of(plan)
    yield f"統合した変更は{len(found.merge.changes)}件です。"
    yield from change_lines(plan, found.merge.changes, labels)
    if found.outside.changes:
        yield f"渡した範囲の外の変更{len(found.outside)}件は、取り込んでいません。"
        yield from change_lines(plan, found.outside, labels)
    yield from conflict_lines(plan, found.merge.conflicts, labels)
    if found.merge.conflicts:
        count = len(found.merge.conflicts)
        yield f"決める必要のある項目が{count}件あります。計画には自分の内容を残しました。"
        yield "決めるまで相手の内容も残ります。「keikaku decide 計画.keikaku」で決められます。"
