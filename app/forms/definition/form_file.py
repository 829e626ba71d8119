"""Reading a form from TOML, and saying exactly where one is wrong.

What a form file may hold stands in docs/forms.md. Every error names the file, the
line and the cell or band.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from app.errors import KeikakuError
from app.forms.definition.form_checks import band_problem, cell_problem, form_problem
from app.forms.definition.index_file import read_guides, read_index
from app.forms.form import (
    PAPER,
    Above,
    Band,
    CellSpec,
    FontSetup,
    Form,
    LookSetup,
    Margins,
    PageSetup,
    YearSetup,
)

FORMAT: Final = "keikaku-form"
VERSION: Final = 1
_KEYS: Final[Mapping[str, Mapping[str, type | tuple[type, ...]]]] = {
    "": {
        "format": str, "version": int, "key": str, "name": str, "page": dict, "font": dict,
        "years": dict, "look": dict, "above": dict, "band": list, "cell": dict,
        "index": dict, "guide": dict,
    },
    "page": {
        "paper": str, "landscape": bool, "margins": dict, "flow": bool, "gap": (int, float),
        "mirrored": bool,
    },
    "margins": dict.fromkeys(("top", "right", "bottom", "left"), (int, float)),
    "font": {
        **dict.fromkeys(("largest", "smallest", "line", "padding"), (int, float)), "family": str,
    },
    "years": {"own": bool, "ahead": int, "most": int},
    "look": {"frame": (int, float), "line": (int, float), "tint": str},
    "above": {"left": list, "center": list, "right": list, "badge": str, "size": (int, float)},
    "band": {
        "columns": list, "rows": list, "header": bool, "over": str, "down": bool,
        "omit_empty": bool, "height": (int, float),
    },
    "cell": {
        "label": str, "field": str, "stack": list, "item": str, "text": str, "per": str,
        "tinted": bool, "bold": bool, "vertical": bool, "scale": (int, float), "align": str,
        "anchor": str, "choices": (str, list),
        "no_line": list,
    },
}  # fmt: skip
_ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "align": ("left", "center", "right"),
    "anchor": ("top", "middle"),
    "per": ("", "term", "all"),
    "over": ("", "years", "kpis"),
    "family": ("gothic", "mincho"),
}
# Numbers (inclusive) that give a form one can read and print; lengths mm, sizes pt.
_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "top": (0, 200), "right": (0, 200), "bottom": (0, 200), "left": (0, 200), "gap": (0, 50),
    "largest": (4, 40), "smallest": (4, 40), "line": (1, 3), "padding": (0, 10),
    "ahead": (0, 30), "most": (1, 30), "look.frame": (0, 5), "look.line": (0, 5),
    "size": (4, 40), "height": (0, 200), "scale": (0.5, 3),
}  # fmt: skip
_LISTS: Final = ("left", "center", "right", "rows", "stack", "no_line")
_SIDES: Final = ("left", "right", "top", "bottom")
_LONGEST: Final = 200_000


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a form file, to find the line that a complaint is about."""

    name: str
    text: str

    def line(self, section: str, key: str = "", nth: int = 0) -> int:
        """Line of `key` in the nth `section` header, of the header itself where it lacks it."""
        lines = self.text.splitlines()
        names = r"\s*\.\s*".join(rf"[\"']?{re.escape(n)}[\"']?" for n in section.split("."))
        header = re.compile(rf"\s*\[+\s*{names}\s*\]+")
        starts = [n for n, line in enumerate(lines) if section and header.match(line)]
        start = starts[nth] if nth < len(starts) else 0
        for number in range(start if not section else start + 1, len(lines)):
            if section and lines[number].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*[\"']?{re.escape(key)}\b", lines[number]):
                return number + 1
        return start + 1

    def fail(self, what: str, section: str = "", key: str = "", nth: int = 0) -> NoReturn:
        """Raise KeikakuError: `what` is wrong at a key of the nth header of a section."""
        place = f"[{section}]" if section else "先頭"
        if section == "band":
            place = f"{nth + 1}番目の [[band]]"
        raise KeikakuError(
            f"様式ファイル「{self.name}」の{self.line(section, key, nth)}行目（{place}）が"
            f"正しくありません：{what}。計画は変わっていません。様式ファイルを直してください。"
        )


def read_form(text: str, name: str) -> Form:
    """The form in TOML `text`; `name` is its file name, for messages. Raises KeikakuError."""
    source = _Source(name, text)
    data = _parsed(source)
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        source.fail(f'format = "{FORMAT}" と version = {VERSION} が必要です', key="format")
    _check_keys(source, data, "", "")
    form = _form(source, data)
    for cell_name, spec in form.cells.items():
        problem = cell_problem(form, spec)
        if problem:
            source.fail(problem.what, f"cell.{cell_name}", problem.key)
    for number, band in enumerate(form.bands):
        problem = band_problem(form, band)
        if problem:
            source.fail(problem.what, "band", problem.key, number)
    problem = form_problem(form)
    if problem:
        source.fail(problem.what, problem.section, problem.key)
    return form


def _parsed(source: _Source) -> dict[str, Any]:
    if len(source.text) > _LONGEST:
        source.fail("大きすぎます")
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"{place[1]}行目（{place[2]}文字目）" if place else "末尾"
        raise KeikakuError(
            f"様式ファイル「{source.name}」の{where}がTOMLとして読めません。"
            "計画は変わっていません。様式ファイルを直してください。"
        ) from error
    except ValueError:
        # Python reads no integer of more than 4,300 digits; tomllib does not catch that.
        source.fail("数が大きすぎます")
    except RecursionError:
        source.fail("入れ子が深すぎます")


