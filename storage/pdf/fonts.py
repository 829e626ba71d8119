"""The fonts that pages are measured and drawn with.

BIZ UDGothic (SIL Open Font License) is looked for where packaging puts it, where
Windows has it, where Debian has it; then any Japanese TrueType font that is installed.
A character it lacks is drawn with the first fallback font that has it. Fonts with
PostScript outlines cannot be embedded and are passed over.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import is_normalized

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.errors import KeikakuError
from app.forms.fitting.lines import composed
from resources import resource
from storage.pdf.font_collection import single_face
from storage.safe_io import read_bytes

# (regular, bold), best first. A collection's face is found by its name. Most 明朝 have no
# bold face: their bold is the regular one, drawn thicker.
_MINCHO: Final = (
    ("BIZUDMincho-Regular.ttf", "BIZUDMincho-Regular.ttf"),
    ("BIZ-UDMinchoM.ttc", "BIZ-UDMinchoM.ttc"),
    ("yumin.ttf", "yumindb.ttf"),
    ("msmincho.ttc", "msmincho.ttc"),
    ("ipaexm.ttf", "ipaexm.ttf"),
    ("ipam.ttf", "ipam.ttf"),
    ("TakaoMincho.ttf", "TakaoMincho.ttf"),
)
_GOTHIC: Final = (
    ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf"),
    ("BIZ-UDGothicR.ttc", "BIZ-UDGothicB.ttc"),
    ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf"),
    ("YuGothM.ttc", "YuGothB.ttc"),
    ("YuGothR.ttc", "YuGothB.ttc"),
    ("meiryo.ttc", "meiryob.ttc"),
    ("msgothic.ttc", "msgothic.ttc"),
    ("ipaexg.ttf", "ipaexg.ttf"),
    ("ipag.ttf", "ipag.ttf"),
    ("VL-Gothic-Regular.ttf", "VL-Gothic-Regular.ttf"),
    ("TakaoGothic.ttf", "TakaoGothic.ttf"),
)
# Fonts with rare kanji and signs, asked in this order for what the chosen font lacks.
_FALLBACKS: Final = (
    "YuGothM.ttc", "meiryo.ttc", "msgothic.ttc", "ipaexg.ttf", "ipag.ttf", "ipamjm.ttf",
    "msyh.ttc", "DroidSansFallbackFull.ttf", "HanaMinA.ttf", "HanaMinB.ttf",
    "SimsunExtG.ttf", "simsunb.ttf", "mingliub.ttc",
    "seguisym.ttf", "DejaVuSans.ttf", "Symbola.ttf", "unifont.ttf",
)  # fmt: skip
# 〓 stands for a character that no font has, as in Japanese typesetting.
GETA: Final = "〓"
_HIRAGANA: Final = ord("あ")
_MOST_FACES: Final = 4
_ABOVE_FFFF: Final = re.compile("<([0-9A-F]{5,6})>")


def is_undrawn(character: str) -> bool:
    """Whether a character has no shape: controls, variation selectors, joiners."""
    code = ord(character)
    if code < 0x20 and character != "\t":
        return True
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") and character != "\t"


@dataclass(frozen=True, slots=True)
class Face:
    """A loaded font: the name the PDF knows it by, and widths by code point (1/1000)."""

    name: str
    font: TTFont
    widths: Mapping[int, int]
    path: Path
    index: int = 0


class _Font(TTFont):  # type: ignore[misc]
    """A font whose text can be searched and copied, characters above U+FFFF (𠮷) too.

    reportlab writes their code point where PDF (ISO 32000-1, 9.10.3) wants UTF-16.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = _ABOVE_FFFF.sub(_in_utf16, stream.content)


def _in_utf16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


class _Widths(dict[str, int]):
    """Widths by character, worked out when first asked for."""

    def __init__(self, fonts: "Fonts", bold: bool) -> None:
        super().__init__()
        self._fonts, self._bold = fonts, bold

    def __missing__(self, character: str) -> int:
        width = self._fonts.measure(character, self._bold)
        self[character] = width
        return width


