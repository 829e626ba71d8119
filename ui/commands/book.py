"""Commands for what is printed around the sheets: numbers, and the texts of the book."""

from typing import Any

import click

from app.documents.book.front_matter import MATTER, matter
from app.edits.matter import set_matter
from app.edits.renumber import preview
from app.edits.renumber import renumber as number_anew
from app.errors import KeikakuError
from app.forms.definition.plan_form import form_of
from app.plan.numbering import NumberingRule, learned_rule, read_rule
from resources import form_texts
from ui.change_words import labels_of
from ui.commands.group import command
from ui.commands.opened import editing, plan_argument, read_plan


@command()
@plan_argument
@click.option(
    "--scheme",
    type=click.Choice(["category", "pillar", "straight"]),
    help=(
        "番号の形（category 区分ごとの1-1、pillar 柱ごとの1-1、straight 通し番号）。"
        "なければ、計画が覚えている付け方、または計画の番号から読み取った付け方です。"
    ),
)
@click.option("--count-relistings", is_flag=True, help="再掲にも番号を付けます。")
@click.option("--keep-gaps", is_flag=True, help="合っている番号と欠番をそのまま残します。")
@click.option("--preview", "is_preview", is_flag=True, help="変わる番号を見るだけにします。")
def renumber(
    plan: str, scheme: Any, count_relistings: bool, keep_gaps: bool, is_preview: bool
) -> None:
    """番号を付け直します。一度に元に戻せます。"""
    content = read_plan(plan)
    habit = read_rule(content.profile.numbering) or learned_rule(content)
    rule = NumberingRule(
        scheme or habit.scheme,
        count_relistings or (not scheme and habit.counts_relistings),
        keep_gaps or (not scheme and habit.keeps_gaps),
    )
    changed = preview(content, rule, labels_of(content))
    if not is_preview:
        with editing(plan) as session:
            session.do(number_anew(session.plan, rule))
    for one in changed:
        click.echo(f"{one.before or '（なし）'} → {one.after}　{one.name}")
        for place in one.mentions:
            told = "合わせて直すところ" if one.follows else "同じ番号が複数あり、直さないところ"
            click.echo(f"  「No.{one.before}」と{told}: {place}")
    told = "変わります（まだ変えていません）。" if is_preview else "付け直しました。"
    click.echo(f"番号{len(changed)}件{'が' if is_preview else 'を'}{told}")


@command("text")
@plan_argument
@click.argument("name", metavar="[名前]", required=False)
@click.argument("text", metavar="[文]", required=False)
@click.option("--default", "is_default", is_flag=True, help="計画から作る文に戻します。")
def book_text(plan: str, name: str | None, text: str | None, is_default: bool) -> None:
    """冊子の前後の文を見るか、書きかえます。空の文にすると、そのページは出ません。"""
    if name is not None and name not in MATTER:
        known = "、".join(f"{key}（{called}）" for key, called in MATTER.items())
        raise KeikakuError(f"「{name}」という文はありません。書きかえられる文: {known}")
    if name is None or (text is None and not is_default):
        content = read_plan(plan)
        form = form_of(content.profile, form_texts())
        for key in [name] if name else MATTER:
            click.echo(f"【{MATTER[key]}】 {key}\n{matter(content, key, form.index)}")
        return
    with editing(plan) as session:
        session.do(set_matter(session.plan, name, None if is_default else text))
    click.echo(f"{MATTER[name]}を書きかえました。")
