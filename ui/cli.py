"""The command line `keikaku`. No command but the window imports Qt, none what it does not need."""

import io
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from app import VERSION
from app.errors import KeikakuError

if TYPE_CHECKING:
    from app.changes.change import ChangeSet
    from app.forms.form import Form
    from app.plan.plan import Plan
    from app.session import Session
    from storage.interchange import Incoming

SUFFIX: Final = ".keikaku"
_HEADINGS: Final = {"Options": "指定", "Commands": "命令"}
_STDIN: Final = "-"


class _Formatter(click.HelpFormatter):
    """Help in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class _Command(click.Command):
    context_class = _Context

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[指定]", **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_japanese(super().get_help_option(ctx))


class _Commands(click.Group):
    """The commands; a word that is none of them is the plan to open in the window."""

    context_class = _Context
    command_class = _Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _in_japanese(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_plan = args and not args[0].startswith("-") and args[0] not in self.commands
        if is_plan and not (args[0].lower().endswith(SUFFIX) or Path(args[0]).exists()):
            raise KeikakuError(
                f"「{args[0]}」という命令も計画のファイルもありません。"
                "「keikaku --help」で使い方を確かめてください。"
            )
        return super().parse_args(ctx, ["open", *args] if is_plan or not args else args)


def _in_japanese(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "この説明を表示します。"
    return option


@click.group(
    cls=_Commands,
    no_args_is_help=False,
    options_metavar="",
    subcommand_metavar="[計画.keikaku | 命令 …]",
)
@click.version_option(VERSION, message="計画カンバン %(version)s", help="版を表示します。")
def commands() -> None:
    """計画カンバン: 自治体の実施計画を編集し、公式の様式で印刷します。

    計画のファイルだけ、または何も書かないと、画面を開きます。
    """


_plan = click.argument("plan", metavar="計画.keikaku")
_target = click.argument("target", metavar="出力先.keikaku")
_force = click.option("--force", is_flag=True, help="すでにあるファイルを置きかえます。")


@commands.command("open", hidden=True)
@click.argument("plan", metavar="計画.keikaku", required=False)
def open_window(plan: str | None) -> None:
    """画面を開きます。"""
    if plan is not None and not Path(plan).exists():
        raise KeikakuError(f"「{plan}」が見つかりません。場所と名前を確かめてください。")
    _require_display()
    from storage.local_documents import LocalDocuments

    try:
        from ui.desktop.program import run
    except ImportError as error:
        raise KeikakuError(
            f"画面の部品を読み込めないため、画面を開けません（{error.name or error}）。"
            "インストールし直すか、管理者に相談してください。"
        ) from error
    sys.exit(run(LocalDocuments(), plan))


@commands.command("import")
@click.argument("source", metavar="計画.json")
@_target
@_force
def import_plan(source: str, target: str, force: bool) -> None:
    """計画のデータ（JSON）から、計画のファイルを作ります。"""
    from storage.local_documents import import_plan as bring_in

    _report(bring_in(Path(source), _new_plan_path(target, force), overwrite=force), target)


@commands.command()
@_target
@_force
def sample(target: str, force: bool) -> None:
    """見本の計画を作ります。"""
    from storage.local_documents import import_sample

    _report(import_sample(_new_plan_path(target, force), overwrite=force), target)


@commands.command()
@_plan
@click.argument("target", metavar="出力先")
@click.argument("more", nargs=-1, metavar="")
@click.option(
    "--what",
    metavar="もの",
    help="書き出すもの（sheets 個票、book 冊子、board カンバン、index 一覧表、"
    "list 一覧データ、plan 計画）。ふつうは sheets です。",
)
@click.option("--only", multiple=True, metavar="番号|id …", help="書き出す取組。")
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
def export(
    plan: str, target: str, more: Sequence[str], what: str | None, only: Sequence[str],
    both_sides: bool, binding: Any, paper: str, columns: str, encoding: Any,
) -> None:  # fmt: skip
    """計画を書き出します。形式は出力先の名前（.pdf .xlsx .csv .json）で決まります。"""
    from app.plan.lookup import find_initiative
    from storage.outputs import Choices, output_of, write_output

    if more and not only:
        raise KeikakuError(f"「{more[0]}」は余分です。書き出す取組は --only の後に書いてください。")
    output = output_of(what, Path(target).suffix)
    content = _read(plan)
    ids = [find_initiative(content, word).id for word in (*only, *more)]
    named = tuple(name for name in columns.replace("、", ",").split(",") if name.strip())
    choices = Choices(both_sides, binding or "", paper, named, encoding)
    write_output(content, output, ids, Path(target), choices)
    click.echo(f"{output.name}を「{target}」に書き出しました。")


@commands.command("set", context_settings={"ignore_unknown_options": True})
@_plan
@click.argument("initiative", metavar="番号|id")
@click.argument("field", metavar="欄")
@click.argument("text", metavar="文|-")
@click.option("--year", metavar="年度", help="2023、R5 など。その年度の欄に書きます。")
def set_field(plan: str, initiative: str, field: str, text: str, year: str | None) -> None:
    """取組の欄を書きかえます。文が - のときは標準入力から読みます。"""
    from app.plan.lookup import called, find_initiative
    from app.plan.plain_text import cleaned

    text, count = cleaned(_from_stdin() if text == _STDIN else text)
    with _editing(plan) as session:
        card = find_initiative(session.plan, initiative)
        edit = session.do(_edit(session.plan, card.id, field, text, year))
    if count:
        click.echo(f"使えない文字{count}字を、取り除くか改行に直しました。")
    if edit.changes:
        click.echo(f"{called(card)}の{field}を書きかえました。")
    else:
        click.echo(f"{called(card)}の{field}はもともと同じ内容です。")


@commands.command()
@_plan
@click.argument("initiative", metavar="[番号|id]", required=False)
def show(plan: str, initiative: str | None) -> None:
    """計画の一覧、または一つの取組の内容を表示します。"""
    from app.plan.lookup import find_initiative
    from ui.plan_text import initiative_lines, labels_of, plan_lines

    content = _read(plan)
    if initiative is None:
        lines = plan_lines(content)
    else:
        card = find_initiative(content, initiative)
        lines = initiative_lines(content, card, labels_of(_form(content)))
    click.echo("\n".join(lines))


@commands.command()
@_plan
def log(plan: str) -> None:
    """変更の履歴を表示します。"""
    from storage.plan_file import PlanFile
    from ui.plan_text import entry_line, labels_of

    with PlanFile.view(Path(plan)) as file:
        content, entries = file.plan(), file.history().entries
    labels = labels_of(_form(content))
    click.echo("\n".join(entry_line(content, entry, labels) for entry in entries))


@commands.command()
@_plan
def undo(plan: str) -> None:
    """最後の編集を取り消します。くり返すと、さらに前へ戻ります。"""
    from ui.plan_text import changes_text, labels_of

    with _editing(plan) as session:
        undone = session.history.undoable
        if session.undo() is None or undone is None:
            raise KeikakuError("取り消せる編集はありません。計画は元のままです。")
        what = changes_text(session.plan, undone, labels_of(_form(session.plan)))
    click.echo(f"{undone.changes.label}を取り消しました: {what}")


@contextmanager
def _editing(path: str) -> Iterator["Session"]:
    """A session on a plan file, which is let go afterwards."""
    from app.session import Session
    from storage.local_documents import author
    from storage.plan_file import PlanFile

    with PlanFile.edit(Path(path)) as file:
        yield Session(file.plan(), file, file.history(), author())


def _read(path: str) -> "Plan":
    from storage.plan_file import PlanFile

    with PlanFile.view(Path(path)) as file:
        return file.plan()


def _edit(plan: "Plan", id: str, field: str, text: str, year: str | None) -> "ChangeSet":
    from app.edits.field import fill_in, fill_in_year
    from app.plan.fiscal_year import read_fiscal_year

    form = _form(plan)
    if year is None:
        return fill_in(plan, id, field, text, form.text_fields if form else ())
    fiscal_year = read_fiscal_year(year)
    if fiscal_year is None:
        raise KeikakuError(f"「{year}」は年度ではありません。2023、R5 のように指定してください。")
    return fill_in_year(plan, id, fiscal_year, field, text, form.year_fields if form else ())


def _form(plan: "Plan") -> "Form | None":
    """The plan's form. Without one a plan can be read and written all the same."""
    from storage.form_files import form_for

    with suppress(KeikakuError):
        return form_for(plan)
    return None


