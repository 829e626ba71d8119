"""Reading a form from TOML, and saying exactly where one is wrong.

What a form file may hold stands in docs/forms.md. Every error names the file, the
line and the cell or band.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from app.errors import KeikakuError
from app.forms.form import (
    PAPER,
    REPEATED,
    Above,
    Band,
    CellSpec,
    FontSetup,
    Form,
    Margins,
    PageSetup,
    YearSetup,
)

FORMAT: Final = "keikaku-form"
VERSION: Final = 1
_KEYS: Final[Mapping[str, Mapping[str, type | tuple[type, ...]]]] = {
    "": {
        "format": str, "version": int, "key": str, "name": str, "page": dict, "font": dict,
        "years": dict, "above": dict, "band": list, "cell": dict,
    },
    "page": {
        "paper": str, "landscape": bool, "margins": dict, "flow": bool, "gap": (int, float),
    },
    "margins": dict.fromkeys(("top", "right", "bottom", "left"), (int, float)),
    "font": dict.fromkeys(("largest", "smallest", "line", "padding"), (int, float)),
    "years": {"own": bool, "ahead": int, "most": int},
    "above": {"left": list, "badge": str, "size": (int, float)},
    "band": {
        "columns": list, "rows": list, "header": bool, "over": str, "down": bool,
        "omit_empty": bool, "height": (int, float),
    },
    "cell": {
        "label": str, "field": str, "stack": list, "item": str, "text": str, "per": str,
        "tinted": bool, "bold": bool, "vertical": bool, "scale": (int, float), "align": str,
        "anchor": str, "choices": (str, list),
    },
}  # fmt: skip
_ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "align": ("left", "center"),
    "anchor": ("top", "middle"),
    "per": ("", "term"),
    "over": ("", "years", "kpis"),
}


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a form file, to find the line that a complaint is about."""

    name: str
    text: str

    def line(self, section: str, key: str = "", nth: int = 0) -> int:
        """Line of `key` in the nth `section` header, of the header itself where it lacks it."""
        lines = self.text.splitlines()
        header = re.compile(rf"\s*\[+\s*{re.escape(section)}\s*\]+")
        starts = [n for n, line in enumerate(lines) if section and header.match(line)]
        start = starts[nth] if nth < len(starts) else 0
        for number in range(start if not section else start + 1, len(lines)):
            if section and lines[number].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*[\"']?{re.escape(key)}\b", lines[number]):
                return number + 1
        return start + 1

    def fail(self, what: str, section: str = "", key: str = "", nth: int = 0) -> NoReturn:
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
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{line.group(1)}行目" if line else "末尾"
        raise KeikakuError(
            f"様式ファイル「{name}」の{where}がTOMLとして読めません。"
            "計画は変わっていません。様式ファイルを直してください。"
        ) from error
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        source.fail(f'format = "{FORMAT}" と version = {VERSION} が必要です', key="format")
    _check_keys(source, data, "", "")
    form = _build(source, data)
    for band_number, band in enumerate(form.bands):
        for problem in _band_problems(form, band):
            source.fail(problem, "band", "rows", band_number)
    return form


def _build(source: _Source, data: dict[str, Any]) -> Form:
    for key in ("key", "name", "page", "font", "band", "cell"):
        if not data.get(key):
            source.fail(f"「{key}」がありません", key=key)
    cells = {name: _cell(source, name, spec) for name, spec in data["cell"].items()}
    for name, spec in cells.items():
        for part in spec.stack:
            if part not in cells or cells[part].stack:
                source.fail(f"積み重ねるセル「{part}」がありません", f"cell.{name}", "stack")
    return Form(
        key=data["key"],
        name=data["name"],
        page=_page(source, data["page"]),
        font=_font(source, data["font"]),
        years=YearSetup(**_table(source, data.get("years", {}), "years")),
        above=_above(source, data.get("above", {})),
        bands=tuple(_band(source, band, nth) for nth, band in enumerate(data["band"])),
        cells=cells,
    )


def _page(source: _Source, data: dict[str, Any]) -> PageSetup:
    _check_keys(source, data, "page", "page")
    margins = data.get("margins", {})
    _check_keys(source, margins, "margins", "page")
    if data.get("paper") not in PAPER or set(margins) != set(_KEYS["margins"]):
        source.fail("paper（A4 か A3）と margins（4辺のmm）が必要です", "page", "paper")
    setup = PageSetup(
        paper=data["paper"],
        landscape=data.get("landscape", False),
        margins=Margins(**margins),
        flow=data.get("flow", False),
        gap=data.get("gap", PageSetup.__dataclass_fields__["gap"].default),
    )
    width, height = setup.size
    if min(margins.values()) < 0 or (
        width - margins["left"] - margins["right"] < 50
        or height - margins["top"] - margins["bottom"] < 50
    ):
        source.fail("余白が大きすぎるか、負の値です", "page", "margins")
    return setup


def _font(source: _Source, data: dict[str, Any]) -> FontSetup:
    _check_keys(source, data, "font", "font")
    if not {"largest", "smallest"} <= set(data):
        source.fail("largest と smallest が必要です", "font")
    font = FontSetup(**data)
    if not 4 <= font.smallest <= font.largest <= 40:
        source.fail("文字の大きさは 4 から 40 で、smallest が largest 以下です", "font", "smallest")
    if not (1 <= font.line <= 3 and 0 <= font.padding <= 10):
        source.fail("line は 1 から 3、padding は 0 から 10 です", "font", "line")
    return font


