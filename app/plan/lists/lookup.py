"""Finding the initiative that a person means by what they typed."""

import unicodedata
from typing import Final

from app.errors import KeikakuError
from app.plan.board.cards import card_name
from app.plan.entities import Initiative
from app.plan.plan import Plan

_START: Final = 6


def find_initiative(plan: Plan, word: str) -> Initiative:
    """The initiative with this id, or with this printed number where only one has it.

    Of an id the first characters (six or more) will do. `No.` in front of a number and the
    width of its characters do not matter. Raises KeikakuError, which lists the candidates
    where there are several.
    """
    if word in plan.initiatives:
        return plan.initiatives[word]
    wanted = _folded(word)
    begun = [i for id, i in plan.initiatives.items() if len(word) >= _START and id.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    found = [i for i in plan.initiatives.under() if wanted and _folded(i.number or "") == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(f"{initiative.id}（{initiative.title}）" for initiative in found)
        raise KeikakuError(
            f"No.{wanted}の取組は{len(found)}件あるため、どれか決められません。"
            f"番号の代わりに、次のidのどれかで指定してください: {listed}"
        )
    raise KeikakuError(
        f"「{word}」という番号またはidの取組はありません。番号かidを確かめてください。"
    )


def display_name(initiative: Initiative) -> str:
    """How a sentence names an initiative: No.1-1「窓口」."""
    return f"{f'No.{initiative.number}' if initiative.number else ''}「{card_name(initiative)}」"


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).strip().lower()
    return plain.removeprefix("no.").strip()
