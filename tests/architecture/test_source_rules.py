"""Every file keeps the rules of the house, and every rule is seen to fail when it is broken."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import source_rules as rules
from tests.architecture.source_rules import RULES, Source

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "storage", "ui", "resources")
Rule = Callable[[Source], Iterator[str]]


@cache
def program() -> list[Source]:
    files = [*ROOT.glob("*.py"), *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]
    return [
        Source(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
        for file in files
    ]


@pytest.mark.parametrize("rule", RULES)
def test_the_program_keeps_the_rule(rule: Rule) -> None:
    sources = program()
    assert {source.path.partition("/")[0] for source in sources} == {
        *ROOMS,
        *("dev.py", "parts.py", "release.py"),
    }
    found = [f"{source.path}:{broken}" for source in sources for broken in rule(source)]
    assert found == []


def nested(levels: int) -> str:
    lines = ["    " * level + "if level:" for level in range(1, levels + 1)]
    return "\n".join(["def act(level):", *lines, "    " * (levels + 1) + "return 1", ""])


def function(lines: int) -> str:
    return "def act():\n" + "    act()\n" * (lines - 1)


def class_of(methods: int) -> str:
    return "class Card:\n" + "".join(f"    def act_{n}(self): ...\n" for n in range(methods))


ELIFS = "def act(n):\n    if n:\n        pass\n" + "    elif n > 1:\n        pass\n" * 9
SWALLOWED = "try:\n    act()\nexcept {}:\n    {}\n"

RAISING = 'def find():\n    """{}"""\n    if True:\n        raise KeyError("x")\n'

BROKEN: list[tuple[Rule, str, str]] = [
    (rules.app_uses_the_standard_library_only, "app/session.py", "import click"),
    (
        rules.app_uses_the_standard_library_only,
        "app/plan/plan.py",
        "from resources import resource",
    ),
    (rules.packages_stay_at_home, "ui/cli.py", "from PySide6 import QtWidgets"),
    (rules.packages_stay_at_home, "app/forms/sheet.py", "def f():\n    import PySide6.QtGui"),
    (rules.packages_stay_at_home, "storage/excel/cells.py", "from openpyxl import Workbook"),
    (rules.packages_stay_at_home, "storage/excel/cells.py", "import lxml.etree"),
    (rules.packages_stay_at_home, "storage/outputs.py", "import xlsxwriter"),
    (rules.packages_stay_at_home, "app/documents/book/book.py", "import reportlab.pdfgen.canvas"),
    (rules.packages_stay_at_home, "ui/desktop/board/view.py", "import sqlite3"),
    (
        rules.sql_stays_in_the_plan_file,
        "storage/interchange/interchange.py",
        "q = 'SELECT id FROM card'",
    ),
    (
        rules.sql_stays_in_the_plan_file,
        "storage/document/backups.py",
        "def f(t):\n    return f'VACUUM {t}'",
    ),
    (
        rules.sql_stays_in_the_plan_file,
        "app/session.py",
        "def f(t):\n    return f'DELETE FROM {t}'",
    ),
    (rules.sql_stays_in_the_plan_file, "ui/cli.py", "def f(db):\n    db.execute(QUERY)"),
    (rules.looking_for_a_file_never_fails, "storage/x.py", "found = filter(Path.exists, paths)"),
    (
        rules.looking_for_a_file_never_fails,
        "storage/safe_io.py",
        "def f(p):\n    return p.exists()",
    ),
    (
        rules.looking_for_a_file_never_fails,
        "ui/cli.py",
        "def f(p):\n    return (p / 'a').is_file()",
    ),
    (
        rules.rows_are_never_replaced_or_ignored,
        "storage/plan_file/plan_file.py",
        "t.insert(row, replace=True)",
    ),
    (
        rules.rows_are_never_replaced_or_ignored,
        "storage/plan_file/plan_file.py",
        "t.insert(row, alter=True)",
    ),
    (
        rules.rows_are_never_replaced_or_ignored,
        "storage/plan_file/plan_file.py",
        "table.transform()",
    ),
    (rules.no_socket_is_opened, "storage/document/publish.py", "import socket"),
    (rules.no_socket_is_opened, "ui/cli.py", "from urllib.request import urlopen"),
    (rules.no_socket_is_opened, "ui/cli.py", "from http import client"),
    (rules.no_socket_is_opened, "ui/desktop/jobs.py", "from PySide6 import QtNetwork"),
    (rules.names_say_what_a_thing_is, "app/plan/text_utils.py", ""),
    (rules.names_say_what_a_thing_is, "ui/helpers/board.py", ""),
    (rules.names_say_what_a_thing_is, "ui/desktop/board.py", "class CardManager: ..."),
    (
        rules.what_is_typed_into_is_a_field,
        "ui/desktop/settings/plan_facts.py",
        "from PySide6.QtWidgets import QFrame, QLineEdit",
    ),
    (
        rules.what_is_typed_into_is_a_field,
        "ui/desktop/bars/tool_bar.py",
        "from PySide6 import QtWidgets\nQtWidgets.QPlainTextEdit()",
    ),
    (
        rules.what_is_typed_into_is_a_field,
        "ui/desktop/board/lane_model.py",
        "def flags(self):\n    return Qt.ItemFlag.ItemIsEditable",
    ),
    (
        rules.what_is_typed_into_is_a_field,
        "ui/desktop/board/lane_view.py",
        "class D:\n    def createEditor(self): ...",
    ),
    (rules.tool_tips_are_plain, "ui/desktop/parts.py", "def f(w, t):\n    w.setToolTip(t)"),
    (rules.tool_tips_are_plain, "ui/desktop/parts.py", "def f(w, t):\n    w.setToolTip(f'{t}')"),
    (rules.sizes_stay_small, "app/plan/plan.py", "x = 1\n" * 401),
    (rules.sizes_stay_small, "app/plan/plan.py", function(41)),
    (rules.sizes_stay_small, "app/plan/plan.py", class_of(20)),
    (rules.sizes_stay_small, "app/plan/plan.py", nested(4)),
    (rules.packages_export_nothing_again, "app/__init__.py", "from app.session import Session"),
    (rules.packages_export_nothing_again, "app/plan/__init__.py", "from .plan import Plan"),
    (
        rules.no_error_is_swallowed,
        "storage/document/lock.py",
        SWALLOWED.format("Exception", "pass"),
    ),
    (
        rules.no_error_is_swallowed,
        "storage/document/lock.py",
        "try:\n    act()\nexcept:\n    pass\n",
    ),
    (rules.what_is_raised_is_said, "app/plan/plan.py", RAISING.format("Find it.")),
]

KEPT: list[tuple[Rule, str, str]] = [
    (rules.app_uses_the_standard_library_only, "app/session.py", "import json, app.errors"),
    (
        rules.app_uses_the_standard_library_only,
        "storage/plan_file/plan_file.py",
        "import sqlite_utils",
    ),
    (rules.packages_stay_at_home, "ui/desktop/main_window.py", "from PySide6 import QtWidgets"),
    (
        rules.looking_for_a_file_never_fails,
        "storage/x.py",
        "def f(p):\n    return os.path.exists(p) or safe_io.is_there(p) or p.exists",
    ),
    (
        rules.tool_tips_are_plain,
        "ui/desktop/parts.py",
        "def f(w, t):\n    w.setToolTip(plain_tip(t))\n    w.setToolTip('条件を消す')",
    ),
    (
        rules.what_is_typed_into_is_a_field,
        "ui/desktop/fields/line_field.py",
        "from PySide6.QtWidgets import QLineEdit",
    ),
    (
        rules.sql_stays_in_the_plan_file,
        "storage/plan_file/plan_file.py",
        "q = 'SELECT id FROM card'",
    ),
    (rules.sql_stays_in_the_plan_file, "ui/cli.py", "message = '計画を選択してください。'"),
    (
        rules.rows_are_never_replaced_or_ignored,
        "storage/plan_file/migrations.py",
        "table.transform()",
    ),
    (
        rules.rows_are_never_replaced_or_ignored,
        "storage/excel/writing/sheet_writer.py",
        "a.replace('b', 'c')",
    ),
    (rules.no_socket_is_opened, "storage/safe_io.py", "from urllib.parse import quote"),
    (rules.names_say_what_a_thing_is, "app/forms/form.py", "class SheetInformation: ..."),
    (rules.sizes_stay_small, "app/plan/plan.py", "x = 1\n" * 400),
    (rules.sizes_stay_small, "app/plan/plan.py", function(40) + class_of(19) + nested(3)),
    (rules.sizes_stay_small, "app/plan/plan.py", ELIFS),
    (rules.packages_export_nothing_again, "resources/__init__.py", "from pathlib import Path"),
    (rules.no_error_is_swallowed, "storage/document/lock.py", SWALLOWED.format("KeyError", "pass")),
    (
        rules.no_error_is_swallowed,
        "storage/document/lock.py",
        SWALLOWED.format("Exception", "raise"),
    ),
    (rules.what_is_raised_is_said, "app/plan/plan.py", RAISING.format("Raises KeyError.")),
    (rules.what_is_raised_is_said, "ui/commands/book.py", RAISING.format("番号を付け直します。")),
]


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_a_broken_rule_is_seen(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_a_kept_rule_is_left_alone(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) == []


def test_every_rule_is_shown_to_fail_and_to_hold() -> None:
    assert {rule for rule, _, _ in BROKEN} == {rule for rule, _, _ in KEPT} == set(RULES)
