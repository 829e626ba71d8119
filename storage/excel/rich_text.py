"""Text in runs, as Excel keeps what is partly bold, struck through, or set high or low."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from app.forms.marks import Marked, Span, marked
from storage.excel.issue import unescaped
from storage.excel.parts import local
from storage.excel.style_table import PLAIN_LETTERS, Letters, letters_of

# 見え消し: what is struck through no longer holds.
_STRUCK: Final = "線で消された「{}」を除いて読みました"
_ALL_STRUCK: Final = "全体が線で消されているため、空として読みました（「{}」）"
_HIGH: Final = "上付き・下付きの文字「{}」を、ふつうの大きさで読みました"
_SUPER: Final = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_SUB: Final = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_MOST_TOLD: Final = 60


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks alike."""

    text: str
    letters: Letters = PLAIN_LETTERS


@dataclass(frozen=True, slots=True)
class LiveText:
    """The text that holds, bold marked, and what a person should know of it."""

    text: str
    remark: str = ""


def runs_of(holder: Element, usual: Letters) -> Iterator[Run]:
    """The runs of a text (`is`, `si`); furigana is no part of it.

    A run that says nothing of its looks has the `usual` ones.
    """
    for child in holder:
        name = local(child)
        if name == "t" and child.text:
            yield Run(unescaped(child.text), usual)
        elif name == "r":
            font = next((e for e in child if local(e) == "rPr"), None)
            text = "".join(e.text or "" for e in child if local(e) == "t")
            yield Run(unescaped(text), usual if font is None else letters_of(font))


def live_text(runs: Sequence[Run]) -> LiveText:
    """The text without what is struck through; digits set high or low become ², ₂."""
    struck = "".join(run.text for run in runs if run.letters.is_struck)
    plain, told_high = "", ""
    bold: list[Span] = []
    for run in runs:
        if run.letters.is_struck:
            continue
        text = _set_high(run)
        told_high += run.text if run.letters.script and text == run.text else ""
        if run.letters.is_bold and text:
            bold.append((len(plain), len(plain) + len(text)))
        plain += text
    remarks = []
    if struck.strip():
        is_all = not plain.strip()
        remarks.append((_ALL_STRUCK if is_all else _STRUCK).format(short_words(struck)))
    if told_high.strip():
        remarks.append(_HIGH.format(short_words(told_high)))
    return LiveText(marked(Marked(plain, tuple(_trimmed(plain, bold)))), "。".join(remarks))


def _set_high(run: Run) -> str:
    table = {"super": _SUPER, "sub": _SUB}.get(run.letters.script, {})
    if run.text and all(letter in table or letter.isspace() for letter in run.text):
        return "".join(table.get(letter, letter) for letter in run.text)
    return run.text


def short_words(words: str) -> str:
    """Words in one line, cut if they are many."""
    line = words.strip().replace("\n", " ")
    return line if len(line) <= _MOST_TOLD else f"{line[: _MOST_TOLD - 1]}…"


def _trimmed(plain: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Bold spans that touch as one, without the line ends that programs push into them."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            start = joined.pop()[0]
        joined.append((start, end))
    for start, end in joined:
        inner = plain[start:end]
        first = start + len(inner) - len(inner.lstrip("\n"))
        last = end - (len(inner) - len(inner.rstrip("\n")))
        if first < last:
            yield first, last
