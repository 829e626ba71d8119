"""The words by which labels are known: data (`resources/intake/words.toml`), compared folded.

Folded text has no blanks, brackets or differences of width; 人財 and 人材 are one word.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Final

from app.forms.marks import MARK

NAME: Final = "name"
KPIS: Final = "kpis"
YEARS: Final = "years."
KPI: Final = "kpi."
TEXTS: Final = "texts."
IGNORED: Final = "-"
"""The field of what is neither kept nor missed, as the number of a page."""

_PLAIN_FIELDS: Final = (
    *("name", "number", "departments", "pillar", "category", "categories"),
    *("status", "status_note", "new_label", "desired_states"),
)
_BLANK: Final = re.compile(r"[\s\u3000\u200b\ufeff_]+")
_PAIRS: Final = ("【】", "[]", "〔〕", "<>", "〈〉", "《》", "≪≫", "「」", "『』", "()", "＜＞")
_EDGES: Final = re.compile(r"^[■□◆◇●○▼★☆・※*\-]+|[:;*.。、・]+$")
_NUMBERED: Final = re.compile(
    r"^(?:\(?[0-9]{1,2}[.)、]|[0-9]{1,2}(?=[^0-9年月期つ.\-])|[①-⑳]|[ivx]{1,4}[.)、]|\(?[ア-オ][.)、])"
    r"[.)、]?(?=[^0-9])"
)
_BRACKETED: Final = re.compile(r"[(（〔\[<〈【][^()（）〔〕\[\]<>〈〉【】]*[)）〕\]>〉】]$")
_GROUP: Final = re.compile(r"\{([^}]*)\}")
_LABELS: Final = ("whole", "yearly", "indicator", "ignored")
LONGEST_LABEL: Final = 30
LONGEST_ADDITION: Final = 10


def fold(text: str) -> str:
    """Text for comparing: one width, no blanks, no bold marks, small letters, 財 as 材."""
    plain = unicodedata.normalize("NFKC", text.replace(MARK, ""))
    return _BLANK.sub("", plain).lower().replace("人財", "人材")


def bare(text: str) -> str:
    """A label without blanks and brackets around it, folded."""
    folded, before = fold(text), ""
    while folded != before:
        before, folded = folded, _EDGES.sub("", folded)
        if any(folded.startswith(pair[0]) and folded.endswith(pair[1]) for pair in _PAIRS):
            folded = folded[1:-1]
    return folded


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for: a field of the whole initiative, of a year, of an indicator."""

    whole: str = ""
    yearly: str = ""
    indicator: str = ""

    @property
    def field(self) -> str:
        """The field if nothing else is known."""
        return self.whole or self.yearly or self.indicator

    def within(self, other: "Label") -> "Label":
        """Both meanings, this one first."""
        return Label(
            self.whole or other.whole,
            self.yearly or other.yearly,
            self.indicator or other.indicator,
        )


