"""Commands on plan files: open the window, make the sample."""

import os
import sys
from pathlib import Path

import click

from app.errors import KeikakuError
from app.plan.lists.lookup import display_name
from storage.interchange.interchange import Imported
from storage.local_documents import LocalDocuments, import_sample
from ui.commands.group import command
from ui.commands.opened import new_plan_path

_target = click.argument("target", metavar="出力先.keikaku")
_force = click.option("--force", is_flag=True, help="すでにあるファイルを置きかえます。")


@command("open", hidden=True)
@click.argument("plan", metavar="計画.keikaku", required=False)
def open_window(plan: str | None) -> None:
    """画面を開きます。"""
    if plan is not None and not Path(plan).exists():
        raise KeikakuError(f"「{plan}」が見つかりません。場所と名前を確かめてください。")
    _require_display()
    from ui.desktop.program import run

    sys.exit(run(LocalDocuments(), plan))


@command()
@_target
@_force
def sample(target: str, force: bool) -> None:
    """見本の計画を作ります。"""
    tell_incoming(import_sample(new_plan_path(target, force), overwrite=force), target)


def tell_incoming(incoming: Imported, target: str) -> None:
    """Say what came in from the open format."""
    click.echo(f"取組{len(incoming.plan.initiatives)}件を「{target}」に取り込みました。")
    for sentence in incoming.cleaned:
        click.echo(sentence)
    if incoming.placed:
        click.echo(f"段階のない取組{len(incoming.placed)}件は、現状と年度の内容から置きました。")
    for card in incoming.placed:
        click.echo(f"  {display_name(card)} → {card.stage}")


def _require_display() -> None:
    """Raise KeikakuError where Qt would end the program for want of a display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, names)):
        raise KeikakuError(
            "画面がないため、開けません。"
            "画面なしで使える命令は「keikaku --help」で確かめてください。"
        )
