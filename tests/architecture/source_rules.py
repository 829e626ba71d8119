"""The rules of the house that a look at one file can check, one function each.

Each takes a `Source` and gives what breaks the rule, as `line: what`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Source:
    """A Python file: its path from the root of the project, with `/`, and its text."""

    path: str
    text: str

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of its syntax tree, the module first."""
        return tuple(ast.walk(ast.parse(self.text)))

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """(line, dotted name) of every import; `from a import b` gives a.b."""
        found: list[tuple[int, str]] = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = "." * node.level + (node.module or "")
                found += [(node.lineno, f"{start}.{alias.name}") for alias in node.names]
        return tuple(found)


def is_within(name: str, package: str) -> bool:
    """Whether a dotted name is this package or something inside it."""
    return name == package or name.startswith(package + ".")


def app_uses_the_standard_library_only(source: Source) -> Iterator[str]:
    """`app` imports itself and the standard library."""
    if source.path.startswith("app/"):
        for line, name in source.imports:
            package = name.partition(".")[0]
            if package != "app" and package not in sys.stdlib_module_names:
                yield f"{line}: {name} in app"


HOMES = {
    "PySide6": ("ui/desktop/",),
    "shiboken6": ("ui/desktop/",),
    # Tests read with these what the program writes: they must not be what it reads with.
    "openpyxl": (),
    "xlsxwriter": ("storage/excel/writing/",),
    "reportlab": ("storage/",),
    "python_calamine": ("storage/documents_in/",),
    "pypdfium2": ("storage/documents_in/",),
    "docx": ("storage/",),
    "lxml": (),
    "sqlite3": ("storage/",),
    "sqlite_utils": ("storage/",),
    "click": ("ui/cli.py", "ui/commands/"),
}


def packages_stay_at_home(source: Source) -> Iterator[str]:
    """Qt only in the window; Excel, PDF and SQLite in storage; click at the command line."""
    for line, name in source.imports:
        homes = HOMES.get(name.partition(".")[0])
        if homes is not None and not source.path.startswith(homes):
            yield f"{line}: {name} belongs to {' or '.join(homes) or 'tests'}"


SQL_HOMES = (
    "storage/plan_file/plan_file.py",
    "storage/plan_file/rows.py",
    "storage/plan_file/log_rows.py",
    "storage/plan_file/connections.py",
    "storage/plan_file/integrity.py",
    "storage/plan_file/migrations.py",
)
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|DROP\s+TABLE"
    r"|(CREATE|ALTER)\s+(TABLE|INDEX|VIEW|TRIGGER)|PRAGMA\s+\w|VACUUM|BEGIN\s+(IMMEDIATE|EXCLUSIVE))",
    re.DOTALL,
)
EXECUTES = ("execute", "executemany", "executescript")


def sql_stays_in_the_plan_file(source: Source) -> Iterator[str]:
    """SQL is written and executed in the plan file, its rows and its migrations only."""
    if source.path in SQL_HOMES:
        return
    for node in source.nodes:
        if isinstance(node, ast.JoinedStr | ast.Constant) and SQL.search(_text(node)):
            yield f"{node.lineno}: SQL"
        if isinstance(node, ast.Attribute) and node.attr in EXECUTES:
            yield f"{node.lineno}: .{node.attr}"


def _text(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_text(v) if isinstance(v, ast.Constant) else "x" for v in node.values)


LOSSY = ("replace", "ignore", "alter", "upsert")


def rows_are_never_replaced_or_ignored(source: Source) -> Iterator[str]:
    """sqlite-utils calls that lost or invented rows in a trial are not made (safety rules)."""
    if not source.path.startswith("storage/"):
        return
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg in LOSSY and _is_true(node.value):
            yield f"{node.value.lineno}: {node.arg}=True"
        is_call = isinstance(node, ast.Attribute) and node.attr in ("transform", "upsert")
        if is_call and source.path != "storage/plan_file/migrations.py":
            yield f"{node.lineno}: .{node.attr}"


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


