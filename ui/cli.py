"""The command line `keikaku`. No command but the window imports Qt, none what it does not need."""

import gc
import io
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

import click

from app import VERSION
from app.errors import KeikakuError
from app.lazy import load
from ui.commands.group import Commands
from ui.documents import Documents
from ui.package import import_sentence, package_folder
from ui.telling import drop_unwritten, tell

COMMANDS: Final = {
    "backups": "ui.commands.sharing:backups",
    "compare": "ui.commands.returning:compare",
    "decide": "ui.commands.deciding:decide",
    "diagnose": "ui.commands.diagnosing:diagnose",
    "export": "ui.commands.exporting:export",
    "forms": "ui.commands.showing:forms",
    "import": "ui.commands.taking_in:import_documents",
    "issue": "ui.commands.sharing:issue",
    "log": "ui.commands.showing:log",
    "merge": "ui.commands.sharing:merge",
    "open": "ui.commands.plan_files:open_window",
    "renumber": "ui.commands.book:renumber",
    "restore": "ui.commands.sharing:restore",
    "sample": "ui.commands.plan_files:sample",
    "set": "ui.commands.editing:set_field",
    "show": "ui.commands.showing:show",
    "text": "ui.commands.book:book_text",
    "undo": "ui.commands.editing:undo",
    "update": "ui.commands.returning:update",
}


def _check_self(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        for sentence in load("ui.commands.self_check:self_check")(_local_documents()):
            click.echo(sentence)
        context.exit()


@click.group(
    cls=Commands,
    lazy=COMMANDS,
    no_args_is_help=False,
    options_metavar="",
    subcommand_metavar="[計画.keikaku | 命令 …]",
)
@click.version_option(VERSION, message="計画カンバン %(version)s", help="版を表示します。")
@click.option(
    "--self-check",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_check_self,
    help="プログラムが正しく動くか、見本の計画で確かめます。",
)
def commands() -> None:
    """計画カンバン: 自治体の実施計画を編集し、公式の様式で印刷します。

    計画のファイルだけ、または何も書かないと、画面を開きます。
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0, or 2 after one sentence about what went wrong."""
    # A plan is a great many small values and hardly any rubbish: seldom look for it. Looking
    # made a plan of 7,200 initiatives cost more than ten times one of 720.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character (Windows: CP932) shows its code and goes on.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = _ran(list(sys.argv[1:] if arguments is None else arguments))
    drop_unwritten()
    if code:
        sys.exit(code)


def _ran(words: list[str]) -> int:
    """Run a command, say what went wrong; the exit code."""
    try:
        return _run(words)
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        return 0
    except (Exception, KeyboardInterrupt) as error:
        tell(" ".join(_told(error).splitlines()))
        return 2


def _run(words: list[str]) -> int:
    """Run a command until all of its output is written; the exit code."""
    code = 0
    try:
        with commands.make_context("keikaku", words, obj=_local_documents) as context:
            commands.invoke(context)
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    if sys.stdout:
        sys.stdout.flush()
    return code


@cache
def _local_documents() -> Documents:
    """Where the program is put together: what commands and window know as `Documents`."""
    # Not at the top: `--help` and `--version` need no file.
    from storage.local_documents import LocalDocuments

    return LocalDocuments()


def _told(error: BaseException) -> str:
    """The sentence that a person reads of an error."""
    if isinstance(error, KeikakuError):
        return str(error)
    if isinstance(error, click.UsageError):
        return _usage_sentence(error)
    if isinstance(error, KeyboardInterrupt | click.exceptions.Abort):
        return "中止しました。"
    if isinstance(error, OSError):
        # Files are read and written in `storage`, which has words of its own for each fault:
        # this is where the output of the command goes. What was edited before is saved.
        return (
            "結果を最後まで表示できませんでした。"
            "計画が変わったかどうかは「keikaku log」で確かめてください。"
        )
    if isinstance(error, ImportError):
        return import_sentence(error, package_folder())
    return _unforeseen(error)


def _usage_sentence(error: click.UsageError) -> str:
    what = "余分な言葉があるか、書き方が正しくありません"
    if isinstance(error, click.MissingParameter) and error.param and error.ctx:
        what = f"「{error.param.make_metavar(error.ctx)}」が足りません"
    elif isinstance(error, click.BadParameter) and error.param and _choices(error.param):
        what = f"「{error.param.opts[0]}」に指定できるのは、{_choices(error.param)} のどれかです"
    elif isinstance(error, click.NoSuchOption):
        what = f"「{error.option_name}」という指定はありません"
    elif isinstance(error, click.BadOptionUsage):
        what = f"「{error.option_name}」の使い方が正しくありません"
    command = error.ctx.command_path if error.ctx else "keikaku"
    return f"{what}。「{command} --help」で使い方を確かめてください。"


def _choices(parameter: click.Parameter) -> str:
    """The words that an option takes, "" where it takes any."""
    return "、".join(parameter.type.choices) if isinstance(parameter.type, click.Choice) else ""


def _unforeseen(error: BaseException) -> str:
    """What is told of a fault of the program: where, for whoever mends it, without any text."""
    where = _local_documents().program.note_fault(error)
    return f"プログラムの不具合のため、できませんでした。計画は元のままです（{where}）。"


if __name__ == "__main__":
    main()
