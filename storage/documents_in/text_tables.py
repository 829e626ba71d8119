"""CSV files as a grid."""

from typing import Final

from app.errors import KeikakuError
from app.intake.grid import Grid
from app.intake.pasted import table

_ENCODINGS: Final = ("utf-8-sig", "cp932")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def read_csv(data: bytes, name: str) -> tuple[Grid, ...]:
    """The grid of a CSV file in UTF-8, UTF-16 or CP932. Raises KeikakuError if it is none."""
    return (table(_decoded(data, name), name),)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(_WIDE):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise KeikakuError(
        f"「{name}」の文字コードが分からないため、読めませんでした。計画は変わっていません。"
        "Excelで開いて、「CSV UTF-8」で保存し直してください。"
    )
