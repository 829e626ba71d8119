"""The open format `keikaku-plan` version 1 (JSON) ⇄ `Plan`, without loss.

Every key that came in goes out again, unknown ones too, in the order it came. The one thing
added is the stage of a card that came without one (`app.plan.board.stages`).
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import uuid4

from app.changes.parting.state_name import StateName
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.errors import KeikakuError
from app.plan.entities import Entity, Profile
from app.plan.kinds import KINDS, NO_PARENT
from app.plan.periods.terms import term_when_issued
from app.plan.plan import Plan
from app.ports import Imported
from storage.interchange import shapes
from storage.interchange.fields import Node, node
from storage.interchange.identity import (
    IDENTITY,
    content_digest,
    read_name,
    without_name,
    written_name,
)
from storage.interchange.place import MisfitError, place_words
from storage.interchange.reading import FORMAT, VERSION, Reading
from storage.interchange.shape import Origin, write_fields
from storage.interchange.text import Parsed, dump
from storage.safe_io import write_bytes

_TERM: Final = "term"


def read_interchange(data: bytes) -> Imported:
    """Read a file. Raises KeikakuError that names the place of the first thing wrong in it.

    The plan is the one that the file says it was exported from; without that it gets an id (UUID)
    of its own.
    """
    parsed = Parsed(data)
    try:
        parsed.check()
        document = node(parsed.document)
        name = read_name(document)
        reading = Reading(name.plan if name else str(uuid4()))
        plan = reading.plan(document)
    except MisfitError as error:
        place = place_words(parsed.document, error.place)
        raise KeikakuError(f"{place}{error.what}。取り込みは行っていません。") from error
    cleaned = tuple(
        f"{place_words(parsed.document, place)}の"
        f"使えない文字{count}字を、取り除くか改行に直しました。"
        for place, count in parsed.cleaned
    )
    placed = tuple(plan.initiatives[id] for id in reading.placed)
    return Imported(plan, placed, cleaned, name, content_digest(document))


def interchange_bytes(plan: Plan, name: StateName | None = None) -> bytes:
    """The plan as a file. What came from a file goes out as it came.

    `name` says which state of the plan it is, None does not say.
    """
    return dump(_document(plan, name)).encode()


def as_imported(plan: Plan) -> Plan:
    """The plan as it is after an export and an import: its rows are numbered anew."""
    return read_interchange(interchange_bytes(plan, StateName(plan.profile.id, "-"))).plan


def _document(plan: Plan, name: StateName | None) -> Node:
    profile = plan.profile
    own, identity = without_name(profile), {IDENTITY: written_name(name)} if name else {}
    vocabulary = Origin(profile.vocabulary_keys, profile.vocabulary_extra)
    structure = {
        "format": FORMAT,
        "version": VERSION,
        "plan": write_fields(shapes.PLAN, _with_term(profile), identity, own),
        "vocabulary": write_fields(shapes.VOCABULARY, profile, {}, vocabulary),
        **_children(plan, NO_PARENT, NO_PARENT),
    }
    file = Origin(profile.file_keys, profile.file_extra)
    return write_fields(shapes.file_shape(), profile, structure, file)


def _with_term(profile: Profile) -> Profile:
    """The profile, with the usual term if none came and reading finds the plan's by itself."""
    came = _TERM in profile.keys and _TERM not in json.loads(profile.extra)
    found = term_when_issued(profile.issued, profile.first_fiscal_year, profile.term_years)
    return profile if came or profile.term != found else replace(profile, term=1)


def _children(plan: Plan, kind: str, id: str) -> Node:
    """The lists of what hangs on an entity, or on the plan itself, by their keys."""
    return {
        child.key: [_written(plan, child.name, each) for each in plan.table(child.name).under(id)]
        for child in KINDS.children(kind)
    }


def _written(plan: Plan, kind: str, entity: Entity) -> Node:
    shape = shapes.shape_of(kind)
    structure = _children(plan, kind, entity.id)
    if shape.id_key:
        structure[shape.id_key] = entity.id
    return write_fields(shape, entity, structure, Origin(entity.keys, entity.extra))


def write_data(order: Order, target: Path, tell: Progress) -> None:
    """Write the plan in the open format, whole or not at all. Raises KeikakuError."""
    write_bytes(target, interchange_bytes(order.plan, order.state))