NETWORK = (
    *("socket", "socketserver", "ssl", "http", "urllib.request", "xmlrpc", "webbrowser"),
    *("ftplib", "smtplib", "poplib", "imaplib", "requests", "httpx", "aiohttp", "urllib3"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
)


def no_socket_is_opened(source: Source) -> Iterator[str]:
    """The program has no network access of any kind."""
    for line, name in source.imports:
        if any(is_within(name, package) for package in NETWORK):
            yield f"{line}: {name} is networking"


BANNED_WORDS = {
    *("util", "utils", "helper", "helpers", "common", "misc"),
    *("manager", "managers", "handler", "handlers", "info", "infos"),
}


def names_say_what_a_thing_is(source: Source) -> Iterator[str]:
    """No module or class is called after nothing in particular."""
    stem = source.path.rpartition("/")[2].removesuffix(".py")
    folders = source.path.split("/")[:-1]
    for part in (*folders, stem):
        if BANNED_WORDS & set(part.lower().split("_")):
            yield f"1: the name {part}"
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            words = re.findall(r"[A-Z][a-z]*|[a-z]+", node.name)
            if BANNED_WORDS & {word.lower() for word in words}:
                yield f"{node.lineno}: the name {node.name}"


LOOKS = ("exists", "is_file", "is_dir")


def looking_for_a_file_never_fails(source: Source) -> Iterator[str]:
    """Files are looked for by `os.path` or `safe_io.is_there`.

    `Path.exists` and its like raise OSError for a name that is too long and in a folder that may
    not be searched, in some versions of Python.
    """
    if not source.path.startswith(("storage/", "ui/")):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and not node.args and _looks(node.func):
            yield f"{node.lineno}: {ast.unparse(node)}"
        if _looks(node) and ast.unparse(node).startswith("Path."):
            yield f"{node.lineno}: {ast.unparse(node)}"


def _looks(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in LOOKS


TYPED_INTO = {
    *("QLineEdit", "QTextEdit", "QPlainTextEdit", "QSpinBox", "QDoubleSpinBox", "QDateEdit"),
    *("QTimeEdit", "QDateTimeEdit", "QKeySequenceEdit", "QInputDialog", "QTableWidget"),
    *("QTableWidgetItem", "QStandardItem", "QStandardItemModel"),
    *("ItemIsEditable", "createEditor", "setEditable", "openPersistentEditor"),
}
"""What a person types into, or what lets Qt make such a thing."""
FIELDS_HOME = "ui/desktop/fields/"
KEEPS_NOTHING = {
    ("ui/desktop/bars/tool_bar.py", "QLineEdit"): "the search",
    ("ui/desktop/history/log_filter_bar.py", "QLineEdit"): "the search in the history",
    ("ui/desktop/help/help_window.py", "QLineEdit"): "the search in the manual",
    ("ui/desktop/editor/pick_dialog.py", "QLineEdit"): "looks an initiative up",
    ("ui/desktop/exchange/issue_dialog.py", "QLineEdit"): "a folder that is there",
    ("ui/desktop/settings/departments_widget.py", "QDateEdit"): "a day of the calendar",
    ("ui/desktop/dialogs/licence_dialog.py", "QPlainTextEdit"): "is only read",
    ("ui/desktop/editor/cell_field.py", "QTextEdit"): "the marks of a search only",
    ("ui/desktop/help/chapter_page.py", "QTextEdit"): "the marks of a search only",
    ("ui/desktop/settings/structure_widget.py", "ItemIsEditable"): "by a FieldDelegate",
    ("ui/desktop/list/table_model.py", "ItemIsEditable"): "by a FieldDelegate",
    ("ui/desktop/list/typing_delegate.py", "createEditor"): "a FieldDelegate: a pull-down else",
}
"""(file, name): why what is typed there is no word of a plan, or is kept all the same."""


def what_is_typed_into_is_a_field(source: Source) -> Iterator[str]:
    """What a person types into keeps it (`ui.desktop.pending_edits`): it comes from `fields`."""
    if not source.path.startswith("ui/desktop/") or source.path.startswith(FIELDS_HOME):
        return
    for node in source.nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        names += [node.attr] if isinstance(node, ast.Attribute) else []
        names += [node.name] if isinstance(node, Function) else []
        for name in names:
            if name in TYPED_INTO and (source.path, name) not in KEEPS_NOTHING:
                yield f"{getattr(node, 'lineno', 1)}: {name} is typed into and keeps nothing"


def tool_tips_are_plain(source: Source) -> Iterator[str]:
    """A tool tip that is not a constant goes through `plain_tip`: Qt would read markup in it."""
    if not source.path.startswith("ui/desktop/"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip":
            parts = [n for arg in node.args for n in ast.walk(arg)]
            is_plain = any(isinstance(n, ast.Name) and n.id == "plain_tip" for n in parts)
            if not is_plain and any(isinstance(n, ast.JoinedStr | ast.Name) for n in parts[:1]):
                yield f"{node.lineno}: a tool tip that may be markup"


MAX_MODULE, MAX_FUNCTION, MAX_METHODS, MAX_NESTING = 400, 40, 19, 3
Function = ast.FunctionDef | ast.AsyncFunctionDef
NESTS = ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith | ast.Try | ast.Match


def sizes_stay_small(source: Source) -> Iterator[str]:
    """No module over 400 lines, function over 40, class of 20 methods, fourth level of nesting."""
    if source.text.count("\n") > MAX_MODULE:
        yield f"1: more than {MAX_MODULE} lines"
    for node in source.nodes:
        if isinstance(node, Function):
            if (node.end_lineno or node.lineno) - node.lineno + 1 > MAX_FUNCTION:
                yield f"{node.lineno}: {node.name} has more than {MAX_FUNCTION} lines"
            if nesting(node) > MAX_NESTING:
                yield f"{node.lineno}: {node.name} nests deeper than {MAX_NESTING}"
        if isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, Function)]
            if len(methods) > MAX_METHODS:
                yield f"{node.lineno}: {node.name} has more than {MAX_METHODS} methods"


def nesting(node: ast.AST) -> int:
    """How many statements with a block lie inside each other; `elif` is no deeper than its `if`."""
    depth = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deeper = isinstance(child, NESTS) and not is_elif
        depth = max(depth, nesting(child) + int(deeper))
    return depth


def packages_export_nothing_again(source: Source) -> Iterator[str]:
    """An `__init__` holds no imports of ours: a name has one address."""
    if source.path.endswith("__init__.py"):
        for line, name in source.imports:
            if name.startswith((".", "app.", "storage.", "ui.", "resources.")):
                yield f"{line}: {name} in a package's __init__"


def no_error_is_swallowed(source: Source) -> Iterator[str]:
    """What catches every error does something about it."""
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler):
            continue
        catches_all = node.type is None or (
            isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
        )
        if catches_all and all(isinstance(item, ast.Pass | ast.Continue) for item in node.body):
            yield f"{node.lineno}: every error swallowed"