def _new_plan_path(target: str, force: bool) -> Path:
    path = Path(target)
    if path.suffix.lower() != SUFFIX:
        raise KeikakuError(f"計画のファイルの名前は、{SUFFIX} で終わるようにしてください。")
    if path.exists() and not force:
        raise KeikakuError(
            f"「{path.name}」はすでにあるため、何もしませんでした。"
            "置きかえるときは --force を付けてください。"
        )
    return path


def _report(incoming: "Incoming", target: str) -> None:
    from app.plan.lookup import called

    click.echo(f"取組{len(incoming.plan.initiatives)}件を「{target}」に取り込みました。")
    for sentence in incoming.cleaned:
        click.echo(sentence)
    if incoming.placed:
        click.echo(f"段階のない取組{len(incoming.placed)}件は、現状と年度の内容から置きました。")
    for card in incoming.placed:
        click.echo(f"  {called(card)} → {card.stage}")


def _from_stdin() -> str:
    from storage.safe_io import MAX_BYTES

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise KeikakuError("標準入力の文が大きすぎるため、読み込めません。計画は元のままです。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KeikakuError(
            "標準入力の文字コードがUTF-8ではないため、読み込めません。計画は元のままです。"
        ) from error
    # The line end that every program puts at the end of what it prints is not part of the text.
    return text.replace("\r\n", "\n").removesuffix("\n")


def _require_display() -> None:
    """Raise KeikakuError where Qt would end the program for want of a display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, names)):
        raise KeikakuError(
            "画面がないため、開けません。"
            "画面なしで使える命令は「keikaku --help」で確かめてください。"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0, or 2 after one sentence about what went wrong."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character (Windows: CP932) shows its code and goes on.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _run(list(sys.argv[1:] if arguments is None else arguments))
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing may be written while exiting either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except (Exception, KeyboardInterrupt) as error:
        click.echo(" ".join(_told(error).splitlines()), err=True)
        sys.exit(2)


def _run(words: list[str]) -> None:
    with commands.make_context("keikaku", words) as context:
        commands.invoke(context)
    if sys.stdout:
        sys.stdout.flush()


def _told(error: BaseException) -> str:
    """The sentence that a person reads of an error."""
    if isinstance(error, KeikakuError):
        return str(error)
    if isinstance(error, click.UsageError):
        return _usage_sentence(error)
    if isinstance(error, KeyboardInterrupt | click.exceptions.Abort):
        return "中止しました。"
    return _unforeseen(error)


def _usage_sentence(error: click.UsageError) -> str:
    what = "余分な言葉があるか、書き方が正しくありません"
    if isinstance(error, click.MissingParameter) and error.param and error.ctx:
        what = f"「{error.param.make_metavar(error.ctx)}」が足りません"
    elif isinstance(error, click.NoSuchOption):
        what = f"「{error.option_name}」という指定はありません"
    elif isinstance(error, click.BadOptionUsage):
        what = f"「{error.option_name}」の使い方が正しくありません"
    command = error.ctx.command_path if error.ctx else "keikaku"
    return f"{what}。「{command} --help」で使い方を確かめてください。"


def _unforeseen(error: BaseException) -> str:
    """What is told of a fault of the program: where, for whoever mends it, without any text."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(frame.filename).name} {frame.lineno}"
    return f"プログラムの不具合のため、できませんでした。計画は元のままです（{where}）。"


if __name__ == "__main__":
    main()
