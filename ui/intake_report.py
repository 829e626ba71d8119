"""What taking documents in gave, in words: for the command line, a file and the window."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from app.intake.found import Leftover, Value
from app.intake.intake import Intake
from app.intake.words import KPI, KPIS, TEXTS, YEARS
from app.plan.lists.lookup import display_name
from app.plan.periods.fiscal_year import fiscal_year_short
from ui.change_words import labels_of

_WORDS: Final = {
    "pillar": "柱",
    "category": "区分",
    "categories": "区分",
    KPIS: "KPI",
    "mark": "実施年度の印",
}


def summary(intake: Intake, files: int, target: str) -> Iterator[str]:
    """The first lines: how much was read and taken, and whether anything is open."""
    count = len(intake.made.plan.initiatives)
    yield f"文書{files}個から、取組{count}件を「{target}」に取り込みました。"
    if intake.doubts:
        yield f"確かめるところが{len(intake.doubts)}件あります。"
    if intake.leftovers:
        yield f"どの欄にも入れなかった文が{len(intake.leftovers)}か所あります。"


def report(intake: Intake, failures: Sequence[str]) -> Iterator[str]:
    """All of it: files not read, doubts, what was taken from where, and every text left over."""
    if failures:
        yield from _heading("読めなかったファイル")
        yield from (f"・{why}" for why in failures)
    if intake.doubts:
        yield from _heading(f"確かめるところ（{len(intake.doubts)}件）")
        for doubt in intake.doubts:
            yield f"・{'、'.join(doubt.places)}：{doubt.what}"
            yield from _indented(doubt.text)
    yield from _heading("取り込んだ内容")
    yield from _taken(intake)
    yield from _heading("段階（現状と年度の内容から置きました）")
    yield from (f"・{display_name(card)} → {card.stage}" for card in intake.made.placed)
    yield from _heading(f"どの欄にも入れなかった文（{len(intake.leftovers)}か所）")
    yield from _left(intake.leftovers)


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield f"■ {words}"


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}" for line in text.split("\n") if line.strip())


def _taken(intake: Intake) -> Iterator[str]:
    labels = labels_of(intake.made.plan)
    for id, one in intake.made.sources.items():
        places = dict.fromkeys(value.place for value in one.values)
        fields = dict.fromkeys(_field_words(value, labels) for value in one.values)
        yield f"・{display_name(intake.made.plan.initiatives[id])}（{next(iter(places))}から）"
        yield f"    {'、'.join(fields)}"


def field_words(field: str, labels: Mapping[str, str]) -> str:
    """What a person calls a field of an intake; `labels` name the fields of a plan."""
    name = field.removeprefix(TEXTS).removeprefix(YEARS).removeprefix(KPI)
    return _WORDS.get(name) or labels.get(name) or name


def _field_words(value: Value, labels: dict[str, str]) -> str:
    words = field_words(value.field, labels)
    year = value.year.fiscal_year if value.year else None
    return f"{words}（{fiscal_year_short(year)}）" if year else words


def _left(leftovers: Sequence[Leftover]) -> Iterator[str]:
    for why, group in groupby(
        leftovers, key=lambda rest: (rest.grid.source, rest.grid.title, rest.why)
    ):
        if why[2]:
            yield f"【{why[2]}】"
        for rest in group:
            yield f"・{rest.place}：{rest.cell.text.strip().split(chr(10))[0]}"
            yield from _indented("\n".join(rest.cell.text.strip().split("\n")[1:]))
