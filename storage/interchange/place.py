"""Where in an interchange file something is wrong, in words a person can follow."""

from typing import Any, Final

from app.plan.kinds import KINDS

Place = tuple[str | int, ...]
"""Keys and places in lists from the top, as ("initiatives", 2, "years", 0, "mark")."""

_LONGEST: Final = 30


class MisfitError(Exception):
    """What stands at a place is not what the format wants there.

    `what` ends a sentence that begins with the place, as 「が数ではありません」.
    """

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(place, what)
        self.place, self.what = place, what

    def within(self, *outer: str | int) -> "MisfitError":
        """The same, its place seen from further out."""
        return MisfitError((*outer, *self.place), self.what)


def place_words(document: Any, place: Place) -> str:
    """取組3件目（No.1-3）の「years」2件目の「mark」."""
    words: list[str] = []
    things: dict[Place, str] = {(kind.key,): kind.word for kind in KINDS.children()}
    node = document
    for depth, step in enumerate(place):
        above = node
        node = _within(node, step)
        if isinstance(step, str):
            words.append(f"「{short(step)}」")
        elif isinstance(above, list) and words:
            thing = things.get(place[:depth], words[-1])
            words[-1] = f"{thing}{step + 1}件目{_called(node, depth)}"
    return "の".join(words) or "ファイルの全体"


def _within(node: Any, step: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _called(node: Any, depth: int) -> str:
    """（No.1-3） or （窓口）, for what stands in a list at the top of the file."""
    if depth != 1 or not isinstance(node, dict):
        return ""
    number, name = node.get("number"), node.get("name")
    if isinstance(number, str) and number:
        return f"（No.{short(number)}）"
    return f"（{short(name)}）" if isinstance(name, str) and name else ""


def short(text: str) -> str:
    """A text from a file, fit to stand inside a sentence."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
