"""One version, wherever it is written."""

import tomllib
from pathlib import Path

from app import VERSION


def test_the_program_and_its_package_bear_one_version() -> None:
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION
