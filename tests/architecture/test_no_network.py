"""No socket is opened and no name looked up, whatever a command does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Any use of the network raises one of these events (docs.python.org/3/library/audit_events.html).
GUARD = """
import sys
def guard(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "smtplib.", "ftplib.")):
        print(event, file=sys.stderr, flush=True)
        import os
        os._exit(99)
sys.addaudithook(guard)
"""
COMMANDS = f"""{GUARD}
from pathlib import Path
from ui.cli import main
folder = Path(sys.argv[1])
plan, part = str(folder / "計画.keikaku"), str(folder / "課.keikaku")
def run(*words):
    try:
        main(words)
    except SystemExit as ending:
        assert ending.code in (0, None), words
run("sample", plan)
for ending in ("pdf", "xlsx"):
    printed = str(folder / ("個票." + ending))
    run("export", plan, printed)
    run("import", printed, str(folder / (ending + ".keikaku")))
run("show", plan)
from storage.document.workspace import read_document
card = next(iter(read_document(Path(plan)).plan.initiatives))
run("set", plan, card, "overview", "文")
run("undo", plan)
run("log", plan)
run("issue", plan, part, "--department", "市民課")
run("merge", plan, part)
run("backups", plan)
from storage.document import lock
lock.release(Path(plan), lock.take(Path(plan), "試験").token)
"""


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        env=os.environ | {"KEIKAKU_HOME": str(folder / "PC"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )


def test_no_command_uses_the_network(tmp_path: Path) -> None:
    ended = run(COMMANDS, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    "use", ["import socket; socket.socket()", "import socket; socket.getaddrinfo('localhost', 80)"]
)
def test_the_guard_notices(tmp_path: Path, use: str) -> None:
    assert run(GUARD + use, tmp_path).returncode == 99
