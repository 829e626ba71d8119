"""Drafts of several documents and worksheets brought together: one for each initiative.

A form and a row of a list that bear one name are one initiative. Of two forms alike the first
is kept; what the second has differently is a doubt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from app.intake.found import Doubt, Draft, Value
from app.intake.words import KPI, KPIS, fold

# A list may shorten these or say them otherwise than a form: nothing is doubtful.
_SEVERAL: Final = ("pillar", "category", "categories", "new_label", "name")
_ALIKE: Final = 0.85
_SIGNS: Final = frozenset("・･●○-*、，,;／/()")


@dataclass(slots=True)
class Found:
    """An initiative: the drafts that it is made of, the best first, and where it stands again."""

    drafts: list[Draft]
    again: list[Draft] = field(default_factory=list)

    @property
    def first(self) -> Draft:
        """The draft that counts where they differ."""
        return self.drafts[0]

    @property
    def values(self) -> list[Value]:
        """All values, of later drafts only what the earlier ones do not have."""
        kept = list(self.first.values)
        for draft in self.drafts[1:]:
            known = {_slot(value) for value in kept}
            kept += [v for v in draft.values if _slot(v) not in known]
        return kept


def brought_together(drafts: Sequence[Draft]) -> tuple[list[Found], list[Doubt]]:
    """The initiatives of all drafts, in the order of the documents, and what is doubtful."""
    forms = [d for d in drafts if not d.is_row]
    rows = [d for d in drafts if d.is_row and not d.is_again]
    again = [d for d in drafts if d.is_again]
    doubts: list[Doubt] = []
    found: list[Found] = []
    for draft in (*forms, *rows):
        same = _same(found, draft)
        if same is None:
            found.append(Found([draft]))
        else:
            doubts += _differences(same, draft)
            same.drafts.append(draft)
    for draft in again:
        same = next((f for f in found if f.first.key == draft.key), None)
        if same:
            same.again.append(draft)
            doubts += _differences(same, draft, besides=("number",))
        else:
            doubts.append(_lonely(draft))
    return _in_order(found, rows, forms), doubts


def _same(found: Iterable[Found], draft: Draft) -> Found | None:
    """The initiative that a draft is another writing of, None if it is a new one."""
    named = [f for f in found if f.first.key == draft.key and draft.key]
    fitting = [f for f in named if _may_be_one(f.first, draft)]
    if fitting:
        return fitting[0]
    if not draft.is_row:
        return None
    # A list may spell a name a little differently; its number and category then say the same.
    return next(
        (
            f for f in found
            if not f.first.is_row and _numbers(f.first) == _numbers(draft) != ("", "")
            and SequenceMatcher(None, f.first.key, draft.key).ratio() >= _ALIKE
        ),
        None,
    )  # fmt: skip


def _may_be_one(one: Draft, other: Draft) -> bool:
    """Whether drafts of one name speak of one initiative: unless number and category differ."""
    a, b = fold(one.text("number")), fold(other.text("number"))
    c, d = fold(one.text("category")), fold(other.text("category"))
    return not (a and b and a != b and c and d and c != d)


def _numbers(draft: Draft) -> tuple[str, str]:
    return fold(draft.text("number")), fold(draft.text("category"))


def _slot(value: Value) -> tuple[str, int | None]:
    name = KPIS if value.field.startswith(KPI) else value.field
    return name, value.year.fiscal_year if value.year else None


def _texts(draft: Draft) -> dict[tuple[str, int | None], str]:
    texts: dict[tuple[str, int | None], str] = {}
    for value in draft.values:
        texts[_slot(value)] = texts.get(_slot(value), "") + fold(value.text)
    return texts


def _differences(found: Found, draft: Draft, besides: Sequence[str] = ()) -> Iterable[Doubt]:
    """What a second writing says otherwise than the first; one sentence for all of it."""
    mine, theirs = _texts(found.first), _texts(draft)
    both = [s for s in theirs if s in mine and s[0] not in (*_SEVERAL, *besides)]
    differing = [slot for slot in both if _plain(mine[slot]) != _plain(theirs[slot])]
    places = (found.first.values[0].place, draft.values[0].place)
    texts = [v.text for v in draft.values if _slot(v) in differing]
    if differing:
        yield Doubt(
            f"「{_title(draft)}」が2か所にあり、内容が違います。はじめのものを取り込みました。",
            places, "\n".join(texts),
        )  # fmt: skip


def _plain(text: str) -> str:
    """Its characters without bullets and what stands between names, in whatever order."""
    return "".join(sorted(c for c in text if c not in _SIGNS))


def _title(draft: Draft) -> str:
    return draft.text("name").replace("\n", "")


def _lonely(draft: Draft) -> Doubt:
    return Doubt(
        f"再掲「{_title(draft)}」の、もとの取組が見つかりません。取り込んでいません。",
        (draft.values[0].place,), "\n".join(v.text for v in draft.values),
    )  # fmt: skip


def _in_order(found: list[Found], rows: list[Draft], forms: list[Draft]) -> list[Found]:
    """The order of a list, if one names them all; else that of the documents."""
    place = {id(draft): n for n, draft in enumerate(rows)}
    keyed = [min((place[id(d)] for d in f.drafts if id(d) in place), default=-1) for f in found]
    if not forms or not rows or min(keyed, default=-1) < 0:
        return found
    return [f for _, f in sorted(zip(keyed, found, strict=True), key=lambda pair: pair[0])]
