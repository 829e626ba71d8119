"""The drawing in docs/architecture.md is the house as it stands, its arrows the contracts."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DRAWING = PAGE.partition("```text\n")[2].partition("\n```")[0].splitlines()
TITLE = re.compile(r"┌─ (\w+)/[^┐]*┐")
NAME = re.compile(r"\w+(?:/|\.py)")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
ROOMS, APP, NAMES_STORAGE = CONTRACTS[:3]


def box(room: str) -> list[str]:
    """The rows inside the box of a room."""
    top, title = next(
        (number, match)
        for number, line in enumerate(DRAWING)
        for match in TITLE.finditer(line)
        if match[1] == room
    )
    left, right = title.start(), title.end()
    rows = [line[left:right] for line in DRAWING[top + 1 :]]
    return rows[: next(n for n, row in enumerate(rows) if row.startswith("└"))]


def packages(room: str) -> set[str]:
    """Every package of a room, without the room itself."""
    found = (ROOT / room).rglob("__init__.py")
    return {file.parent.name for file in found} - {room}


def arrows() -> set[tuple[str, str]]:
    """(what the arrow begins at, the room it leads to), as drawn."""
    found = set()
    for number, line in enumerate(DRAWING):
        for match in re.finditer("┬", line):
            found.add((begins_at(number, match.start()), leads_to(number, match.start())))
    return found


def begins_at(bottom: int, column: int) -> str:
    """The room whose lower edge this is; of a room in two parts, the one above the arrow."""
    top = max(number for number in range(bottom) if title_at(DRAWING[number], column))
    room = title_at(DRAWING[top], column)
    cells = box(room)[0].split("│")[1:-1]
    if len(cells) == 1:
        return room
    is_left = column <= len(cells[0])
    return re.sub(r"/$|\.py$", "", NAME.findall(cells[0 if is_left else 1])[0])


def leads_to(bottom: int, column: int) -> str:
    """The room under the tip of the arrow that begins in this column."""
    number = bottom + 1
    while DRAWING[number][column] == "│":
        number += 1
    assert DRAWING[number][column] == "▼", f"no tip under {DRAWING[bottom]}"
    return title_at(DRAWING[number + 1], column)


def title_at(line: str, column: int) -> str:
    found = (match for match in TITLE.finditer(line) if match.start() <= column < match.end())
    return next((match[1] for match in found), "")


@pytest.mark.parametrize("room", ["ui", "storage", "app", "resources"])
def test_every_name_in_a_box_is_there(room: str) -> None:
    names = set(NAME.findall("\n".join(box(room))))
    assert names
    for name in names:
        assert any((ROOT / room).rglob(name.rstrip("/"))), name


@pytest.mark.parametrize("room", ["ui", "storage", "app", "resources"])
def test_every_package_is_in_the_box_of_its_room(room: str) -> None:
    drawn = {name.rstrip("/") for name in NAME.findall("\n".join(box(room)))}
    assert packages(room) <= drawn


def test_rooms_stand_as_the_contract_has_them() -> None:
    drawn = [" | ".join(m[1] for m in TITLE.finditer(line)) for line in DRAWING]
    assert [line for line in drawn if line] == ROOMS["layers"]


def test_the_rows_of_app_are_the_layers_of_app() -> None:
    first = [re.match(r"│ ([\w/.]+(?: \| [\w/.]+)*)", row) for row in box("app")]
    rows = [re.sub(r"/|\.py", "", match[1]) for match in first if match]
    assert rows == APP["layers"]


def test_arrows_are_what_the_contracts_allow() -> None:
    allowed = {
        source.removeprefix("ui.").partition(".")[0]
        for source in (line.partition(" -> ")[0] for line in NAMES_STORAGE["ignore_imports"])
    }
    parts = {"desktop", "cli"}
    assert arrows() == {
        *((part, "storage") for part in allowed),
        *((part, "app") for part in parts - allowed),
        ("storage", "app"),
    }


def test_every_function_the_page_names_in_a_file_is_in_it() -> None:
    named = re.findall(r"`(\w+)(?:\.\w+)?(?:\([^`]*\))?` \(`([\w/]+\.py)`\)", PAGE)
    assert len(named) > 10
    for name, file in named:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"\b(def|class) {name}\b|^{name}\b", text, re.MULTILINE), (name, file)
