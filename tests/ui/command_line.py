"""Running `keikaku` in a test, and what every failure must look like."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.plan_files import state_of
from ui.cli import main


@dataclass(frozen=True)
class Ran:
    """What a person sees of a command that has run."""

    code: int
    out: str
    err: str


class CommandLine:
    """Runs commands in a folder of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capture = folder, capture

    def run(self, *words: str | Path) -> Ran:
        """Run a command to its end."""
        self._capture.readouterr()
        code = _exit_code([*map(str, words)])
        seen = self._capture.readouterr()
        return Ran(code, seen.out, seen.err)

    def done(self, *words: str | Path) -> str:
        """Run a command that succeeds; what it prints."""
        ran = self.run(*words)
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    def refused(self, *words: str | Path) -> str:
        """Run a command that is refused: one Japanese sentence, exit code 2, nothing touched."""
        before = state_of(self.folder)
        ran = self.run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert re.fullmatch(r"[^\n]+。?[^\n]*\n", ran.err)
        assert re.search("[ぁ-ん]", ran.err)
        assert not re.search(r"Traceback|Error\b|不具合", ran.err)
        assert state_of(self.folder) == before
        return ran.err.rstrip("\n")


def _exit_code(words: list[str]) -> int:
    try:
        main(words)
    except SystemExit as ending:
        return int(ending.code or 0)
    return 0
