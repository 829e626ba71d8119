"""JSON as text, strictly: what is not plain UTF-8 JSON is refused with one sentence."""

import json
import math
import re
import sys
from collections import Counter
from json.encoder import encode_basestring
from typing import Any, Final

from app.errors import KeikakuError
from app.plan.texts.plain_text import cleaned
from storage.interchange.place import MisfitError, Place, short
from storage.json_note import is_too_deep

# What a text with an unfit character looks like in JSON. A file without one, which is nearly
# every file, need not be searched text by text.
_UNFIT: Final = re.compile(
    r"[\x7f-\x9f\ufffe\uffff]|\\[bfr]|\\u(?:00[0189]|d[89a-f]|fff[ef])", re.IGNORECASE
)
_TOO_DEEP: Final = "入れ子が深すぎる"
_TOO_MUCH: Final = f"数が大きすぎるか、{_TOO_DEEP}"
# A small file can hold millions of empty objects, each of which takes fifty times its room in
# memory. A plan of 7,200 initiatives has 20 MB, 100,000 brackets and 240,000 colons.
MOST_BYTES: Final = 48 * 1024 * 1024
"""The largest interchange file that is read."""
_MOST_IN_MEMORY: Final = 2 * MOST_BYTES
_MOST_BRACKETS: Final = 300_000
_MOST_SIGNS: Final = 1_000_000


class _Doubled(dict[str, Any]):
    """An object that names `key` more than once."""

    key = ""


class Parsed:
    """A JSON document read strictly: its `document`, and where `cleaned` took something out."""

    def __init__(self, data: bytes) -> None:
        """Raises KeikakuError where `data` is not JSON as RFC 8259 has it."""
        text = _decoded(data)
        self._is_suspect = bool(_UNFIT.search(text))
        self.document = self._parsed(text)
        self.cleaned: list[tuple[Place, int]] = []

    def check(self) -> None:
        """Clean the texts. Raises MisfitError at a key twice, NaN, or a number too large."""
        if self._is_suspect:
            self.document = self._checked(self.document, ())

    def _parsed(self, text: str) -> Any:
        try:
            document = json.loads(
                text,
                object_pairs_hook=self._object,
                parse_float=self._number,
                parse_constant=self._number,
            )
        except json.JSONDecodeError as error:
            where = f"{error.lineno}行目の{error.colno}文字目"
            raise unreadable(f"{where}でJSONの書き方に合わなくなる") from error
        except (ValueError, RecursionError) as error:
            # Python reads no integer of more than 4,300 digits.
            raise unreadable(_TOO_MUCH) from error
        if is_too_deep(document):
            raise unreadable(_TOO_DEEP)
        return document

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        self._is_suspect = True
        doubled = _Doubled(found)
        doubled.key = Counter(key for key, _ in pairs).most_common(1)[0][0]
        return doubled

    def _number(self, text: str) -> float:
        number = float(text)
        self._is_suspect |= not math.isfinite(number)
        return number

    def _checked(self, node: Any, place: Place) -> Any:
        if isinstance(node, str):
            return self._text(node, place)
        if isinstance(node, list):
            return [self._checked(item, (*place, n)) for n, item in enumerate(node)]
        if isinstance(node, dict):
            return self._checked_object(node, place)
        if isinstance(node, float) and not math.isfinite(node):
            raise MisfitError(place, "が、扱える数ではありません")
        return node

    def _checked_object(self, node: dict[str, Any], place: Place) -> dict[str, Any]:
        if isinstance(node, _Doubled):
            raise MisfitError(place, f"に、同じ項目「{short(node.key)}」が二度あります")
        for key in node:
            if cleaned(key)[1]:
                raise MisfitError((*place, key), "の項目名に、使えない文字があります")
        return {key: self._checked(value, (*place, key)) for key, value in node.items()}

    def _text(self, text: str, place: Place) -> str:
        fit, count = cleaned(text)
        if count:
            self.cleaned.append((place, count))
        return fit


def _decoded(data: bytes) -> str:
    _require_moderate(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable("文字コードがUTF-8ではない") from error
    if sys.getsizeof(text) > _MOST_IN_MEMORY:
        raise unreadable("ファイルが大きすぎる")
    return text


def _require_moderate(data: bytes) -> None:
    """Raise KeikakuError for a file that would take seconds, or all memory, to read."""
    if len(data) > MOST_BYTES:
        raise unreadable("ファイルが大きすぎる")
    brackets = data.count(b"{") + data.count(b"[")
    if brackets > _MOST_BRACKETS or max(data.count(b","), data.count(b":")) > _MOST_SIGNS:
        raise unreadable("ファイルの中の項目が多すぎる")


def unreadable(why: str) -> KeikakuError:
    """What to tell a person whose file is no interchange file at all."""
    return KeikakuError(f"{why}ため、計画として読み取れません。取り込みは行っていません。")


def dump(value: Any, line: str = "\n") -> str:
    """JSON as interchange files have it: one space a level, no ASCII escapes, no line end.

    The same text as `json.dumps(value, indent=1, ensure_ascii=False)`, in two thirds of
    its time. `line` is the line end and indentation in front of the value's closing bracket.
    """
    inner = line + " "
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        pairs = [f"{encode_basestring(key)}: {dump(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(pairs)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([dump(item, inner) for item in value])}{line}]"
    return json.dumps(value)
