"""Commands that edit a plan: set a field, undo."""

import sys
from collections.abc import Iterable, Mapping
from typing import Final

import click

from app.changes.change import ChangeSet
from app.documents.book.front_matter import plan_years
from app.edits.field import YEAR_FACTS, fill_in, fill_in_year
from app.errors import KeikakuError
from app.forms.fields import DERIVED, PILLARS
from app.forms.form import Form
from app.plan.facts import FACTS
from app.plan.lists.lookup import display_name, find_initiative
from app.plan.periods.fiscal_year import fiscal_year_name, read_fiscal_year
from app.plan.periods.terms import term_of
from app.plan.plan import Plan
from app.plan.texts.plain_text import cleaned
from ui.change_words import labels_of
from ui.commands.group import command
from ui.commands.opened import editing, form_of, plan_argument
from ui.plan_text import changes_text

_STDIN: Final = "-"
_MOST_BYTES: Final = 200 * 1024 * 1024


@command("set", context_settings={"ignore_unknown_options": True})
@plan_argument
@click.argument("initiative", metavar="番号|id")
@click.argument("field", metavar="欄")
@click.argument("text", metavar="文|-")
@click.option("--year", metavar="年度", help="2023、R5 など。その年度の欄に書きます。")
def set_field(plan: str, initiative: str, field: str, text: str, year: str | None) -> None:
    """取組の欄を書きかえます。文が - のときは標準入力から読みます。"""
    text, count = cleaned(_from_stdin() if text == _STDIN else text)
    fiscal_year = None if year is None else _fiscal_year(year)
    with editing(plan) as session:
        card = find_initiative(session.plan, initiative)
        form = form_of(session.plan)
        labels = labels_of(session.plan)
        name = _field_called(field, form, labels)
        edit = session.do(_edit(session.plan, form, card.id, name, text, fiscal_year))
    if count:
        click.echo(f"使えない文字{count}字を、取り除くか改行に直しました。")
    _tell_of_year(session.plan, fiscal_year)
    label = f"{display_name(card)}の{labels.get(name, name)}"
    if edit.changes:
        click.echo(f"{label}を書きかえました。")
    else:
        click.echo(f"{label}はもともと同じ内容です。")


@command()
@plan_argument
def undo(plan: str) -> None:
    """最後の変更を元に戻します。くり返すと、さらに前へ戻ります。"""
    with editing(plan) as session:
        undone = session.history.undoable
        if session.undo() is None or undone is None:
            raise KeikakuError("元に戻せる変更はありません。計画は元のままです。")
        what = changes_text(session.plan, undone, labels_of(session.plan))
    click.echo(f"{undone.changes.label}を元に戻しました: {what}")


def _field_called(word: str, form: Form | None, labels: Mapping[str, str]) -> str:
    """The field that a person calls by its name, or by what the form prints in front of it."""
    printed = (*form.text_fields, *form.year_fields) if form else ()
    fields = dict.fromkeys((*FACTS, *YEAR_FACTS, *printed))
    named = [field for field in fields if labels.get(field) == word.strip("【】")]
    return named[0] if len(named) == 1 else word


def _edit(
    plan: Plan, form: Form | None, id: str, field: str, text: str, year: int | None
) -> ChangeSet:

    if year is None:
        if form and field in form.year_fields:
            raise KeikakuError(
                f"「{field}」は年度ごとの欄です。計画は元のままです。"
                "--year 2023 のように、年度も指定してください。"
            )
        return fill_in(plan, id, field, text, _typed(form.text_fields) if form else ())
    return fill_in_year(plan, id, year, field, text, form.year_fields if form else ())


def _fiscal_year(word: str) -> int:

    fiscal_year = read_fiscal_year(word)
    if fiscal_year is None:
        raise KeikakuError(
            f"「{word}」は年度ではありません。計画は元のままです。"
            "2023、R5 のように指定してください。"
        )
    return fiscal_year


def _tell_of_year(plan: Plan, fiscal_year: int | None) -> None:
    """Say that a year lies outside the plan: it may be meant, or be a slip."""
    if fiscal_year is None or not plan.profile.term_years:
        return
    if term_of(plan.profile, fiscal_year) is None:
        name, years = fiscal_year_name(fiscal_year), plan_years(plan)
        click.echo(f"お知らせ: {name}は、計画の期間（{years}）の外です。", err=True)


def _typed(fields: Iterable[str]) -> list[str]:
    """The texts among a form's fields: not what is derived, nor facts every plan has."""
    return [field for field in fields if field not in {*DERIVED, *FACTS, PILLARS}]


def _from_stdin() -> str:

    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise KeikakuError("標準入力の文が大きすぎるため、読み込めません。計画は元のままです。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KeikakuError(
            "標準入力の文字コードがUTF-8ではないため、読み込めません。計画は元のままです。"
        ) from error
    # The line end that every program puts at the end of what it prints is not part of the text.
    return text.replace("\r\n", "\n").removesuffix("\n")
