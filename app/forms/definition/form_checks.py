"""What a form must keep to, so that every field of it is printed once and comes back."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.forms.fields import DERIVED, KPI_FIELDS, RECORD_WORDS, SHEET_WORDS
from app.forms.fitting.layout import MM, frame_of
from app.forms.form import REPEATED, Band, CellSpec, Form

# A page must hold some lines of any cell beside a header that is printed again.
_LEAST_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in Japanese, and the section and key of the file where it stands."""

    what: str
    key: str = ""
    section: str = ""


def cell_problem(form: Form, spec: CellSpec) -> Problem | None:
    """What is wrong with one cell by itself; None for nothing."""
    for part in spec.stack:
        inner = form.cells.get(part)
        if inner is None or inner.stack or (inner.label and inner.field):
            return Problem(
                f"積み重ねるセル「{part}」がないか、label と field の両方を持ちます", "stack"
            )
    if spec.vertical and (spec.field or spec.stack):
        return Problem("vertical は label だけのセルに使えます", "vertical")
    if spec.per and spec.field:
        return Problem("per は label だけのセルに使えます", "per")
    if spec.field == "desired_states" and not spec.item.strip():
        return Problem("desired_states には item（例：・）が必要です", "field")
    size = max(form.font.smallest * spec.scale, form.font.smallest) * form.font.line
    room = frame_of(form).height - 2 * form.font.padding * MM
    if size * _LEAST_LINES > room:
        return Problem("文字が大きすぎて、ページに数行しか入りません", "scale")
    return _unknown_word(spec.label, "label", {*SHEET_WORDS, *RECORD_WORDS})


def form_problem(form: Form) -> Problem | None:
    """What is wrong with the form as a whole; None for nothing."""
    placed = [name for band in form.bands for name in _names(band)]
    stacked = [part for name in placed for part in form.cells[name].stack]
    for name in form.cells:
        if name not in placed and name not in stacked:
            return Problem("このセルは、どの rows にもありません", section=f"cell.{name}")
    fields = Counter(_field_keys(form))
    for (field, _), count in fields.items():
        if count > 1 and field not in DERIVED:
            cell = [c for c in form.cells.values() if c.field == field][-1]
            what = f"field「{field}」は、ほかのセルにもあります。1つの欄は1か所にだけ置けます"
            return Problem(what, "field", f"cell.{cell.name}")
    above = form.above
    for key, piece in [
        *(("left", piece) for piece in above.left),
        *(("center", piece) for piece in above.center),
        *(("right", piece) for piece in above.right),
        ("badge", above.badge),
    ]:
        problem = _unknown_word(piece, key, set(SHEET_WORDS))
        if problem:
            return Problem(problem.what, key, "above")
    return None


def band_problem(form: Form, band: Band) -> Problem | None:
    """What is wrong with the grid of a band; None for nothing."""
    for check in _BAND_CHECKS:
        what = check(form, band)
        if what:
            return Problem(what, "rows")
    return None


def _names(band: Band) -> list[str]:
    return list(dict.fromkeys(n.removesuffix(REPEATED) for row in band.rows for n in row))


def _field_keys(form: Form) -> Iterator[tuple[str, str]]:
    """Each field of the grid, with what it is a field of: the initiative, a year, a target."""
    for band in form.bands:
        for name in dict.fromkeys(name for row in band.rows for name in row):
            spec = form.cells[name.removesuffix(REPEATED)]
            of = band.over if name.endswith(REPEATED) else ""
            parts = (spec, *(form.cells[inner] for inner in spec.stack))
            yield from ((part.field, of) for part in parts if part.field)


def _unknown_word(template: str, key: str, known: set[str]) -> Problem | None:
    unknown = next((w for w in re.findall(r"\{(\w+)\}", template) if w not in known), None)
    if unknown is None:
        return None
    return Problem(f"{{{unknown}}} という言葉はありません", key)


def _shape_problem(form: Form, band: Band) -> str:
    for row in band.rows:
        if len(row) != len(band.columns):
            return (
                f"「{' '.join(row)}」のセルは {len(row)} 個で、"
                f"columns の {len(band.columns)} 個と違います"
            )
    return ""


def _unknown_cell(form: Form, band: Band) -> str:
    unknown = next((name for name in _names(band) if name not in form.cells), None)
    return f"セル「{unknown}」が [cell.{unknown}] にありません" if unknown else ""


def _repetition_problem(form: Form, band: Band) -> str:
    starred = [[n.endswith(REPEATED) for n in row] for row in band.rows]
    if not band.over:
        if any(map(any, starred)):
            return f"{REPEATED} の付くセルには over が必要です"
        return "down は over と一緒に使います" if band.down else ""
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


def _record_problem(form: Form, band: Band) -> str:
    """What a repeated cell must not hold, and what only a repeated cell may."""
    for name in dict.fromkeys(name for row in band.rows for name in row):
        spec = form.cells[name.removesuffix(REPEATED)]
        is_repeated = name.endswith(REPEATED)
        held = {spec.field, *(form.cells[part].field for part in spec.stack)} - {""}
        if is_repeated and band.over == "kpis" and not held <= set(KPI_FIELDS):
            return f'セル「{name}」：over = "kpis" の欄は {"・".join(KPI_FIELDS)} だけです'
        words = set(re.findall(r"\{(\w+)\}", spec.label)) & set(RECORD_WORDS)
        if words and not (is_repeated and band.over == "years"):
            return f"セル「{name}」：{{{min(words)}}} は、年度ごとのセル（{REPEATED}）で使えます"
        if spec.per and not (is_repeated and band.over):
            return f"セル「{name}」：per は、繰り返すセル（{REPEATED}）で使えます"
        if "mark" in held and not (is_repeated and band.over == "years"):
            return f"セル「{name}」：mark は、年度ごとのセル（{REPEATED}）で使えます"
    return ""


_BAND_CHECKS: Final[tuple[Callable[[Form, Band], str], ...]] = (
    _shape_problem,
    _unknown_cell,
    _repetition_problem,
    _rectangle_problem,
    _stack_problem,
    _record_problem,
)