@dataclass(frozen=True)
class Words:
    """All words, and what a person added to them (`app.intake.cell_map`).

    `long` names the field that a label stands for if its text is long: 現状 is a status or a text.
    """

    labels: Mapping[str, Label]
    skipped: Mapping[str, tuple[str, ...]]
    badges: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, str]
    long: Mapping[str, str]
    added: Mapping[str, str] = field(default_factory=dict)

    def label(self, text: str) -> Label | None:
        """What a whole text stands for as a label; None if it is none."""
        if not text or len(text) > 2 * LONGEST_LABEL or _has_text_below(text):
            return None
        for form in _forms(text):
            if form in self.added:
                return _added(self.added[form])
            if form in self.labels:
                return self.labels[form]
        return None

    def with_added(self, added: Mapping[str, str]) -> "Words":
        """These words and more: folded label → field, "" for a text that is no label."""
        return replace(self, added={**self.added, **added}) if added else self

    def is_skipped(self, kind: str, title: str) -> bool:
        """Whether a title begins or ends with a word of this kind of what is left out."""
        plain = bare(title)
        return any(plain.startswith(w) or plain.endswith(w) for w in self.skipped[kind])

    def is_total(self, text: str) -> bool:
        """Whether a row that begins with this text is a sum."""
        return bare(text) in self.skipped["totals"]

    def is_placeholder(self, text: str) -> bool:
        """Whether a name only holds a place open."""
        plain = fold(text)
        return any(plain.startswith(word) for word in self.skipped["placeholders"])

    def badge(self, text: str) -> bool:
        """Whether a text is nothing but 新規掲載 or the like."""
        return bare(text) in self.badges["new_label"]

    def mark(self, text: str) -> str | None:
        """`start` or `continue` for ● or →; None for anything else."""
        return self.marks.get(fold(text))

    @cached_property
    def again(self) -> re.Pattern[str]:
        """再掲, with brackets around it."""
        words = "|".join(map(re.escape, self.badges["again"]))
        return re.compile(rf"[（(【\[〔<＜]?\s*(?:{words})\s*[）)】\]〕>＞]?")

    @cached_property
    def new_prefix(self) -> re.Pattern[str]:
        """【新規掲載】 in front of a name or behind it."""
        words = "|".join(map(re.escape, self.badges["new_label"]))
        return re.compile(
            rf"^\s*[【\[〔<＜(（]\s*({words})\s*[】\]〕>＞)）]\s*|\s*[【\[〔]\s*({words})\s*[】\]〕]\s*$"
        )


def _added(field_name: str) -> Label | None:
    if not field_name:
        return None
    if field_name.startswith(YEARS):
        return Label(yearly=field_name)
    if field_name.startswith(KPI) or field_name == KPIS:
        return Label(indicator=field_name)
    return Label(whole=field_name)


def _has_text_below(text: str) -> bool:
    """Whether a text goes on below a label, as （検討中） in the line under 【目標】."""
    first, _, rest = text.strip().partition("\n")
    below = fold(rest)
    if not below or not below.startswith("("):
        return bool(below) and bare(first) != fold(first) and fold(first)[-1:] in "】]〕>〉》≫』"
    return bare(first) != fold(first) or len(below) > LONGEST_ADDITION or "年度" in below


def _forms(text: str) -> Iterator[str]:
    """The ways to look a label up: as it is, without its number, without what is in brackets."""
    plain = bare(text)
    for form in (plain, bare(_BRACKETED.sub("", plain)), bare(_BRACKETED.sub("", fold(text)))):
        yield form
        unnumbered = _NUMBERED.sub("", form)
        if unnumbered != form:
            yield bare(unnumbered)


def read_words(toml: str) -> Words:
    """The words of a TOML text."""
    data = tomllib.loads(toml)
    labels: dict[str, Label] = {}
    for kind in _LABELS:
        for name, patterns in data[kind].items():
            for word in expanded(patterns):
                labels[word] = labels.get(word, Label()).within(_label(kind, name))
    return Words(
        labels,
        {kind: _folded(words) for kind, words in data["skipped"].items()},
        {kind: tuple(words) for kind, words in data["badges"].items()},
        {fold(sign): mark for mark, signs in data["marks"].items() for sign in signs},
        {name: TEXTS + text for name, text in data["long"].items()},
    )


def _label(kind: str, name: str) -> Label:
    if kind == "whole":
        return Label(whole=name if name in _PLAIN_FIELDS else TEXTS + name)
    if kind == "yearly":
        return Label(yearly=YEARS + name)
    if kind == "indicator":
        return Label(indicator=name if name == KPIS else KPI + name)
    return Label(whole=IGNORED)


def expanded(patterns: Iterable[str]) -> Iterator[str]:
    """All words of patterns such as `{取組|事業}名`, folded."""
    for pattern in patterns:
        parts = _GROUP.split(pattern)
        choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
        for words in product(*choices):
            yield bare("".join(words))


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    # A word that is nothing but brackets and dots, as ○○, has no other form.
    return tuple(bare(word) or fold(word) for word in words)
