"""Everything that can be made of a plan, one record an output; command line and window read it."""

from dataclasses import replace
from typing import Final

from app.documents.order import Option, Output
from app.errors import KeikakuError

_BOOK: Final[tuple[Option, ...]] = ("both_sides", "binding")
_SHEETS: Final = Output(
    "sheets",
    "個票",
    "取組ごとの公式の様式。1件ずつ配るときに",
    "PDF",
    ".pdf",
    "pages",
    "app.documents.making:sheets_pages",
)
_LIST: Final = Output(
    "list",
    "一覧データ",
    "1件1行の表。集計やほかのプログラムに",
    "Excel",
    ".xlsx",
    "rows",
    "app.documents.making:list_rows",
    ("columns",),
)
OUTPUTS: Final = (
    _SHEETS,
    replace(_SHEETS, format="Excel", suffix=".xlsx", content="sheets"),
    Output(
        "book",
        "冊子",
        "表紙・目次・一覧表・個票・奥付まで1冊に",
        "PDF",
        ".pdf",
        "pages",
        "app.documents.making:book_pages",
        _BOOK,
        is_whole=True,
        has_texts=True,
    ),
    Output(
        "board",
        "カンバン",
        "段階ごとのカードを1枚に。掲示や会議に",
        "PDF",
        ".pdf",
        "pages",
        "app.documents.making:board_pages",
        ("paper",),
        is_whole=True,
        is_dated=True,
    ),
    Output(
        "index",
        "一覧表",
        "柱ごとの一覧表だけ。掲載ページは冊子のもの",
        "PDF",
        ".pdf",
        "pages",
        "app.documents.making:index_pages",
        _BOOK,
        is_whole=True,
    ),
    _LIST,
    replace(_LIST, format="CSV", suffix=".csv", options=("columns", "encoding")),
    Output(
        "sheet-files",
        "取組ごとの個票",
        "取組ごとに分けたPDFのフォルダー。ホームページに1件ずつ載せるときに",
        "PDFのフォルダー",
        "",
        "sheet_files",
        "app.documents.making:sheets_pages",
    ),
    Output(
        "plan",
        "計画のデータ",
        "計画のすべて。ほかのPCや将来のために",
        "JSON",
        ".json",
        "data",
        is_whole=True,
    ),
)
"""Everything that can be made, in the order of the menu."""


def output_of(what: str | None, suffix: str) -> Output:
    """The output of a suffix and, if given, a thing. Raises KeikakuError if there is none."""
    for output in OUTPUTS:
        is_meant = what == output.thing or (what is None and not output.is_folder)
        if output.suffix == suffix.lower() and is_meant:
            return output
    known = "、".join(
        f"{output.name}は{output.thing} {output.suffix}".strip() for output in OUTPUTS
    )
    asked = f"{what or ''} {suffix or '（拡張子なし）'}".strip()
    raise KeikakuError(f"「{asked}」では出力できません。使える指定: {known}")


def things() -> dict[str, Output]:
    """The first output of each thing, by its name at the command line."""
    found: dict[str, Output] = {}
    for output in OUTPUTS:
        found.setdefault(output.thing, output)
    return found
