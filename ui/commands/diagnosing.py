"""The command that writes what helps to find a fault."""

import click

from app.ports import Section
from ui.commands.group import command, documents


@command()
@click.argument("target", metavar="出力先.txt")
def diagnose(target: str) -> None:
    """診断情報を保存します。計画の内容や、人・PC・ファイルの名前は入りません。"""
    try:
        from ui.desktop.screens import screen_sections

        more = screen_sections()
    except ImportError as error:
        more = (Section("画面", (("", f"画面の部品を読み込めません（{error.name or '-'}）。"),)),)
    documents().program.save_diagnosis(target, more)
    click.echo(f"診断情報を「{target}」に保存しました。")