def what_is_raised_is_said(source: Source) -> Iterator[str]:
    """A public function that raises an error says so, or its class or module does by name.

    The docstring of a command is its help, for people.
    """
    if source.path.startswith("ui/commands/"):
        return
    module = source.nodes[0]
    assert isinstance(module, ast.Module)
    for holder in (node for node in source.nodes if isinstance(node, ast.Module | ast.ClassDef)):
        for function in holder.body:
            if isinstance(function, Function) and not function.name.startswith("_"):
                doc = (ast.get_docstring(function) or "").lower()
                around = f"{ast.get_docstring(module)} {ast.get_docstring(holder)}"
                for name in sorted(_raised(function)):
                    if not ("raise" in doc or name.lower() in doc or name in around):
                        yield f"{function.lineno}: {function.name} does not say {name}"


def _raised(function: Function) -> set[str]:
    """The errors that a function makes and raises itself."""
    made = (node.exc for node in ast.walk(function) if isinstance(node, ast.Raise))
    called = (error.func for error in made if isinstance(error, ast.Call))
    return {name.id for name in called if isinstance(name, ast.Name) and name.id.endswith("Error")}


RULES = (
    app_uses_the_standard_library_only,
    packages_stay_at_home,
    sql_stays_in_the_plan_file,
    rows_are_never_replaced_or_ignored,
    no_socket_is_opened,
    looking_for_a_file_never_fails,
    names_say_what_a_thing_is,
    what_is_typed_into_is_a_field,
    tool_tips_are_plain,
    sizes_stay_small,
    packages_export_nothing_again,
    no_error_is_swallowed,
    what_is_raised_is_said,
)
