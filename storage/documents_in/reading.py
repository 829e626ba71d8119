"""Any document of a city as grids, by its content and its name; and all files of a folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.intake.grid import Grid
from storage.package_gate import MAX_FILE
from storage.safe_io import read_bytes

SUFFIXES: Final = (".xlsx", ".xls", ".ods", ".csv", ".docx", ".pdf")
_OLD: Final = {".doc": ("Word", ".docx"), ".xlsm": ("Excel", ".xlsx"), ".docm": ("Word", ".docx"), ".xlsb": ("Excel", ".xlsx")}


def read_document(path: Path) -> tuple[Grid, ...]:
    """The grids of one file. Raises KeikakuError, one sentence, if it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in _OLD:
        program, good = _OLD[suffix]
        raise KeikakuError(
            f"「{path.name}」の形式（{suffix}）は読めません。計画は変わっていません。"
            f"{program}で開いて、{good} で保存し直してください。"
        )
    if suffix not in SUFFIXES:
        raise KeikakuError(
            f"「{path.name}」は読める形式ではありません。計画は変わっていません。"
            "Excel・Word・PDF・CSVのファイルを選んでください。"
        )
    return _read(read_bytes(path, MAX_FILE), path.name, suffix)


def _read(data: bytes, name: str, suffix: str) -> tuple[Grid, ...]:
    # Each library is imported when a file first needs it.
    if suffix == ".xlsx":
        from storage.excel.grids import read_xlsx

        return read_xlsx(data, name)
    if suffix == ".docx":
        from storage.documents_in.word import read_docx

        return read_docx(data, name)
    if suffix == ".pdf":
        from storage.documents_in.pdf import read_pdf

        return read_pdf(data, name)
    if suffix == ".csv":
        from storage.documents_in.text_tables import read_csv

        return read_csv(data, name)
    from storage.documents_in.spreadsheets import read_ods, read_xls

    return read_ods(data, name) if suffix == ".ods" else read_xls(data, name)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named, in order; no copies that Office left open."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            is_left = file.name.startswith(("~$", "."))
            if file.suffix.lower() in (*SUFFIXES, *_OLD) and file.is_file() and not is_left:
                yield file
