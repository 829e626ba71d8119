"""What can be made of a plan, and what a person orders. How it is made is in `making`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from app.changes.parting.state_name import StateName
from app.errors import KeikakuError
from app.plan.entities import Initiative
from app.plan.periods.fiscal_year import date_name
from app.plan.plan import Plan

Binding = Literal["", "left", "top"]
"""The edge that is filed; "" for none."""
Option = Literal["both_sides", "binding", "paper", "columns", "encoding"]
Content = Literal["pages", "sheets", "sheet_files", "rows", "data"]
"""What an output consists of: pages to draw, worksheets on the form, a PDF file for each
initiative, rows of a list, the plan itself. Storage has one writer for each of these in a format.
"""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing in one format: 個票 as PDF. All that the program knows of it stands here.

    `thing` is its name at the command line, `called` in the window, `about` says what it is for;
    `format` is the word for its format, `suffix` that of the file (".pdf"; "" for a folder).
    `make` names the function that makes its pages or rows ("module:function"), "" if it has
    neither. `options` are what of `Choices` it heeds. `is_whole`: always of all initiatives.
    `has_texts`: the texts of the book are printed in it. `is_dated`: it bears the day on which it
    is made.
    """

    thing: str
    called: str
    about: str
    format: str
    suffix: str
    content: Content
    make: str = ""
    options: tuple[Option, ...] = ()
    is_whole: bool = False
    has_texts: bool = False
    is_dated: bool = False

    @property
    def key(self) -> str:
        """What it is known by: sheets.pdf."""
        return f"{self.thing}{self.suffix}"

    @property
    def name(self) -> str:
        """What a menu calls it: 個票（PDF）."""
        return f"{self.called}（{self.format}）"

    @property
    def has_pages(self) -> bool:
        """Whether it can be printed, and looked at before."""
        return self.content in ("pages", "sheets", "sheet_files")

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.suffix

    @property
    def is_drawn(self) -> bool:
        """Whether its characters are drawn with a font, so that some may lack."""
        return self.content in ("pages", "sheet_files")


@dataclass(frozen=True, slots=True)
class Choices:
    """How a person wants an output: the book's binding, the poster's paper, the list.

    `form` is a form file to be used instead of the plan's own; `columns` are groups of
    columns by name, none for all.
    """

    form: Path | None = None
    both_sides: bool = False
    binding: Binding = ""
    paper: str = "A3"
    columns: tuple[str, ...] = ()
    encoding: Literal["utf-8", "cp932"] = "utf-8"


USUAL: Final = Choices()


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants made: an output of these initiatives (ids; none means all), and how.

    `day` is the one at whose end the plan stood like this; None is now. `state` names the plan as
    it is, for what may come back; None does not say.
    """

    plan: Plan
    output: Output
    initiatives: tuple[str, ...] = ()
    choices: Choices = USUAL
    day: date | None = None
    state: StateName | None = None

    @property
    def name(self) -> str:
        """What it is: 選んだ3件の個票（PDF）, 令和5年4月1日のカンバン（PDF）."""
        count = len(self.initiatives)
        chosen = f"選んだ{count}件の{self.output.name}" if count else self.output.name
        return f"{date_name(self.day)}の{chosen}" if self.day else chosen

    def chosen(self) -> tuple[Initiative, ...]:
        """What it is made of, in the plan's order.

        Raises KeikakuError if some are named for an output of the whole plan.
        """
        if self.initiatives and self.output.is_whole:
            raise KeikakuError(f"{self.output.name}は計画の全体を出力します。取組は選べません。")
        wanted = set(self.initiatives)
        everything = self.plan.initiatives.under()
        return tuple(i for i in everything if not wanted or i.id in wanted)