def _above(source: _Source, data: dict[str, Any]) -> Above:
    _check_keys(source, data, "above", "above")
    left = data.get("left", [])
    if not all(isinstance(piece, str) for piece in left):
        source.fail("left は文字列の並びです", "above", "left")
    return Above(**{**data, "left": tuple(left)})


def _band(source: _Source, data: dict[str, Any], nth: int) -> Band:
    _check_keys(source, data, "band", "band", nth)
    columns, rows = data.get("columns", []), data.get("rows", [])
    if not columns or not all(isinstance(c, (int, float)) and c > 0 for c in columns):
        source.fail("columns は正の数の並びです", "band", "columns", nth)
    if not rows or not all(isinstance(row, str) for row in rows):
        source.fail("rows は文字列の並びです", "band", "rows", nth)
    return Band(
        **{**data, "columns": tuple(columns), "rows": tuple(tuple(r.split()) for r in rows)}
    )


def _cell(source: _Source, name: str, data: Any) -> CellSpec:
    section = f"cell.{name}"
    if not isinstance(data, dict) or not re.fullmatch(r"\w+", name):
        source.fail("セルの書き方が違います", section)
    _check_keys(source, data, "cell", section)
    stack = data.get("stack", [])
    if not all(isinstance(part, str) for part in stack):
        source.fail("stack は文字列の並びです", section, "stack")
    choices = data.get("choices", [])
    if isinstance(choices, str):
        if choices not in ("statuses", "stages"):
            source.fail("choices は statuses か stages、または文字列の並びです", section, "choices")
    elif not all(isinstance(choice, str) for choice in choices):
        source.fail("choices は文字列の並びです", section, "choices")
    else:
        choices = tuple(choices)
    spec = CellSpec(name=name, **{**data, "stack": tuple(stack), "choices": choices})
    if bool(spec.field) + bool(spec.stack) + (bool(spec.label) and not spec.field) != 1:
        source.fail(
            "label・field・stack のどれか（label と field は一緒でも可）が必要です", section
        )
    if not 0.5 <= spec.scale <= 3:
        source.fail("scale は 0.5 から 3 です", section, "scale")
    return spec


def _table(source: _Source, data: dict[str, Any], section: str) -> dict[str, Any]:
    _check_keys(source, data, section, section)
    if any(
        isinstance(v, int) and not isinstance(v, bool) and not 0 <= v <= 30 for v in data.values()
    ):
        source.fail("数は 0 から 30 です", section)
    if data.get("most") == 0:
        source.fail("most は 1 以上です", section, "most")
    return data


def _check_keys(source: _Source, data: Any, kind: str, section: str, nth: int = 0) -> None:
    if not isinstance(data, dict):
        source.fail("表（[…]）として書いてください", section, nth=nth)
    for key, value in data.items():
        expected = _KEYS[kind].get(key)
        if expected is None:
            source.fail(f"「{key}」という項目はありません", section, key, nth)
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            source.fail(f"「{key}」の値の種類が違います", section, key, nth)
        if key in _ONE_OF and value not in _ONE_OF[key]:
            words = "・".join(word for word in _ONE_OF[key] if word)
            source.fail(f"「{key}」は {words} のどれかです", section, key, nth)


def _band_problems(form: Form, band: Band) -> Iterator[str]:
    for check in _BAND_CHECKS:
        problem = check(form, band)
        if problem:
            yield problem
            return


def _shape_problem(form: Form, band: Band) -> str:
    for row in band.rows:
        if len(row) != len(band.columns):
            return (
                f"「{' '.join(row)}」のセルは {len(row)} 個で、"
                f"columns の {len(band.columns)} 個と違います"
            )
    return ""


def _unknown_cell(form: Form, band: Band) -> str:
    names = (name.removesuffix(REPEATED) for row in band.rows for name in row)
    unknown = next((name for name in names if name not in form.cells), None)
    return f"セル「{unknown}」が [cell.{unknown}] にありません" if unknown else ""


def _repetition_problem(form: Form, band: Band) -> str:
    starred = [[n.endswith(REPEATED) for n in row] for row in band.rows]
    if not band.over:
        return f"{REPEATED} の付くセルには over が必要です" if any(map(any, starred)) else ""
    if not any(map(any, starred)):
        return f"over があるのに {REPEATED} の付くセルがありません"
    if not band.down and any(row != starred[0] for row in starred):
        return f"{REPEATED} の付くセルは、どの行でも同じ列に置きます"
    columns = [n for n, star in enumerate(starred[0]) if star]
    if not band.down and columns != list(range(columns[0], columns[-1] + 1)):
        return f"{REPEATED} の付く列は隣り合わせにします"
    return ""


def _rectangle_problem(form: Form, band: Band) -> str:
    for name in dict.fromkeys(name for row in band.rows for name in row):
        spots = [(r, c) for r, row in enumerate(band.rows) for c, n in enumerate(row) if n == name]
        height = max(r for r, _ in spots) - min(r for r, _ in spots) + 1
        width = max(c for _, c in spots) - min(c for _, c in spots) + 1
        if height * width != len(spots):
            return f"セル「{name}」が四角形になっていません"
    return ""


def _stack_problem(form: Form, band: Band) -> str:
    for row in band.rows:
        specs = [form.cells[name.removesuffix(REPEATED)] for name in row]
        if any(s.stack or s.field == "pillars" for s in specs) and any(
            s.label and s.field for s in specs
        ):
            return "stack・pillars と、label の付いた field は、同じ行に置けません"
    return ""


_BAND_CHECKS: Final[tuple[Callable[[Form, Band], str], ...]] = (
    _shape_problem,
    _unknown_cell,
    _repetition_problem,
    _rectangle_problem,
    _stack_problem,
)
