"""The documents of three cities with their right answers, where they are at hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.intake.intake import Intake, understood
from app.intake.words import Words, read_words
from resources import intake_words
from storage.documents_in.reading import read_document
from storage.interchange.interchange import interchange_bytes

FOLDER = Path(__file__).parents[4] / "shared" / "city_documents"
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".docx", ".pdf")
DOCUMENTS = sorted(path for path in FOLDER.rglob("*") if path.suffix in SUFFIXES)
needed = pytest.mark.skipif(not DOCUMENTS, reason="the documents of the cities are not here")


def words() -> Words:
    """The words that come with the program."""
    return read_words(intake_words())


def taken(*paths: Path) -> Intake:
    """What some documents say together."""
    return understood([grid for path in paths for grid in read_document(path)], words())


def scored(intake: Intake, answer: Path, least: float, folder: Path) -> str:
    """The line of the scorer; the test fails if fewer percent are in the right field."""
    result = folder / "result.json"
    result.write_bytes(interchange_bytes(intake.made.plan))
    command = [sys.executable, FOLDER / "score.py", result, answer, "--extra", "0", "--detail"]
    ran = subprocess.run(
        [*map(str, command), "--least", str(least)],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.splitlines()[0]
