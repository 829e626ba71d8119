"""`plan.identity` of an interchange file: which state of which plan it was exported from."""

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final

from app.changes.parting.state_name import StateName
from app.plan.entities import Profile
from storage.interchange import fields as read
from storage.interchange.fields import Node
from storage.interchange.place import MisfitError
from storage.interchange.shape import Origin

IDENTITY: Final = "identity"
_PLAN: Final = "plan"


def read_name(document: Node) -> StateName | None:
    """The state that a file names, None for one that names none.

    Raises MisfitError if what it says is none.
    """
    plan = document.get(_PLAN)
    found = plan.get(IDENTITY) if isinstance(plan, dict) else None
    if found is None:
        return None
    place = (_PLAN, IDENTITY)
    try:
        found = read.node(found)
    except MisfitError as error:
        raise error.within(*place) from None
    return StateName(
        _word(found, "plan", place),
        _word(found, "entry", place),
        _cell(found, "entries", 0, place),
        _cell(found, "log", "", place),
    )


def _word(node: Node, key: str, place: tuple[str, ...]) -> str:
    if node.get(key) is None:
        raise MisfitError((*place, key), "がありません")
    word: str = _cell(node, key, "", place)
    if not word:
        raise MisfitError((*place, key), "が、空です")
    return word


def _cell(node: Node, key: str, usual: Any, place: tuple[str, ...]) -> Any:
    value = node.get(key)
    if value is None:
        return usual
    try:
        return read.text(value) if isinstance(usual, str) else read.number(value)
    except MisfitError as error:
        raise error.within(*place, key) from None


def written_name(name: StateName) -> Node:
    """The name of a state as a file has it."""
    return asdict(name)


def without_name(profile: Profile) -> Origin:
    """What the block `plan` came with, but for the state that it named: that is another by now."""
    extra: Node = json.loads(profile.extra)
    if extra.get(IDENTITY) is None and IDENTITY in extra:
        return Origin(profile.keys, profile.extra)
    extra.pop(IDENTITY, None)
    keys = tuple(key for key in profile.keys if key != IDENTITY)
    return Origin(keys, json.dumps(extra, ensure_ascii=False) if extra else "{}")


def content_digest(document: Node) -> str:
    """A SHA-256 (hex) of what a file says, but for the state that it names.

    Order and spaces do not count: it is the same on every PC and in every version.
    """
    plan = document.get(_PLAN)
    plan = {k: v for k, v in plan.items() if k != IDENTITY} if isinstance(plan, dict) else plan
    text = json.dumps({**document, _PLAN: plan}, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
