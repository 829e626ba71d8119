"""What one form of a file does not say is taken from the others of its kind.

A label that is missing on one form stands on the others at the same place; a word that is a
status on most and a sentence on none is a status. Whatever is decided so is told as a doubt.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.intake.forms.blocks import sort_of
from app.intake.found import Doubt, Draft, GridReading, Leftover, Value
from app.intake.words import TEXTS, YEARS, Words
from app.intake.year_words import YearWord

_Slot = tuple[str, int, int, int, int]
_FEWEST = 2
_LONG = 15
_ISSUE, _APPROACH = f"{TEXTS}issue", f"{TEXTS}approach"
_BACKGROUND, _STATE = f"{TEXTS}background", f"{TEXTS}current_state"
_ACTIONS, _GOALS, _TASKS = f"{YEARS}actions", f"{YEARS}goals", f"{YEARS}tasks"


def settled(readings: Sequence[GridReading], words: Words) -> tuple[GridReading, ...]:
    """The readings again, with what can be known only from all of them together."""
    usual = _usual(readings)
    found = [_with_usual(reading, usual, words) for reading in readings]
    fields = {name: text for name, text in words.long.items() if _is_long(found, name)}
    fields |= {f"{name}_note": text for name, text in fields.items()}
    named = {value.field for reading in found for value in reading.values}
    if {_TASKS, _GOALS} <= named and _ACTIONS not in named:
        # Beside goals of the year, what is planned for it is what is done in it.
        fields[_TASKS] = _ACTIONS
    if {_ISSUE, _APPROACH, _BACKGROUND} <= named and _STATE not in (*named, *fields.values()):
        # Before an issue and its solution comes the state of things, whatever it is called.
        fields[_BACKGROUND] = _STATE
    return tuple(_renamed(reading, fields) for reading in found)


def _slot(draft: Draft, cell_place: tuple[int, int], size: tuple[int, int], source: str) -> _Slot:
    top, left = draft.corner
    return source, cell_place[0] - top, cell_place[1] - left, *size


def _usual(readings: Sequence[GridReading]) -> dict[_Slot, Value]:
    """The field at each place of the forms of a file, if most of them agree."""
    counts: dict[_Slot, Counter[tuple[str, YearWord | None]]] = {}
    samples: dict[tuple[_Slot, str, YearWord | None], Value] = {}
    for reading in readings:
        for draft in reading.drafts:
            for value in () if draft.is_row else draft.values:
                cell = value.cell
                slot = _slot(draft, cell.place, (cell.rows, cell.columns), reading.grid.source)
                key = (value.field, value.year)
                counts.setdefault(slot, Counter())[key] += 1
                samples[slot, *key] = value
    usual = {}
    for slot, fields in counts.items():
        ((key, count),) = fields.most_common(1)
        if count >= _FEWEST and count * 2 > sum(fields.values()):
            usual[slot] = samples[slot, *key]
    return usual


def _with_usual(reading: GridReading, usual: dict[_Slot, Value], words: Words) -> GridReading:
    drafts, rest, doubts = list(reading.drafts), [], list(reading.doubts)
    for leftover in reading.leftovers:
        n = _owner(drafts, leftover)
        value = _taken(drafts[n], leftover, usual, words) if n is not None else None
        if n is None or value is None:
            rest.append(leftover)
            continue
        drafts[n] = replace(drafts[n], values=(*drafts[n].values, value))
        doubts.append(Doubt(
            "見出しがないため、同じ様式のほかのシートと同じ位置の欄に入れました。",
            (leftover.place,), leftover.cell.text,
        ))  # fmt: skip
    return replace(reading, drafts=tuple(drafts), leftovers=tuple(rest), doubts=tuple(doubts))


def _owner(drafts: Sequence[Draft], leftover: Leftover) -> int | None:
    """The form in whose rows a text stands."""
    before = [
        n for n, draft in enumerate(drafts)
        if not draft.is_row and draft.corner[0] <= leftover.cell.row
    ]  # fmt: skip
    return before[-1] if before and leftover.cell not in leftover.grid.notes else None


def _taken(
    draft: Draft, leftover: Leftover, usual: dict[_Slot, Value], words: Words
) -> Value | None:
    cell = leftover.cell
    if not sort_of(cell, words).is_text:
        return None
    slot = _slot(draft, cell.place, (cell.rows, cell.columns), leftover.grid.source)
    model = usual.get(slot)
    if model is None or any((v.field, v.year) == (model.field, model.year) for v in draft.values):
        return None
    if not model.field.startswith((TEXTS, YEARS)) and model.field != "desired_states":
        return None
    return replace(model, text=cell.text, grid=leftover.grid, cell=cell)


def _is_long(readings: Sequence[GridReading], name: str) -> bool:
    """Whether the texts of a field are sentences on most forms."""
    texts = [v.text for r in readings for d in r.drafts for v in d.values if v.field == name]
    long = [text for text in texts if len(text) > _LONG]
    return len(long) * 2 > len(texts)


def _renamed(reading: GridReading, fields: dict[str, str]) -> GridReading:
    if not fields:
        return reading
    drafts = tuple(
        replace(
            draft,
            values=tuple(replace(v, field=fields.get(v.field, v.field)) for v in draft.values),
        )
        for draft in reading.drafts
    )
    labels = tuple((cell, fields.get(name, name)) for cell, name in reading.labels)
    return replace(reading, drafts=drafts, labels=labels)
