"""A click program that speaks Japanese, and takes a plan file for the command `open`."""

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from app.errors import KeikakuError
from app.lazy import load
from ui.documents import Documents

SUFFIX: Final = ".keikaku"
_HEADINGS: Final = {"Options": "指定", "Commands": "命令"}


class _Formatter(click.HelpFormatter):
    """Help in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help is in Japanese."""

    context_class = _Context

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[指定]", **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Japanese."""
        return _in_japanese(super().get_help_option(ctx))


class Commands(click.Group):
    """The commands; a word that is none of them is the plan to open in the window.

    `lazy` are the commands by name, each as "module:function": only the one that runs is imported.
    """

    context_class = _Context
    command_class = Command

    def __init__(self, *args: Any, lazy: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in alphabetical order."""
        return sorted(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command. None if there is none of that name."""
        name = self._lazy.get(cmd_name)
        found: click.Command | None = load(name) if name else None
        return found

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Japanese."""
        return _in_japanese(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A plan file, or nothing, is the command `open`."""
        is_plan = args and not args[0].startswith("-") and args[0] not in self._lazy
        if is_plan and not (args[0].lower().endswith(SUFFIX) or os.path.exists(args[0])):
            raise KeikakuError(
                f"「{args[0]}」という命令も計画のファイルもありません。"
                "「keikaku --help」で使い方を確かめてください。"
            )
        return super().parse_args(ctx, ["open", *args] if is_plan or not args else args)


def _in_japanese(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "この説明を表示します。"
    return option


def documents() -> Documents:
    """The plan files of this PC, as whoever started the command has them."""
    found: Documents = click.get_current_context().obj()
    return found


def command(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command; its docstring is the help."""
    return click.command(name, cls=Command, **settings)
