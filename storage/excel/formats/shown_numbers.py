"""Numbers in the format of a spreadsheet's cell."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from storage.excel.formats.format_code import Section, Token

_KANJI: Final = ("", "〇一二三四五六七八九", "〇壱弐参四伍六七八九", "０１２３４５６７８９")
_TENS: Final = ("", ("", "十", "百", "千"), ("", "拾", "百", "阡"), ("", "十", "百", "千"))
_MYRIADS: Final = ("", "万", "億", "兆", "京")
# Excel shows up to eleven digits of a number without a format.
_MOST_DIGITS: Final = 11
_LARGEST_WHOLE: Final = Decimal(10) ** 15


def general_text(value: float) -> str:
    """A number as a cell without a format shows it; whole numbers never lose a digit."""
    exact = Decimal(f"{value:.15g}")
    if exact == exact.to_integral_value() and abs(exact) < _LARGEST_WHOLE:
        return f"{exact.to_integral_value():f}".replace("-0", "0") if not exact else f"{exact:f}"
    whole = len(str(abs(int(exact))))
    if abs(exact) < Decimal("1E-9") or abs(exact) >= _LARGEST_WHOLE:
        mantissa, _, power = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{power}"
    places = max(0, _MOST_DIGITS - 1 - whole)
    return f"{round(exact, places):f}".rstrip("0").rstrip(".")


def number_text(value: Decimal, section: Section) -> str:
    """A number in a section of a format."""
    if section.has("general") or section.has("text"):
        plain = general_text(float(value))
        shown = _numerals(plain, section.digits)
        return "".join(
            shown if t.kind in ("general", "text") else _literal(t) for t in section.tokens
        ).strip()
    if not section.has("digit"):
        return "".join(_literal(token) for token in section.tokens)
    sign = "-" if value < 0 else ""
    if section.has("power"):
        text = _scientific(abs(value), section)
    elif _slash(section.tokens) is not None:
        text = _fraction(abs(value), section)
    else:
        text = _decimal(abs(value), section)
    if not any(digit in text for digit in "123456789"):
        sign = ""
    return _in_digits(sign + text, section.digits).strip()


def _literal(token: Token) -> str:
    return token.text if token.kind in ("lit", "%", ".", ",", "/") else ""


def _decimal(value: Decimal, section: Section) -> str:
    tokens = section.tokens
    digits = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    point = next((n for n, t in enumerate(tokens) if t.kind == "." and _touches(tokens, n)), None)
    whole = [n for n in digits if point is None or n < point]
    places = [n for n in digits if point is not None and n > point]
    commas = [n for n, token in enumerate(tokens) if token.kind == ","]
    last = max(digits)
    is_grouped = any(whole and whole[0] < n < whole[-1] for n in commas)
    scaling = [n for n in commas if n > (whole[-1] if whole else -1) and _only_commas(tokens, n)]
    value = value.scaleb(2 * sum(token.kind == "%" for token in tokens) - 3 * len(scaling))
    value = value.quantize(Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP)
    before, _, after = f"{value:f}".partition(".")
    shown = _whole(before.lstrip("0"), [tokens[n].text for n in whole], is_grouped)
    parts = dict(zip(whole, shown, strict=True))
    parts |= dict(zip(places, _places(after, [tokens[n].text for n in places]), strict=True))
    if point is not None and not whole:
        parts[point] = before.lstrip("0") + "."
    used = {*scaling, *(n for n in commas if is_grouped and n < last)}
    return "".join(
        parts.get(n, "" if n in used else _literal(token)) for n, token in enumerate(tokens)
    )


def _touches(tokens: Sequence[Token], n: int) -> bool:
    near = (*tokens[max(0, n - 1) : n], *tokens[n + 1 : n + 2])
    return any(token.kind in ("digit", ",") for token in near)


def _only_commas(tokens: Sequence[Token], n: int) -> bool:
    """Whether a comma stands right behind the last digit before it: it divides by a thousand."""
    while n >= 0 and tokens[n].kind == ",":
        n -= 1
    return n >= 0 and tokens[n].kind == "digit"


def _whole(digits: str, places: Sequence[str], is_grouped: bool) -> list[str]:
    """The digits of a whole number at its places; the first place takes what is left."""
    shown: list[str] = []
    left, count = digits, 0
    for number, place in enumerate(reversed(places)):
        is_first = number == len(places) - 1
        taken, left = (left, "") if is_first else (left[-1:], left[:-1])
        if not taken:
            taken = {"0": "0", "?": " "}.get(place, "")
        text = ""
        for digit in reversed(taken):
            is_third = is_grouped and count and count % 3 == 0 and digit.isdigit()
            text = digit + ("," if is_third else "") + text
            count += 1
        shown.append(text)
    return shown[::-1]


def _places(digits: str, places: Sequence[str]) -> list[str]:
    shown = list(digits)
    for n in reversed(range(len(places))):
        if shown[n] != "0" or places[n] == "0":
            break
        shown[n] = " " if places[n] == "?" else ""
    return shown


def _scientific(value: Decimal, section: Section) -> str:
    tokens = section.tokens
    at = next(n for n, token in enumerate(tokens) if token.kind == "power")
    ahead, behind = tokens[:at], tokens[at + 1 :]
    point = next((n for n, token in enumerate(ahead) if token.kind == "."), len(ahead))
    step = max(1, sum(token.kind == "digit" for token in ahead[:point]))
    places = sum(token.kind == "digit" for token in ahead[point:])
    power = value.adjusted() // step * step if value else 0
    mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if mantissa >= Decimal(10) ** step:
        power += step
        mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "-" if power < 0 else "+" if tokens[at].text.endswith("+") else ""
    length = sum(token.kind == "digit" for token in behind)
    rest = "".join(_literal(token) for token in behind)
    first = next(n for n, token in enumerate(ahead) if token.kind == "digit")
    start = "".join(_literal(token) for token in ahead[:first])
    return f"{start}{mantissa:f}E{sign}{abs(power):0{length}d}{rest}"


def _slash(tokens: Sequence[Token]) -> int | None:
    for n, token in enumerate(tokens):
        if token.kind == "/" and 0 < n < len(tokens) - 1 and tokens[n - 1].kind == "digit":
            return n
    return None


def _fraction(value: Decimal, section: Section) -> str:
    tokens = section.tokens
    slash = _slash(tokens)
    assert slash is not None
    behind = [token for token in tokens[slash + 1 :] if token.text.strip()]
    fixed = "".join(t.text for t in behind if t.text.isdigit())
    start = slash
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    has_whole = any(token.kind == "digit" for token in tokens[:start])
    whole = value.to_integral_value(ROUND_DOWN) if has_whole else Decimal(0)
    rest = Fraction(value - whole)
    if fixed.strip("0"):
        found = Fraction(round(rest * int(fixed)), 1), int(fixed)
        top, bottom = int(found[0]), found[1]
    else:
        near = rest.limit_denominator(10 ** max(1, sum(t.kind == "digit" for t in behind)) - 1)
        top, bottom = near.numerator, near.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    words = [f"{whole:f}"] if has_whole and (whole or not top) else []
    return " ".join([*words, *([f"{top}/{bottom}"] if top or not has_whole else [])])


def _in_digits(text: str, kind: int) -> str:
    return text.translate(str.maketrans("0123456789", _KANJI[kind])) if kind else text


def _numerals(text: str, kind: int) -> str:
    """A number in kanji numerals, as 千二百三十四; a number with a fraction digit by digit."""
    if not kind or not text.isdigit():
        return _in_digits(text, kind)
    groups = [text[max(0, end - 4) : end] for end in range(len(text), 0, -4)]
    if len(groups) > len(_MYRIADS):
        return _in_digits(text, kind)
    words = [
        _myriad(group, kind) + _MYRIADS[n] if int(group) else "" for n, group in enumerate(groups)
    ]
    return "".join(reversed(words)) or _KANJI[kind][0]


def _myriad(group: str, kind: int) -> str:
    words = ""
    for n, digit in enumerate(group):
        place = len(group) - 1 - n
        if digit != "0":
            # 十二 and 千二百 in the usual numerals, 壱拾弐 in those of deeds.
            is_left_out = kind == 1 and digit == "1" and place
            words += ("" if is_left_out else _KANJI[kind][int(digit)]) + _TENS[kind][place]
    return words
