"""What a workbook says that has come back, before it is held against the plan (`reading`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.forms.fields import Target


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a worksheet came from: ids of plan and initiative; "" if it does not say so."""

    plan: str = ""
    initiative: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One field as it came back: `base` was issued, `theirs` is what stands there now.

    Both are as printed, bold marked; `item` is the bullet of a list. `sheet` and `cell`
    say where it stands. Of a worksheet that was moved into another book only the `fingerprint`
    of what was issued is known, and `base` is None.
    """

    target: Target
    item: str
    base: str | None
    theirs: str
    sheet: str
    cell: str
    origin: Origin = Origin()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A place that could not be read, and why, in Japanese; `text` is what stands there."""

    sheet: str
    cell: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What to know, in Japanese, of a place that was read."""

    sheet: str
    cell: str
    what: str


@dataclass(frozen=True, slots=True)
class CopiedSheet:
    """A worksheet that somebody copied within the book and filled in: its fields as they stand.

    People make a new initiative so. `texts` are as printed, with the bullet of each list.
    """

    title: str
    origin: Origin
    texts: Mapping[Target, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook says: a field each, what could not be read, and what to know of the rest."""

    answers: tuple[Answer, ...] = ()
    unread: tuple[Unread, ...] = ()
    remarks: tuple[Remark, ...] = ()
    copies: tuple[CopiedSheet, ...] = ()
