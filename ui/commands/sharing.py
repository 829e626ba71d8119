"""Commands on a document that others work on too: merge, issue a part, backups."""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from app.changes.change import entities_in
from app.changes.records import change_records
from app.errors import KeikakuError
from app.plan.plan import Plan
from app.ports import Copy, IncomingChanges
from ui.change_words import labels_of
from ui.commands.group import command, documents
from ui.commands.opened import opened, plan_argument, read_plan, take_in, tell_holder
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
    before = read_plan(plan)
    if dry_run:
        found = documents().incoming(plan, theirs, base)
    else:
        with opened(plan) as document:
            found = document.read(theirs, base)()
            take_in(document, found)
    click.echo(_json_of(before, found) if as_json else "\n".join(_lines(before, found)))
    if found.conflicts:
        sys.exit(1)


@command()
@plan_argument
@click.argument("target", metavar="出力先.keikaku")
@click.option("--department", "departments", metavar="課", multiple=True, required=True,
              help="取組を渡す課。くり返して指定できます。")  # fmt: skip
def issue(plan: str, target: str, departments: Sequence[str]) -> None:
    """課の取組だけのファイルを作ります。書き込まれたファイルは merge で戻します。"""
    part = documents().issue(read_plan(plan), departments, target)
    names = "・".join(departments)
    click.echo(f"{names}の取組{len(part.initiatives)}件を「{target}」に切り出しました。")


@command()
@plan_argument
def backups(plan: str) -> None:
    """控え（履歴）の一覧を、新しい順に表示します。"""
    for copy in documents().copies.of(plan):
        click.echo(f"{copy.at:%Y-%m-%d %H:%M:%S}\t{copy.size // 1024}KB\t{copy.path}")


@command()
@plan_argument
@click.argument("backup", metavar="控え")
@_dry_run
def restore(plan: str, backup: str, dry_run: bool) -> None:
    """計画を控えの内容に戻します。戻したことも、元に戻せます。"""
    copy = _chosen(documents().copies.of(plan), backup)
    if dry_run:
        now, edit = read_plan(plan), documents().copies.restoring(plan, copy)
        lines = change_lines(now, edit, labels_of(now))
        click.echo("\n".join([*lines, f"変わる項目は{len(edit)}件です。"]))
        return
    tell_holder(plan)
    damaged = documents().copies.put_back(plan, copy)
    click.echo(f"「{Path(copy.path).name}」の内容に戻しました。")
    if damaged:
        click.echo(f"こわれていたファイルは残してあります: {damaged}")


def _chosen(found: Sequence[Copy], name: str) -> Copy:
    """The copy that a person names, by its file name or a path. Raises KeikakuError."""
    for copy in found:
        if name in (Path(copy.path).name, Path(copy.path).stem):
            return copy
    if os.path.isfile(name):
        return Copy(name, datetime.now())
    raise KeikakuError(
        f"控え「{name}」が見つかりません。計画は元のままです。控えの一覧で名前を確かめてください。"
    )


def _json_of(plan: Plan, found: IncomingChanges) -> str:
    beside = entities_in(found.outside)
    outside = [
        {**record, "why": "渡した範囲の外です"}
        for change in found.outside
        for record in change_records(plan, change, beside)
    ]
    return differences_json(plan, found.changes, found.conflicts, outside)


def _lines(plan: Plan, found: IncomingChanges) -> Iterator[str]:

    labels = labels_of(plan)
    yield f"統合した変更は{len(found.changes)}件です。"
    yield from change_lines(plan, found.changes, labels)
    if found.outside.changes:
        yield f"渡した範囲の外の変更{len(found.outside)}件は、取り込んでいません。"
        yield from change_lines(plan, found.outside, labels)
    yield from conflict_lines(plan, found.conflicts, labels)
    if found.conflicts:
        count = len(found.conflicts)
        yield f"決める必要のある項目が{count}件あります。計画には自分の内容を残しました。"
        yield "決めるまで相手の内容も残ります。「keikaku decide 計画.keikaku」で決められます。"
