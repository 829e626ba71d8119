"""The gate that a received Office file passes before any library sees it.

Excel, Word and OpenDocument files are ZIP archives of XML parts. Limits after the project's
safety rules: 20 MB file, 60 MB unpacked, 500 entries; no document type, macros, external
links, embedded objects or paths that leave the archive.
"""

import codecs
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final

from app.errors import KeikakuError

_EMBEDDED: Final = (
    "ほかのファイルの埋め込みが含まれています",
    "貼り付けてあるファイル（オブジェクト）を削除して、保存し直してください。",
)
EXTERNAL_LINKS: Final = "externallinks/"
"""In the names of the parts by which a workbook refers to others."""
MAX_FILE: Final = 20 * 1024 * 1024
_MAX_UNPACKED: Final = 60 * 1024 * 1024
_MAX_ENTRIES: Final = 500
_MAX_PART: Final = 8 << 20
# What might do something by itself or fetch something, and how a person gets rid of it.
_REFUSED_PARTS: Final = {
    "vbaproject": (
        "マクロが含まれています",
        "「名前を付けて保存」でマクロのない形式（.xlsx、.docx）を選ぶと、マクロは外れます。",
    ),
    EXTERNAL_LINKS: (
        "ほかのブックへのリンク（外部リンク）が含まれています",
        "Excelの「データ」の「リンクの編集（ブックのリンク）」で解除し、保存し直してください。",
    ),
    "embeddings/": _EMBEDDED,
    "oleobject": _EMBEDDED,
    "activex/": (
        "マクロで動くボタンなど（ActiveX）が含まれています",
        "そのボタンなどを削除して、保存し直してください。",
    ),
}
# What takes long is not bytes but elements: a sheet of ours has a few thousand.
_MAX_TAGS: Final = 150_000
_MAX_ALL_TAGS: Final = 1_500_000
_MARKUP: Final = (".xml", ".rels", ".vml")
_DOCTYPE: Final = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x00<", b"<\x00")
# A password turns an Office file into one of these, whatever its name.
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name for people, the parts it must have, what to do if it is refused.

    `largest` is the limit of a part in bytes, `tags` the most elements of one, `entries` how many
    parts there may be.
    """

    words: str
    needed: tuple[str, ...]
    advice: str
    largest: int = _MAX_PART
    tags: int = _MAX_TAGS
    entries: int = _MAX_ENTRIES


class PackageGate:
    """A file that has passed: its bytes, and its parts as unpacked."""

    def __init__(self, data: bytes, name: str, kind: Kind) -> None:
        """Check the file called `name`. Raises KeikakuError."""
        self.data, self._name, self._kind = data, name, kind
        if len(data) > MAX_FILE:
            raise self.refusal("大きすぎます（20 MBまで）")
        if data.startswith(_COMPOUND):
            raise self._compound_refusal()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._check_entries(archive.infolist())
                self.parts = {
                    _path(info): self._unpacked(archive, info) for info in archive.infolist()
                }
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
            zlib.error,
        ) as e:
            raise self.refusal(f"{kind.words}として読めません") from e
        if any(part not in self.parts for part in kind.needed):
            raise self.refusal(f"{kind.words}として読めません")
        self._check_contents()

    def _check_contents(self) -> None:
        # Of every part, whatever its name: a worksheet may be called .png.
        for part, content in self.parts.items():
            if has_doctype(part, content):
                raise self.refusal(
                    f"安全でない記述（DOCTYPE）が含まれています（部品「{part}」）",
                    "Excelなどで開いて、保存し直してください。",
                )
        for reason, (words, way_out) in _REFUSED_PARTS.items():
            is_there = any(reason in part.lower() for part in self.parts)
            places = self._unsafe_places(reason) if is_there else None
            if places is not None:
                raise self.refusal(f"{words}（{places}）" if places else words, way_out)
        tags = [content.count(b"<") for content in self.parts.values()]
        if max(tags) > self._kind.tags or sum(tags) > _MAX_ALL_TAGS:
            raise self.refusal("中の部品が細かすぎます")

    def _unsafe_places(self, reason: str) -> str | None:
        """Where in the file a part is used for which it is refused, "" if nobody knows.

        None if it is used in no way that matters.
        """
        return ""

    def _compound_refusal(self) -> KeikakuError:
        if _ENCRYPTED in self.data:
            return self.refusal(
                "パスワードが付いています", "パスワードを外して保存し直してください。"
            )
        return self.refusal(
            "パスワードが付いているか、古い形式です",
            f"{self._kind.words}として保存し直してください。",
        )

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        most = self._kind.entries
        if len(entries) > most:
            raise self.refusal(f"中の部品が多すぎます（{most:,}個まで）")
        if sum(info.file_size for info in entries) > _MAX_UNPACKED:
            raise self.refusal("広げると大きすぎます（60 MBまで）")
        for info in entries:
            path = _path(info)
            if path.startswith("/") or ".." in PurePosixPath(path).parts or ":" in path:
                raise self.refusal("中の部品の名前が正しくありません")
        if len({_path(info).lower() for info in entries}) != len(entries):
            raise self.refusal("中の部品の名前が重なっています")
        if _overlap(entries):
            raise self.refusal("中の部品の場所が重なっています")

    def _unpacked(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > self._kind.largest:
            raise self.refusal("中の部品が大きすぎます")
        with archive.open(info) as part:
            # The size in the directory is what the file claims; never read past it.
            content = part.read(info.file_size + 1)
        if len(content) > info.file_size:
            raise self.refusal("中の部品の大きさが正しくありません")
        return content

    def refusal(self, why: str, way_out: str = "") -> KeikakuError:
        """The error that says why this file is not read, and what a person can do."""
        return KeikakuError(
            f"「{self._name}」は{why}。読み込みは行わず、計画は変わっていません。"
            f"{way_out or self._kind.advice}"
        )


def _path(info: zipfile.ZipInfo) -> str:
    """The name of a part; some programs part its folders with a backslash."""
    return info.filename.replace("\\", "/")


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether a byte of the file belongs to two entries: a few can then unpack to thousands.

    Newer versions of `zipfile` find this too, some with a warning, older ones do not.
    """
    ordered = sorted(entries, key=lambda info: info.header_offset)
    return any(_end(one) > other.header_offset for one, other in pairwise(ordered))


