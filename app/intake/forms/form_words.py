"""The labels of an official form as words for reading: a city's form knows its own words best."""

from collections.abc import Mapping

from app.forms.form import REPEATED, CellSpec, Form
from app.intake.words import KPI, KPIS, TEXTS, YEARS, bare

_ALREADY = frozenset({"name", "number", "status", "status_note", "new_label", "desired_states"})
_AS_READ = {
    "departments": "departments",
    "pillars": "pillar",
    "pillar": "pillar",
    "category": "category",
    "categories": "categories",
}


def form_words(form: Form) -> dict[str, str]:
    """Folded label → field, for the labels in the cells of a form and in front of them."""
    found: dict[str, str] = {}
    over = _records(form)
    for name, spec in form.cells.items():
        field = _field(spec, over.get(name, ""))
        if not field:
            continue
        head = form.cells.get(f"{name}_head")
        for label in (spec.label, head.label if head and not head.field else ""):
            if label and "{" not in label:
                found.setdefault(bare(label), field)
    return found


def _records(form: Form) -> Mapping[str, str]:
    """What the cells of each name are repeated over: years, kpis or nothing."""
    return {
        word.rstrip(REPEATED): band.over or ""
        for band in form.bands for row in band.rows for word in row
        if word.endswith(REPEATED)
    }  # fmt: skip


def _field(spec: CellSpec, over: str) -> str:
    if not spec.field:
        return ""
    if over == "years":
        return YEARS + spec.field
    if over == "kpis":
        return KPIS if spec.field == "text" else KPI + spec.field
    if spec.field in _ALREADY:
        return spec.field
    return _AS_READ.get(spec.field) or TEXTS + spec.field