class Fonts:
    """The regular and bold face, and fallbacks. Measures (FontMetrics) and draws alike."""

    def __init__(self, regular: Face, bold: Face) -> None:
        """Use two faces; fallbacks are loaded when a character asks for one."""
        self._faces = (regular, bold)
        self._fallbacks: list[Face] = []
        self._unread_fallbacks = installed_fonts(_FALLBACKS)
        self._face_of: tuple[dict[str, Face | None], ...] = ({}, {})
        self._regular, self._bold = _Widths(self, False), _Widths(self, True)

    @property
    def regular(self) -> Mapping[str, int]:
        """Widths in the regular face, 1/1000 of the size."""
        return self._regular

    @property
    def bold(self) -> Mapping[str, int]:
        """Widths in the bold face, 1/1000 of the size."""
        return self._bold

    @property
    def family(self) -> str:
        """The family name that other programs know the regular face by."""
        name = self._faces[0].font.face.familyName
        return name.decode("ascii", "replace") if isinstance(name, bytes) else str(name)

    def face(self, character: str, bold: bool) -> Face | None:
        """The face a character is drawn with; None for one that no font has."""
        known = self._face_of[bold]
        if character not in known:
            known[character] = self._find_face(character, bold)
        return known[character]

    def measure(self, character: str, bold: bool) -> int:
        """Advance width of a character, 1/1000 of the size."""
        if is_undrawn(character):
            return 0
        code = 0x3000 if character == "\t" else ord(character)
        face = self.face(chr(code), bold)
        if face is None:
            code, face = ord(GETA), self._faces[bold]
        return face.widths.get(code, 1000)

    def is_thickened(self, name: str, bold: bool) -> bool:
        """Whether bold text in this font must be drawn thicker, as it is no bold face."""
        regular, own = self._faces
        return bold and (name != own.name or own is regular)

    def runs(self, text: str, bold: bool) -> Iterator[tuple[str, str]]:
        """The text as it is drawn: (name of the font, characters that it has)."""
        own = self._faces[bold]
        if all(ord(c) in own.widths for c in text) and is_normalized("NFC", text):
            yield own.name, text
            return
        name, run = own.name, ""
        for character in _composed(text):
            if is_undrawn(character):
                continue
            face = self.face(character, bold) or own
            drawn = character if ord(character) in face.widths else GETA
            if face.name != name and run:
                yield name, run
                run = ""
            name, run = face.name, run + ("\u3000" if character == "\t" else drawn)
        if run:
            yield name, run

    def missing(self, text: str) -> list[str]:
        """The characters of a text that no font has, each once, in order."""
        return [
            c
            for c in dict.fromkeys(text)
            if not is_undrawn(c) and c not in "\t\n" and self.face(c, False) is None
        ]

    def program(self, name: str) -> bytes:
        """The font of that name as a TrueType file, whole."""
        face = next(face for face in (*self._faces, *self._fallbacks) if face.name == name)
        return single_face(read_bytes(face.path), face.index)

    def _find_face(self, character: str, bold: bool) -> Face | None:
        code = ord(character)
        for face in (self._faces[bold], *self._fallbacks):
            if code in face.widths:
                return face
        for path in self._unread_fallbacks:
            fallback = _load(path)
            if fallback is not None:
                self._fallbacks.append(fallback)
                if code in fallback.widths:
                    return fallback
        return None


def _composed(text: str) -> list[str]:
    """The characters as they are drawn: a mark and the character it belongs to as one."""
    drawn: list[str] = []
    for character in text:
        together = composed(drawn[-1], character) if drawn else ""
        if together:
            drawn[-1] = together
        else:
            drawn.append(character)
    return drawn


def find_fonts(family: str = "gothic") -> Fonts:
    """The best fonts of this machine for a form's `font.family`: gothic, or mincho (明朝).

    Where there is no 明朝, gothic is used. Raises KeikakuError, with the remedy, for none.
    """
    for regular_name, bold_name in (*(_MINCHO if family == "mincho" else ()), *_GOTHIC):
        regular = next(installed_fonts((regular_name,)), None)
        bold = next(installed_fonts((bold_name,)), None)
        fonts = _pair(regular, bold or regular)
        if fonts is not None:
            return fonts
    for path in _all_installed().values():
        fonts = _pair(path, path)
        if fonts is not None:
            return fonts
    raise KeikakuError(
        "日本語の書体（BIZ UDGothic など）が見つからないため、ページを作れません。"
        "計画は変わっていません。"
        "Windows では「設定」の「オプション機能」から日本語補助フォントを追加し、"
        "Debian・Ubuntu では fonts-morisawa-bizud-gothic を入れてください。"
    )


def _pair(regular: Path | None, bold: Path | None) -> Fonts | None:
    if regular is None or bold is None:
        return None
    first, second = _load(regular), _load(bold)
    if first is None or second is None or _HIRAGANA not in first.widths:
        return None
    return Fonts(first, second)


@cache
def _load(path: Path) -> Face | None:
    """A face of a font file, None where it cannot be embedded.

    Loaded once in a process: reportlab keeps the first font of a name, and cannot embed
    one face under two names.
    """
    is_collection = path.suffix.lower() == ".ttc"
    for index in range(_MOST_FACES if is_collection else 1):
        name = f"{path.stem}-{index}"
        try:
            font = _Font(name, str(path), subfontIndex=index)
        except (TTFError, OSError):
            return None
        if not is_collection or b"UDP" not in font.face.name:
            pdfmetrics.registerFont(font)
            return Face(name, font, font.face.charWidths, path, index)
    return None


def _folders() -> list[Path]:
    folders = [resource("fonts")]
    if sys.platform == "win32":
        folders.append(Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts")
        local = os.environ.get("LOCALAPPDATA")
        folders += [Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []
    else:
        folders += [Path("/usr/share/fonts/truetype/bizud-gothic"), Path("/usr/share/fonts")]
        folders += [Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    return folders


def installed_fonts(names: Iterable[str]) -> Iterator[Path]:
    """Paths of installed fonts with these file names, in the order of the names."""
    for name in names:
        direct = next((f / name for f in _folders() if os.path.isfile(f / name)), None)
        path = direct or _all_installed().get(name)
        if path is not None:
            yield path


@cache
def _all_installed() -> Mapping[str, Path]:
    """Every font file below the font folders, by name."""
    found: dict[str, Path] = {}
    for folder in _folders():
        files = (Path(root, name) for root, _, names in os.walk(folder) for name in sorted(names))
        for file in files:
            if file.suffix.lower() in (".ttf", ".ttc"):
                found.setdefault(file.name, file)
    return found
