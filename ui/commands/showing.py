"""Commands that show a plan and its history."""

import click

from app.forms.definition.plan_form import form_names
from app.plan.lists.lookup import find_initiative
from resources import form_texts
from ui.change_words import labels_of
from ui.commands.group import command, documents
from ui.commands.opened import plan_argument, read_plan
from ui.plan_text import entry_line, initiative_lines, plan_lines


@command()
@plan_argument
@click.argument("initiative", metavar="[番号|id]", required=False)
def show(plan: str, initiative: str | None) -> None:
    """計画の一覧、または一つの取組の内容を表示します。"""
    content = read_plan(plan)
    if initiative is None:
        lines = plan_lines(content)
    else:
        card = find_initiative(content, initiative)
        lines = initiative_lines(content, card, labels_of(content))
    click.echo("\n".join(lines))


@command()
@plan_argument
def log(plan: str) -> None:
    """変更の履歴を表示します。"""
    found = documents().read(plan)
    labels = labels_of(found.plan)
    click.echo("\n".join(entry_line(found.plan, entry, labels) for entry in found.entries))


@command()
def forms() -> None:
    """使える様式の一覧を表示します。"""
    for key, name in form_names(form_texts()).items():
        click.echo(f"{key}\t{name}")