def _form(source: _Source, data: dict[str, Any]) -> Form:
    for key in ("key", "name", "page", "font", "band", "cell"):
        if not data.get(key):
            source.fail(f"「{key}」がありません", key=key)
    return Form(
        key=data["key"],
        name=data["name"],
        page=_page(source, data["page"]),
        font=_font(source, data["font"]),
        years=YearSetup(**_table(source, data, "years")),
        look=_look(source, data),
        above=Above(**_table(source, data, "above")),
        bands=tuple(_band(source, band, nth) for nth, band in enumerate(data["band"])),
        cells={name: _cell(source, name, spec) for name, spec in data["cell"].items()},
        index=read_index(data.get("index", {}), source.fail),
        guides=read_guides(data.get("guide", {}), data["cell"], source.fail),
    )


def _table(source: _Source, data: dict[str, Any], kind: str) -> dict[str, Any]:
    """A table of the file, checked, its lists as tuples."""
    return _checked(source, data.get(kind, {}), kind, kind)


def _page(source: _Source, data: dict[str, Any]) -> PageSetup:
    page = _checked(source, data, "page", "page")
    if page.get("paper") not in PAPER:
        source.fail("paper（A4 か A3）が必要です", "page", "paper")
    margins = _checked(source, page.get("margins", {}), "margins", "page", key="margins")
    if set(margins) != set(_KEYS["margins"]):
        source.fail("margins には top・right・bottom・left（mm）が必要です", "page", "margins")
    setup = PageSetup(**{"landscape": False, **page, "margins": Margins(**margins)})
    width, height = setup.size
    if (
        width - margins["left"] - margins["right"] < 50
        or height - margins["top"] - margins["bottom"] < 50
    ):
        source.fail("余白が大きすぎます", "page", "margins")
    return setup


def _font(source: _Source, data: dict[str, Any]) -> FontSetup:
    table = _checked(source, data, "font", "font")
    if not {"largest", "smallest"} <= set(table):
        source.fail("largest と smallest が必要です", "font")
    font = FontSetup(**table)
    if font.smallest > font.largest:
        source.fail("smallest は largest 以下です", "font", "smallest")
    return font


def _look(source: _Source, data: dict[str, Any]) -> LookSetup:
    look = LookSetup(**_table(source, data, "look"))
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", look.tint):
        source.fail("tint は色を6桁で書きます（例：DDE6EC）", "look", "tint")
    return look


def _band(source: _Source, data: Any, nth: int) -> Band:
    band = _checked(source, data, "band", "band", nth)
    columns, rows = band.get("columns", []), band.get("rows", ())
    numbers = [c for c in columns if isinstance(c, int | float) and not isinstance(c, bool)]
    if not columns or len(numbers) < len(columns) or not all(0 < c < 1e6 for c in numbers):
        source.fail("columns は正の数の並びです", "band", "columns", nth)
    if not rows:
        source.fail("rows は文字列の並びです", "band", "rows", nth)
    split = tuple(tuple(row.split()) for row in rows)
    return Band(**{**band, "columns": tuple(columns), "rows": split})


def _cell(source: _Source, name: str, data: Any) -> CellSpec:
    section = f"cell.{name}"
    if not re.fullmatch(r"\w+", name):
        source.fail("セルの名前は、文字・数字・_ だけで書きます", section)
    cell = _checked(source, data, "cell", section)
    choices = cell.get("choices", ())
    if isinstance(choices, str) and choices not in ("statuses", "stages"):
        source.fail("choices は statuses か stages、または文字列の並びです", section, "choices")
    if not all(isinstance(choice, str) for choice in choices):
        source.fail("choices は文字列の並びです", section, "choices")
    if not set(cell.get("no_line", ())) <= set(_SIDES):
        source.fail(f"no_line は {'・'.join(_SIDES)} の並びです", section, "no_line")
    said = [key for key in ("field", "stack") if cell.get(key)]
    if len(said) > 1 or not (said or "label" in cell) or ("stack" in said and "label" in cell):
        source.fail(
            "label・field・stack のどれか（label と field は一緒でも可）が必要です", section
        )
    choices = choices if isinstance(choices, str) else tuple(choices)
    return CellSpec(**{**cell, "name": name, "choices": choices})


def _checked(
    source: _Source, data: Any, kind: str, section: str, nth: int = 0, key: str = ""
) -> dict[str, Any]:
    """A table whose keys, types, words and numbers are allowed; lists of texts as tuples."""
    _check_keys(source, data, kind, section, nth, key)
    table = dict(data)
    for name, value in data.items():
        if name in _LISTS and isinstance(value, list):
            if not all(isinstance(item, str) for item in value):
                source.fail(f"「{name}」は文字列の並びです", section, name, nth)
            table[name] = tuple(value)
        low, high = _RANGES.get(f"{kind}.{name}") or _RANGES.get(name, (-1e6, 1e6))
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and not (low <= value <= high):
            source.fail(f"「{name}」は {low:g} から {high:g} です", section, key or name, nth)
    return table


def _check_keys(
    source: _Source, data: Any, kind: str, section: str, nth: int = 0, inside: str = ""
) -> None:
    if not isinstance(data, dict):
        source.fail("表（[…]）として書いてください", section, inside, nth)
    for key, value in data.items():
        expected = _KEYS[kind].get(key)
        if expected is None:
            source.fail(f"「{key}」という項目はありません", section, inside or key, nth)
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            source.fail(f"「{key}」の値の種類が違います", section, inside or key, nth)
        if key in _ONE_OF and value not in _ONE_OF[key]:
            words = "・".join(word for word in _ONE_OF[key] if word)
            source.fail(f"「{key}」は {words} のどれかです", section, key, nth)
