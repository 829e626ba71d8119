"""Commands on plan files: open the window, make the sample."""

import os
import sys

import click

from app.errors import KeikakuError
from app.plan.lists.lookup import display_name
from app.ports import Imported
from ui.commands.group import command, documents
from ui.commands.opened import new_plan_path

_target = click.argument("target", metavar="出力先.keikaku")
_force = click.option("--force", is_flag=True, help="すでにあるファイルを置きかえます。")


@command("open", hidden=True)
@click.argument("plan", metavar="計画.keikaku", required=False)
def open_window(plan: str | None) -> None:
    """画面を開きます。"""
    if plan is not None and not os.path.exists(plan):
        raise KeikakuError(f"「{plan}」が見つかりません。場所と名前を確かめてください。")
    _require_display()
    from ui.desktop.program import run

    sys.exit(run(documents(), plan))


@command()
@_target
@_force
def sample(target: str, force: bool) -> None:
    """見本の計画を作ります。"""
    path = new_plan_path(target, force)
    tell_imported(documents().intake.import_sample(path, overwrite=force), target)


def tell_imported(imported: Imported, target: str) -> None:
    """Say what came in from the open format."""
    click.echo(f"取組{len(imported.plan.initiatives)}件を「{target}」に取り込みました。")
    for sentence in imported.cleaned:
        click.echo(sentence)
    if imported.placed:
        click.echo(f"段階のない取組{len(imported.placed)}件は、現状と年度の内容から置きました。")
    for card in imported.placed:
        click.echo(f"  {display_name(card)} → {card.stage}")


def _require_display() -> None:
    """Raise KeikakuError where Qt would end the program for want of a display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, names)):
        raise KeikakuError(
            "画面がないため、開けません。"
            "画面なしで使える命令は「keikaku --help」で確かめてください。"
        )