def _end(info: zipfile.ZipInfo) -> int:
    """Where an entry ends at the earliest: 30 bytes, its name, more, its content (APPNOTE 4.3)."""
    return info.header_offset + 30 + len(info.orig_filename) + info.compress_size


def has_doctype(part: str, content: bytes) -> bool:
    """Whether a part declares a document type, in whatever encoding it is written.

    A part in an encoding that nobody can decode counts as one that does.
    """
    if _DOCTYPE.search(content.decode("latin-1")):
        return True
    encoding = _encoding(content) if _is_markup(part, content) else None
    if encoding is None:
        return False
    try:
        return bool(_DOCTYPE.search(content.decode(encoding, errors="replace")))
    except LookupError:
        return True


def _is_markup(part: str, content: bytes) -> bool:
    start = content[:200].lstrip()
    return part.endswith(_MARKUP) or start[:1] == b"<" or start[:4].startswith(_MARKS)


def _encoding(content: bytes) -> str | None:
    """The encoding of a part that is not written in bytes of ASCII; None if it is."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if content.startswith(mark):
            return name
    if b"\x00" in content[:200]:
        return "utf-16-be" if content[:1] == b"\x00" else "utf-16-le"
    declared = _ENCODING.match(content)
    name = declared[1].decode().lower() if declared else "utf-8"
    return None if name in ("utf-8", "us-ascii", "iso-8859-1") else name
