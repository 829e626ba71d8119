"""The command that makes a plan of what a city has: Excel, Word, PDF, CSV, or our own JSON."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from storage.documents_in.taking_in import chosen_form, intake_of, map_of, read_documents
from storage.local_documents import create_plan, import_plan
from storage.safe_io import write_bytes
from ui.commands.group import command
from ui.commands.opened import new_plan_path
from ui.commands.plan_files import tell_incoming
from ui.intake_report import report, summary


@command("import")
@click.argument("sources", metavar="文書…", nargs=-1, required=True)
@click.argument("target", metavar="出力先.keikaku")
@click.option("--form", "form", metavar="様式", help="計画の様式（名前か .toml のファイル）。")
@click.option("--map", "map_file", metavar="対応表.json", help="欄の対応表。")
@click.option("--report", "report_file", metavar="報告.txt", help="報告を書き出すファイル。")
@click.option("--force", is_flag=True, help="すでにあるファイルを置きかえます。")
def import_documents(
    sources: Sequence[str], target: str, form: str | None, map_file: str | None,
    report_file: str | None, force: bool,
) -> None:  # fmt: skip
    """Excel・Word・PDF・CSVの文書や計画のデータ（JSON）から、計画のファイルを作ります。

    フォルダーを書くと、中の文書をすべて読みます。確かめるところがあるときは、終了コードが1になります。
    """
    paths = [Path(source) for source in sources]
    if [path.suffix.lower() for path in paths] == [".json"]:
        _import_json(paths[0], target, force)
        return
    place = new_plan_path(target, force)
    chosen, cell_map = chosen_form(form), map_of(Path(map_file) if map_file else None)
    documents = read_documents(paths)
    intake = intake_of(documents, chosen, cell_map)
    failures = [failure.why for failure in documents.failures]
    lines = [*summary(intake, documents.count, target), *report(intake, failures)]
    create_plan(place, intake.made.plan, overwrite=force)
    _tell(lines, report_file, len(list(summary(intake, 0, ""))), failures)
    if intake.doubts or failures:
        sys.stdout.flush()
        sys.exit(1)


def _import_json(source: Path, target: str, force: bool) -> None:
    tell_incoming(import_plan(source, new_plan_path(target, force), overwrite=force), target)


def _tell(
    lines: Sequence[str], report_file: str | None, first: int, failures: Sequence[str]
) -> None:
    """Print the report; with a file for it only its first lines."""
    if report_file is None:
        click.echo("\n".join(lines))
        return
    write_bytes(Path(report_file), ("\ufeff" + "\n".join(lines) + "\n").encode())
    for line in (*lines[:first], *failures, f"報告は「{report_file}」にあります。"):
        click.echo(line)
