"""The linter's settings still see what the house rules leave to it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("D100", "app/plan/card.py", "x = 1\n"),
        ("D101", "app/plan/card.py", '"""Cards."""\n\n\nclass Card:\n    x = 1\n'),
        (
            "D102",
            "storage/card.py",
            '"""A."""\n\n\nclass A:\n    """A."""\n\n    def b(self): ...\n',
        ),
        ("D103", "ui/desktop/card.py", '"""Cards."""\n\n\ndef act(): ...\n'),
        ("N801", "app/plan/card.py", '"""Cards."""\n\n\nclass card_view:\n    """One."""\n'),
        ("E722", "storage/card.py", '"""Cards."""\ntry:\n    x = 1\nexcept:\n    x = 2\n'),
    ],
)
def test_ruff_sees(code: str, path: str, text: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--output-format=concise"]
    result = subprocess.run(
        [*command, "--stdin-filename", path, "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        encoding="utf-8",
    )
    assert f" {code} " in result.stdout
    assert result.returncode == 1
