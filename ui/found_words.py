"""Why a search found an initiative, where what is shown of it does not tell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.forms.marks import unmarked
from app.plan.entities import Initiative, Kpi, Relisting
from app.plan.kinds import KINDS
from app.plan.periods.fiscal_year import fiscal_year_name
from app.plan.plan import Plan
from app.plan.search import fold, found_in
from app.plan.texts.passages import Passage, searched_passages
from app.plan.words import field_label

BEFORE: Final = 4
"""So many characters in front of a found word are quoted."""
MOST_TOLD: Final = 300
"""Of more found initiatives no places are told: each takes time, and nobody reads so many."""
AFTER: Final = 24


def found_words(
    plan: Plan, initiative: Initiative, words: Sequence[str], seen: str, labels: Mapping[str, str]
) -> str:
    """The first place with a word that is not `seen`, quoted: 取組の背景に「…待ち時間が…」.

    `words` are folded (`app.plan.search.words`); empty if all of them are seen.
    """
    shown = fold(seen)
    unseen = [word for word in words if word not in shown]
    for place, text in _places(plan, initiative, labels) if unseen else ():
        found = found_in(text, unseen)
        if found:
            return f"{place}に「{_quoted(text, *found[0])}」"
    return ""


def _places(
    plan: Plan, initiative: Initiative, labels: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for passage in searched_passages(plan, initiative):
        yield place_of(passage, labels), " ".join(unmarked(passage.text).plain.split())
    for above in (plan.home_category(initiative), plan.home_pillar(initiative)):
        if above is not None:
            yield KINDS.of(type(above)).word, above.name


def place_of(passage: Passage, labels: Mapping[str, str]) -> str:
    """The field of a passage as a person knows it, with its year: 令和6年度 取組事項."""
    kind = KINDS[passage.kind]
    is_one_field = kind.cls in (Relisting, Kpi)
    word = kind.word if is_one_field else field_label(labels, passage.kind, passage.field)
    year = f"{fiscal_year_name(passage.fiscal_year)} " if passage.fiscal_year else ""
    return year + word


def _quoted(text: str, start: int, end: int) -> str:
    """The found words with what stands around them, … where more was left out."""
    first = start - BEFORE if start > BEFORE + 1 else 0
    last = end + AFTER if end + AFTER < len(text) - 1 else len(text)
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"{before}{text[first:last]}{after}"
