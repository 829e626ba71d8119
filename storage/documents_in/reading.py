"""Any document of a city as grids, by its content and its name; and all files of a folder."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.errors import KeikakuError
from app.intake.grid import Grid
from app.lazy import load
from storage.package_gate import MAX_FILE
from storage.safe_io import read_bytes

# Each library is imported when a file first needs it.
_READERS: Final = {
    ".xlsx": "storage.excel.grids:read_xlsx",
    ".docx": "storage.documents_in.word:read_docx",
    ".xls": "storage.documents_in.spreadsheets:read_xls",
    ".ods": "storage.documents_in.spreadsheets:read_ods",
    ".pdf": "storage.documents_in.pdf:read_pdf",
    ".csv": "storage.documents_in.text_tables:read_csv",
}
SUFFIXES: Final = tuple(_READERS)
_OLD: Final = {
    ".doc": ("Word", ".docx"),
    ".xlsm": ("Excel", ".xlsx"),
    ".docm": ("Word", ".docx"),
    ".xlsb": ("Excel", ".xlsx"),
}


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
    grids: tuple[Grid, ...] = load(_READERS[suffix])(data, name)
    return grids


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named, in order; not what Office left behind."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        files = [file for file in path.rglob("*") if not file.name.startswith(("~$", "."))]
        yield from sorted(
            (f for f in files if f.suffix.lower() in (*SUFFIXES, *_OLD) and os.path.isfile(f)),
            key=lambda f: (_rank(f), f),
        )


def _rank(file: Path) -> int:
    """What has kept most of the text comes first: of two writings the first counts."""
    suffix = file.suffix.lower()
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES)
