"""A cell that bears its own label, as its first line or in brackets: 【事業概要】 and its text."""

import re
from dataclasses import dataclass
from typing import Final

from app.forms.marks import MARK
from app.intake.words import LONGEST_LABEL, Label, Words

_HEADED: Final = re.compile(
    rf"^\s*([【〈《≪＜\[〔■□◆◇●○▼]\s*.{{1,{LONGEST_LABEL}}}?[】〉》≫＞\]〕]?)\s*$"
)
_INLINE: Final = re.compile(
    rf"^\s*[【〈《≪＜\[〔]([^】〉》≫＞\]〕]{{1,{LONGEST_LABEL}}})[】〉》≫＞\]〕]\s*(\S.*)$"
)
_COLON: Final = re.compile(r"^\s*([^:：。、]{1,15})[:：]\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Section:
    """A label inside a cell and the text under it."""

    label: Label
    head: str
    text: str


def sections(text: str, words: Words) -> tuple[Section, ...]:
    """The labelled parts of a text; none if its first line is no label."""
    lines = text.strip("\n").split("\n")
    first = _head(lines[0], words, bare=len(lines) > 1)
    if first is None:
        return ()
    found = [(first[0], first[1], [first[2]] if first[2] else [])]
    kind = first[3]
    nested = False
    for line in lines[1:]:
        head = _head(line, words, bare=False)
        # A head right under the first is one within its text.
        is_within = len(found) == 1 and not "".join(found[0][2]).strip()
        if head and head[3] == kind and head[0] != found[-1][0] and not (is_within or nested):
            found.append((head[0], head[1], [head[2]] if head[2] else []))
        else:
            nested = nested or bool(head and is_within)
            found[-1][2].append(line)
    return tuple(Section(label, head, "\n".join(rest)) for label, head, rest in found)


def head_of(line: str, words: Words) -> tuple[Label, str] | None:
    """The label that a line of running text is or begins with, and what follows it in the line.

    A label without brackets must be all of the line.
    """
    head = _head(line, words, bare=True)
    return (head[0], head[2]) if head else None


def _head(line: str, words: Words, bare: bool) -> tuple[Label, str, str, str] | None:
    """The label of a line, its words, the text behind it, and how it is marked."""
    plain = line.replace(MARK, "")
    if (found := _HEADED.match(plain)) and (label := words.label(found[1])):
        return label, found[1], "", "bracket"
    if (found := _INLINE.match(plain)) and (label := words.label(found[1])):
        return label, found[1], _after(line, found[2]), "bracket"
    if (found := _COLON.match(plain)) and (label := words.label(found[1])):
        return label, found[1], _after(line, found[2]), "colon"
    if bare and (label := words.label(plain)):
        return label, plain.strip(), "", "bare"
    return None


def _after(line: str, plain_rest: str) -> str:
    """What follows the label of a line, with its bold marks."""
    if MARK not in line:
        return plain_rest
    at = line.find(plain_rest[:1], max(line.find(c) for c in "】〉》≫＞]〕:：") + 1)
    rest = line[at:] if at >= 0 else plain_rest
    return rest if rest.count(MARK) % 2 == 0 else plain_rest
