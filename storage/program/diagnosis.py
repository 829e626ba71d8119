"""What the program is and finds on this PC: for a person to look up, and for whoever helps.

The diagnosis is a text that may be sent elsewhere. No text or title of a plan is in it, no name
of a person, a PC or a file, and no path but where the program's own folder is usual.
"""

import os
import platform
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from app import VERSION
from app.errors import KeikakuError
from app.ports import Section
from storage.document.backups import HISTORY
from storage.pdf.fonts import find_fonts
from storage.plan_file.gate import SCHEMA
from storage.plan_file.plan_file import SUFFIX
from storage.safe_io import write_bytes
from storage.this_pc import event_log
from storage.this_pc.data_folder import data_folder
from storage.this_pc.settings import recent, settings

_LAST_LINES: Final = 40
# Of text settings only these are told: they are words of the program.
_TOLD: Final = ("start",)
_PROBES: Final = {"髙": "人名の漢字", "𠮷": "まれな漢字", "☑": "記号"}


def about() -> tuple[Section, ...]:
    """Versions, fonts, and where files lie, in full: for the person at this PC."""
    folder = data_folder()
    places = (
        ("編集中の写し・下書き", str(folder / "workspaces")),
        ("控え", f"計画のファイルと同じ場所の「{HISTORY}」、{folder / 'backups'}"),
        ("保存できなかったものの写し", str(folder / "rescue")),
        ("動作の記録", str(folder / "logs")),
    )
    return _versions(), _fonts(), Section("ファイルの場所", places)


def write_diagnosis(target: Path, more: Sequence[Section] = ()) -> None:
    """Write the diagnosis as a text file; `more` is what the window knows. Raises KeikakuError."""
    if target.suffix.lower() != ".txt":
        raise KeikakuError(
            "診断情報のファイルの名前は、.txt で終わるようにしてください。何も書いていません。"
        )
    sections = (_versions(), _fonts(), *more, *_state())
    lines = [line for section in sections for line in _lines(section)]
    head = f"計画カンバンの診断情報 {datetime.now():%Y-%m-%d %H:%M}"
    note = "計画の内容、人やPCの名前、ファイルの名前は入っていません。"
    # Programs of Windows know by the mark at its start that it is UTF-8.
    write_bytes(target, "\n".join((head, note, *lines, "")).encode("utf-8-sig"))


def _lines(section: Section) -> Iterator[str]:
    yield from ("", f"【{section.heading}】")
    yield from (f"{what}: {how}" if what else how for what, how in section.facts)


def _versions() -> Section:
    import reportlab

    from storage.excel.writing.workbook import XLSXWRITER

    is_built = "配布版" if getattr(sys, "frozen", False) else "ソース"
    return Section(
        "版",
        (
            ("計画カンバン", f"{VERSION}（{is_built}、ファイルの形式 {SCHEMA}）"),
            ("Python", platform.python_version()),
            ("SQLite", sqlite3.sqlite_version),
            ("ReportLab", reportlab.__version__),
            ("XlsxWriter", XLSXWRITER),
        ),
    )


def _fonts() -> Section:
    try:
        gothic, mincho = find_fonts(), find_fonts("mincho")
    except KeikakuError as error:
        return Section("印刷の書体", (("", str(error)),))
    facts = [("ゴシック", gothic.family), ("明朝", mincho.family)]
    for character, what in _PROBES.items():
        face = gothic.face(character, False)
        name = face.name.rpartition("-")[0] if face else "ありません（〓で印刷します）"
        facts.append((f"{what}（{character}）", name))
    return Section("印刷の書体", tuple(facts))


def _state() -> tuple[Section, ...]:
    counts = tuple((event, f"{count}回") for event, count in event_log.counts().items())
    last = tuple(("", line) for line in event_log.lines()[-_LAST_LINES:])
    return (
        Section("PC", (("OS", platform.platform()), ("CPU", f"{os.cpu_count()}個"), _place())),
        Section("設定", tuple(_setting(name, value) for name, value in settings().items())),
        Section("数", tuple(_counts())),
        Section("動作の記録（回数）", counts),
        Section("動作の記録（新しいもの）", last),
    )


def _place() -> tuple[str, str]:
    """Where the program's folder is, as far as that names nobody."""
    folder, home = data_folder(), Path.home()
    if os.environ.get("KEIKAKU_HOME"):
        told = "KEIKAKU_HOMEで指定した場所"
    elif folder.is_relative_to(home):
        told = str(Path("~") / folder.relative_to(home))
    else:
        told = "個人フォルダーの外"
    return "データの場所", told


def _setting(name: str, value: object) -> tuple[str, str]:
    is_told = name in _TOLD or isinstance(value, bool | int | float)
    return name, str(value) if is_told else "（あり）" if value else "（なし）"


def _counts() -> Iterator[tuple[str, str]]:
    folder = data_folder()
    yield "最近使った計画", f"{len(recent())}件"
    for what, pattern in (
        ("編集中の写し・下書き", "workspaces/*/*/origin.json"),
        ("控え", f"backups/*/*{SUFFIX}"),
        ("保存できなかったものの写し", f"rescue/*{SUFFIX}"),
    ):
        yield what, f"{sum(1 for _ in folder.glob(pattern))}件"
