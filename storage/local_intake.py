"""What comes in to make a plan of: the open format, the sample, the documents of a city."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from app.documents.pages.drawing import Progress
from app.plan.plan import Plan
from app.ports import DocumentGrids, Imported, Understood
from resources import resource
from storage.document.backups import put_aside
from storage.interchange.interchange import read_interchange
from storage.interchange.text import MOST_BYTES
from storage.plan_file.plan_file import create_plan_file
from storage.safe_io import read_bytes, write_bytes
from storage.this_pc.author import author

_LABEL: Final = "取り込み"


def import_plan(source: Path, target: Path, *, overwrite: bool = False) -> Imported:
    """Make a plan file of an interchange file, and report. Raises KeikakuError, nothing written."""
    imported = identified(read_interchange(read_bytes(source, MOST_BYTES)))
    if overwrite:
        put_aside(target)
    create_plan_file(
        *(target, imported.plan, _LABEL, author()),
        overwrite=overwrite, came_from=imported.came_from, entry_id=_opening_id(imported),
    )  # fmt: skip
    return imported


def identified(imported: Imported) -> Imported:
    """What came in as the plan that everybody has who imports the same file.

    A file that names no plan gets an id of what it says.
    """
    if imported.came_from:
        return imported
    profile = replace(imported.plan.profile, id=_uuid("plan", imported.content))
    return replace(imported, plan=replace(imported.plan, profile=profile))


def _opening_id(imported: Imported) -> str:
    """The id of the first entry of the log, from the state that a file names and what it says."""
    name = imported.came_from
    return _uuid("opening", imported.plan.profile.id, name.entry if name else "", imported.content)


def _uuid(*words: str) -> str:
    digest = sha256("\n".join(words).encode()).digest()
    return str(UUID(bytes=digest[:16], version=5))


def create_plan(target: Path, plan: Plan, *, overwrite: bool = False) -> None:
    """Make a plan file of a plan that was brought in. Raises KeikakuError, nothing written."""
    if overwrite:
        put_aside(target)
    create_plan_file(target, plan, _LABEL, author(), overwrite=overwrite)


def import_sample(target: Path, *, overwrite: bool = False) -> Imported:
    """Make a plan file of the sample that comes with the program."""
    return import_plan(resource("sample/sample.json"), target, overwrite=overwrite)


class LocalIntake:
    """Makes plan files of what people have (`ui.documents.Intake`)."""

    def import_plan(self, source: str, path: str, *, overwrite: bool = False) -> Imported:
        """Make a plan file of an interchange file."""
        return import_plan(Path(source), Path(path), overwrite=overwrite)

    def import_sample(self, path: str, *, overwrite: bool = False) -> Imported:
        """Make a plan file of the sample that comes with the program."""
        return import_sample(Path(path), overwrite=overwrite)

    def read(self, sources: Sequence[str], tell: Progress) -> DocumentGrids:
        """The documents of a city (files, folders) as grids of cells."""
        from storage.documents_in.taking_in import read_documents

        return read_documents([Path(source) for source in sources], tell)

    def understand(
        self, sources: Sequence[str], form: str | None, cell_map: str | None, tell: Progress
    ) -> Understood:
        """What the documents of a city say. Raises KeikakuError if none has an initiative."""
        # Word, PDF and old Excel need libraries that nothing else loads.
        from storage.documents_in.taking_in import understand

        return understand(
            [Path(source) for source in sources], form, Path(cell_map) if cell_map else None, tell
        )

    def create(self, plan: Plan, path: str, *, overwrite: bool = False) -> None:
        """Make a plan file of a plan that was understood."""
        create_plan(Path(path), plan, overwrite=overwrite)

    def write_report(self, text: str, path: str) -> None:
        """Write what was understood as a text file that Windows' editor opens rightly."""
        write_bytes(Path(path), ("\ufeff" + text).encode())
