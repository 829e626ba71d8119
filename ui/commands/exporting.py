"""The command that writes a plan as PDF, Excel, CSV or JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from app.changes.parting.state_name import name_of
from app.documents.order import Choices, Order
from app.documents.outputs import output_of, things
from app.documents.pages.drawing import no_progress
from app.documents.waiting import long_wait
from app.errors import KeikakuError
from app.forms.printable import unprintable
from app.plan.lists.lookup import find_initiative
from ui.change_words import labels_of
from ui.commands.group import command, documents
from ui.commands.opened import plan_argument

_THINGS: Final = "、".join(f"{thing} {output.called}" for thing, output in things().items())


@command()
@plan_argument
@click.argument("target", metavar="出力先")
@click.argument("more", nargs=-1, metavar="")
@click.option(
    "--what",
    metavar="もの",
    help=f"出力するもの（{_THINGS}）。ふつうは sheets です。",
)
@click.option("--only", multiple=True, metavar="番号|id …", help="出力する取組。")
@click.option("--both-sides", is_flag=True, help="冊子を両面印刷にします（章を奇数ページから）。")
@click.option("--binding", type=click.Choice(["left", "top"]), help="冊子のとじる辺。")
@click.option("--paper", type=click.Choice(["A3", "A4"]), default="A3", help="カンバンの用紙。")
@click.option("--columns", metavar="列,列…", default="", help="一覧データの列。")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "cp932"]),
    default="utf-8",
    help="CSVの文字コード。",
)
@click.option("--form", "form_file", metavar="様式.toml", help="計画の様式の代わりに使う様式。")
def export(
    plan: str, target: str, more: Sequence[str], what: str | None, only: Sequence[str],
    form_file: str | None, both_sides: bool, binding: Any, paper: str, columns: str, encoding: Any,
) -> None:  # fmt: skip
    """計画を出力します。形式は出力先の名前（.pdf .xlsx .csv .json）で決まります。"""
    if more and not only:
        raise KeikakuError(f"「{more[0]}」は余分です。出力する取組は --only の後に書いてください。")
    output = output_of(what, Path(target).suffix)
    found = documents().read(plan)
    content = found.plan
    ids = [find_initiative(content, word).id for word in (*only, *more)]
    named = tuple(name for name in columns.replace("、", ",").split(",") if name.strip())
    form = Path(form_file) if form_file else None
    choices = Choices(form, both_sides, binding or "", paper, named, encoding)
    order = Order(content, output, tuple(ids), choices, state=name_of(content, found.entries))
    for sentence in _unprintable_sentences(order):
        click.echo(sentence, err=True)
    if wait := long_wait(order):
        click.echo(wait, err=True)
    documents().export(order, target, no_progress)
    click.echo(f"{output.name}を「{target}」に出力しました。")


def _unprintable_sentences(order: Order) -> list[str]:
    """What will be printed as 〓 because no font here has it, a sentence for each place."""
    if not order.output.is_drawn:
        return []
    found = unprintable(
        order.plan, order.chosen(), documents().page_fonts("gothic"),
        is_whole=order.output.is_whole, has_texts=order.output.has_texts,
    )  # fmt: skip
    labels = labels_of(order.plan)
    return [one.sentence(labels) for one in found]
