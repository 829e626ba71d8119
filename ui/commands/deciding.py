"""The command that settles what merges left open."""

from collections.abc import Sequence
from typing import Any

import click

from app.changes.merge import KeptConflict
from app.edits.deciding import Choice, is_text
from app.edits.deciding import decide as settle
from app.errors import KeikakuError
from app.plan.texts.plain_text import cleaned
from ui.change_words import labels_of
from ui.commands.group import command, documents
from ui.commands.opened import opened, plan_argument
from ui.differences import conflict_lines


@command()
@plan_argument
@click.argument("number", metavar="[番号]", type=int, required=False)
@click.option("--ours", "kind", flag_value="ours", help="自分の内容にします。")
@click.option("--theirs", "kind", flag_value="theirs", help="相手の内容にします。")
@click.option("--both", "kind", flag_value="both", help="両方の内容を続けて残します。")
@click.option("--text", metavar="文", help="どちらでもなく、この文に書き直します。")
def decide(plan: str, number: int | None, kind: str | None, text: str | None) -> None:
    """統合で決めていない項目を表示します。番号を付けると、その項目を決めます。"""
    if number is None:
        if kind or text is not None:
            raise KeikakuError("決める項目の番号を指定してください。計画は元のままです。")
        _list(plan)
        return
    if bool(kind) == (text is not None):
        raise KeikakuError(
            "--ours、--theirs、--both、--text のどれか一つを指定してください。計画は元のままです。"
        )
    edit = _settle(plan, number, "typed" if kind is None else kind, text or "")
    click.echo(f"項目{number}を決めました。計画の変更は{edit}件です。")


def _list(path: str) -> None:

    found = documents().read(path)
    labels = labels_of(found.plan)
    left = [kept for kept in found.conflicts if kept.decision is None]
    for kept in left:
        click.echo(f"項目{kept.number}")
        click.echo("\n".join(conflict_lines(found.plan, [kept.conflict], labels)))
    click.echo(f"決める必要のある項目は{len(left)}件です。")


def _settle(path: str, number: int, kind: Any, text: str) -> int:
    """Settle a conflict as one edit; how many changes that made."""
    with opened(path) as document:
        plan = document.session.plan
        kept = _open_one(document.conflicts(), number)
        choice = Choice(kept, kind, cleaned(text)[0])
        _require_text(choice)
        edit = document.session.do(settle(plan, [choice]))
    return len(edit)


def _open_one(found: Sequence[KeptConflict], number: int) -> KeptConflict:
    for kept in found:
        if kept.number == number:
            return kept
    raise KeikakuError(
        f"決めていない項目に、番号{number}はありません。計画は元のままです。"
        "番号を付けずに実行すると、一覧を表示します。"
    )


def _require_text(choice: Choice) -> None:
    """Raise KeikakuError where what is to be typed is no text."""
    if choice.kind in ("both", "typed") and not is_text(choice.kept.conflict):
        raise KeikakuError(
            "この項目は文ではないため、書き直せません。計画は元のままです。"
            "--ours か --theirs を指定してください。"
        )
