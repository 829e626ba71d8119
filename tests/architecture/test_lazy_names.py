"""A name in a table ("module:function") is an import: it resolves, and keeps layers and cycles."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from app.lazy import load

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "storage", "ui", "resources")
NAME = re.compile(r"(app|storage|ui|resources)(\.\w+)+:\w+")
MAY_NAME = {"app": {"app"}, "storage": {"storage", "app", "resources"}, "ui": set(ROOMS)}


def lazy_names() -> Iterator[tuple[str, str]]:
    """(module that holds it, name) of every lazy name in the source."""
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and NAME.fullmatch(text):
                    yield module, text


LAZY = sorted(set(lazy_names()))


def cycles(extra: list[tuple[str, str]]) -> list[str]:
    """The modules of a cycle of imports, lazy ones included; empty if there is none."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    arrows = {
        module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules
    }
    for source, target in extra:
        arrows[source].add(target)
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_are_lazy_names() -> None:
    assert len(LAZY) > 10


@pytest.mark.parametrize(("holder", "name"), LAZY)
def test_every_lazy_name_is_there(holder: str, name: str) -> None:
    assert callable(load(name))
    assert name.partition(".")[0] in MAY_NAME[holder.partition(".")[0]]


def test_no_file_imports_itself_by_way_of_others() -> None:
    assert cycles([(holder, name.partition(":")[0]) for holder, name in LAZY]) == []


def test_a_lazy_name_can_close_a_cycle() -> None:
    assert cycles([("app.errors", "app.session")]) != []
