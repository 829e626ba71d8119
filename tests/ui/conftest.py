from pathlib import Path

import pytest

from tests.storage.plan_json import as_file, small_plan
from tests.ui.command_line import CommandLine


@pytest.fixture
def command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """A command line in an empty folder."""
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def plan(command_line: CommandLine) -> Path:
    """A plan file made of the small plan."""
    source = command_line.folder / "計画.json"
    source.write_bytes(as_file(small_plan()))
    target = command_line.folder / "計画.keikaku"
    command_line.done("import", source, target)
    return target
