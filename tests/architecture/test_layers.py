"""The layers of pyproject.toml hold, and each contract is seen to fail when it is broken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
MODULES = (
    *(
        "app",
        "app/errors.py",
        "app/lazy.py",
        "app/plan",
        "app/changes",
        "app/edits",
        "app/documents",
    ),
    *(
        "app/forms",
        "app/intake",
        "app/ports.py",
        "app/session.py",
        "storage",
        "storage/local_documents.py",
        "storage/plan_file",
        "storage/plan_file/plan_file.py",
    ),
    *(
        "ui",
        "ui/cli.py",
        "ui/commands",
        "ui/commands/export.py",
        "ui/desktop",
        "ui/desktop/board.py",
        "resources",
    ),
)


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    """Check the packages under `house` against the project's contracts."""
    command = [sys.executable, "-c", LINT, "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(
        command,
        cwd=house,
        env=os.environ | {"PYTHONPATH": str(house), "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of empty rooms."""
    for name in MODULES:
        file = tmp_path / (name if name.endswith(".py") else f"{name}/__init__.py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return tmp_path


def test_the_program_keeps_its_layers() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


def test_what_the_contracts_allow_is_left_alone(house: Path) -> None:
    (house / "ui/cli.py").write_text("import storage.local_documents")
    (house / "ui/commands/export.py").write_text("import app.session, ui.desktop.board")
    (house / "storage/plan_file/plan_file.py").write_text("import app.ports, resources")
    (house / "app/session.py").write_text("import app.ports, app.plan")
    result = lint_imports(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("contract", "files"),
    [
        ("between the rooms", {"app/session.py": "import storage.plan_file.plan_file"}),
        ("between the rooms", {"storage/plan_file/plan_file.py": "import ui.desktop"}),
        ("between the rooms", {"app/forms/__init__.py": "import resources"}),
        ("inside app", {"app/plan/__init__.py": "import app.changes"}),
        ("inside app", {"app/edits/__init__.py": "import app.session"}),
        ("inside app", {"app/newcomer.py": ""}),
        ("storage is named only", {"ui/desktop/board.py": "import storage.plan_file.plan_file"}),
        ("storage is named only", {"ui/commands/export.py": "import storage.local_documents"}),
        (
            "No cycles",
            {
                "app/plan/table.py": "import app.plan.entities",
                "app/plan/entities.py": "def late():\n    import app.plan.table",
            },
        ),
    ],
)
def test_a_broken_contract_is_seen(house: Path, contract: str, files: dict[str, str]) -> None:
    for name, text in files.items():
        (house / name).write_text(text)
    result = lint_imports(house)
    broken = [line for line in result.stdout.splitlines() if line.endswith(" BROKEN")]
    assert result.returncode == 1, result.stdout
    assert len(broken) == 1, result.stdout
    assert contract in broken[0]
