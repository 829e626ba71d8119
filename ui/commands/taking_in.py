"""The command that makes a plan of what a city has: Excel, Word, PDF, CSV, or our own JSON."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from app.documents.pages.drawing import no_progress
from ui.commands.group import command, documents
from ui.commands.opened import new_plan_path
from ui.commands.plan_files import tell_imported
from ui.intake_report import report, summary


@command("import")
@click.argument("sources", metavar="文書…", nargs=-1, required=True)
@click.argument("target", metavar="出力先.keikaku")
@click.option("--form", "form", metavar="様式", help="計画の様式（名前か .toml のファイル）。")
@click.option("--map", "map_file", metavar="対応表.json", help="欄の対応表。")
@click.option("--report", "report_file", metavar="報告.txt", help="報告を出力するファイル。")
@click.option("--force", is_flag=True, help="すでにあるファイルを置きかえます。")
def import_documents(
    sources: Sequence[str], target: str, form: str | None, map_file: str | None,
    report_file: str | None, force: bool,
) -> None:  # fmt: skip
    """Excel・Word・PDF・CSVの文書や計画のデータ（JSON）から、計画のファイルを作ります。

    フォルダーを書くと、中の文書をすべて読みます。確かめるところがあるときは、終了コードが1になります。
    """
    if [Path(source).suffix.lower() for source in sources] == [".json"]:
        _import_json(sources[0], target, force)
        return
    place = new_plan_path(target, force)
    found = documents().intake.understand(sources, form, map_file, no_progress)
    intake, failures = found.intake, found.failures
    lines = [*summary(intake, found.count, target), *report(intake, failures)]
    documents().intake.create(intake.made.plan, place, overwrite=force)
    _tell(lines, report_file, len(list(summary(intake, 0, ""))), failures)
    if intake.doubts or failures:
        sys.stdout.flush()
        sys.exit(1)


def _import_json(source: str, target: str, force: bool) -> None:
    path = new_plan_path(target, force)
    tell_imported(documents().intake.import_plan(source, path, overwrite=force), target)


def _tell(
    lines: Sequence[str], report_file: str | None, first: int, failures: Sequence[str]
) -> None:
    """Print the report; with a file for it only its first lines."""
    if report_file is None:
        click.echo("\n".join(lines))
        return
    documents().intake.write_report("\n".join(lines) + "\n", report_file)
    for line in (*lines[:first], *failures, f"報告は「{report_file}」にあります。"):
        click.echo(line)
